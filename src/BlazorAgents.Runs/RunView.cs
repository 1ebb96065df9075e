using BlazorAgents.Agents.HostedTools;
using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>
/// A run as its readers see it, live or stored. One writer, any number of readers on any thread; a reader remembers the
/// <see cref="Version"/> that it has seen and asks for what changed since.
/// </summary>
public sealed class RunView(Guid id, Guid turnId, Guid conversationId, RunState state, IReadOnlyList<RunItem> items)
{
    private readonly Lock _gate = new();
    private Action[] _subscribers = [];
    private RunItem[] _items = [.. items];
    private RunState _state = state;
    private long _version;

    /// <summary>The run.</summary>
    public Guid Id { get; } = id;

    /// <summary>The message that is answered.</summary>
    public Guid TurnId { get; } = turnId;

    /// <summary>The conversation.</summary>
    public Guid ConversationId { get; } = conversationId;

    /// <summary>Grows with every change of the run or of one of its items.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>Where the run stands.</summary>
    public RunState State => Volatile.Read(ref _state);

    /// <summary>The items so far, in order; the list itself never changes.</summary>
    public IReadOnlyList<RunItem> Items => Volatile.Read(ref _items);

    /// <summary>The items that changed after <paramref name="version"/>: nothing is missed by a reader that takes <see cref="Version"/> before it looks at the items.</summary>
    public IReadOnlyList<RunItem> ItemsChangedSince(long version) => [.. Items.Where(item => item.ChangedAt > version)];

    /// <summary>
    /// Calls <paramref name="changed"/> after each change, on the writer's thread: it must return at once and not throw.
    /// Disposing the result ends it.
    /// </summary>
    public IDisposable Subscribe(Action changed)
    {
        lock (_gate)
        {
            _subscribers = [.. _subscribers, changed];
        }

        return new Subscription(this, changed);
    }

    /// <summary>How many readers watch.</summary>
    public int SubscriberCount => Volatile.Read(ref _subscribers).Length;

    internal void Add(RunItem item)
    {
        item.ChangedAt = _version + 1;
        Volatile.Write(ref _items, [.. _items, item]);
        Publish();
    }

    internal void Append(RunItem item, string text)
    {
        item.ChangedAt = _version + 1;
        item.Append(text);
        Publish();
    }

    internal void Clear(RunItem item)
    {
        item.ChangedAt = _version + 1;
        item.Clear();
        Publish();
    }

    internal void Set(RunItem item, ToolCallState tool)
    {
        item.ChangedAt = _version + 1;
        item.Set(tool);
        Publish();
    }

    internal void Set(RunItem item, HostedToolCall hosted)
    {
        item.ChangedAt = _version + 1;
        item.Set(hosted);
        Publish();
    }

    internal void SetOpen(RunItem item, bool isOpen)
    {
        if (item.IsOpen != isOpen)
        {
            item.ChangedAt = _version + 1;
            item.SetOpen(isOpen);
            Publish();
        }
    }

    internal void Set(RunState state)
    {
        Volatile.Write(ref _state, state);
        Publish();
    }

    private void Publish()
    {
        Interlocked.Increment(ref _version);
        foreach (var changed in Volatile.Read(ref _subscribers))
        {
            try
            {
                changed();
            }
            catch (Exception)
            {
                // A reader's own fault, of a page that was just closed for example: neither the answer nor another reader may suffer.
            }
        }
    }

    private sealed class Subscription(RunView view, Action changed) : IDisposable
    {
        private Action? _changed = changed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _changed, null) is not { } mine)
            {
                return;
            }

            lock (view._gate)
            {
                var left = view._subscribers.ToList();
                left.Remove(mine);
                view._subscribers = [.. left];
            }
        }
    }
}
