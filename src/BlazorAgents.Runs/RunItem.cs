using System.Text;
using BlazorAgents.Agents.HostedTools;

namespace BlazorAgents.Runs;

/// <summary>One thing of an answer, live or stored. One writer (the recorder), any number of readers on any thread.</summary>
public sealed class RunItem
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();
    private ToolCallState? _tool;
    private HostedToolCall? _hosted;
    private int _version;
    private int _restarts;
    private long _changedAt;
    private bool _isOpen;

    /// <summary>An item with what it holds so far.</summary>
    public RunItem(Guid id, int seq, RunItemKind kind, string text = "", ToolCallState? tool = null, bool isOpen = false, HostedToolCall? hosted = null)
    {
        (Id, Seq, Kind, _tool, _isOpen, _hosted) = (id, seq, kind, tool, isOpen, hosted);
        _text.Append(text);
    }

    /// <summary>The stored item's id.</summary>
    public Guid Id { get; }

    /// <summary>The item's place in its run, from 0.</summary>
    public int Seq { get; }

    /// <summary>What it is.</summary>
    public RunItemKind Kind { get; }

    /// <summary>Grows with every change: a reader that drew this version has nothing to do.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>Grows each time that the text is taken back and begins anew: offsets from before mean nothing then.</summary>
    public int Restarts => Volatile.Read(ref _restarts);

    /// <summary>True while more may come.</summary>
    public bool IsOpen => Volatile.Read(ref _isOpen);

    /// <summary>The tool call, for <see cref="RunItemKind.ToolCall"/>.</summary>
    public ToolCallState? Tool => Volatile.Read(ref _tool);

    /// <summary>The provider's tool call, for <see cref="RunItemKind.HostedTool"/>.</summary>
    public HostedToolCall? Hosted => Volatile.Read(ref _hosted);

    /// <summary>The source, for <see cref="RunItemKind.Source"/>.</summary>
    public Citation? Source { get; init; }

    /// <summary>Characters so far.</summary>
    public int Length
    {
        get
        {
            lock (_gate)
            {
                return _text.Length;
            }
        }
    }

    /// <summary>The whole text so far.</summary>
    public string Text => TextFrom(0);

    /// <summary>The text from a character offset to its end: a streaming reader asks only for what it has not settled.</summary>
    public string TextFrom(int offset)
    {
        lock (_gate)
        {
            return offset >= _text.Length ? "" : _text.ToString(offset, _text.Length - offset);
        }
    }

    /// <summary>The run's version at the last change of this item.</summary>
    public long ChangedAt
    {
        get => Interlocked.Read(ref _changedAt);
        internal set => Interlocked.Exchange(ref _changedAt, value);
    }

    internal void Append(string text)
    {
        lock (_gate)
        {
            _text.Append(text);
        }

        Interlocked.Increment(ref _version);
    }

    internal void Clear()
    {
        lock (_gate)
        {
            _text.Clear();
            _restarts++;
        }

        Interlocked.Increment(ref _version);
    }

    internal void Set(ToolCallState tool)
    {
        Volatile.Write(ref _tool, tool);
        Interlocked.Increment(ref _version);
    }

    internal void Set(HostedToolCall hosted)
    {
        Volatile.Write(ref _hosted, hosted);
        Interlocked.Increment(ref _version);
    }

    internal void SetOpen(bool isOpen)
    {
        Volatile.Write(ref _isOpen, isOpen);
        Interlocked.Increment(ref _version);
    }
}
