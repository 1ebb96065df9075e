using BlazorAgents.Agents;
using BlazorAgents.Agents.HostedTools;
using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>Builds an answer's items, for readers in the view and for the database as rows that wait to be saved. Not thread-safe.</summary>
internal sealed class AnswerBuilder
{
    private readonly Run _run;
    private readonly RunView _view;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, RunItem> _calls = [];
    private readonly Dictionary<string, (RunItem Item, DateTimeOffset At)> _hosted = [];
    private readonly HashSet<string> _begun = new(StringComparer.Ordinal);
    private readonly HashSet<Citation> _sources = [];
    private readonly List<ConversationItem> _closed = [];
    private RunItem? _open;
    private DateTimeOffset _openedAt;
    private int _savedLength;
    private int _nextSeq;

    public AnswerBuilder(RunClaim claim, RunView view, TimeProvider time)
    {
        (_run, _view, _time) = (claim.Run, view, time);
        _nextSeq = claim.Items.Count == 0 ? 0 : claim.Items[^1].Seq + 1;
        HasText = claim.Items.Any(item => item.Kind is ItemKind.Text);

        // Calls that waited for people end now.
        foreach (var waiting in view.Items.Where(item => item.Tool is { Outcome: null }))
        {
            _calls[waiting.Tool!.CallId] = waiting;
        }

        // A continued answer goes on in the same text, so that a sentence cut in the middle stays one sentence.
        if (claim.Items is [.., { Kind: ItemKind.Text } last] && view.Items is [.., { Kind: RunItemKind.Text } item] && last.Id == item.Id)
        {
            (_open, _openedAt, _savedLength) = (item, last.CreatedAt, item.Length);
            view.SetOpen(item, true);
        }
    }

    /// <summary>True once any text of the answer exists.</summary>
    public bool HasText { get; private set; }

    /// <summary>True when something was said that is not in the database.</summary>
    public bool HasUnsaved => _closed.Count > 0 || IsOpenUnsaved;

    private bool IsOpenUnsaved => _open is not null && _open.Length != _savedLength;

    /// <summary>Appends text or reasoning; true when that began a new item.</summary>
    public bool Append(RunItemKind kind, string text)
    {
        var isNew = _open?.Kind != kind;
        if (isNew)
        {
            Close();
            (_open, _openedAt, _savedLength) = (new RunItem(Guid.CreateVersion7(), _nextSeq++, kind, isOpen: true), _time.GetUtcNow(), 0);
            _view.Add(_open);
        }

        _view.Append(_open!, text);
        HasText |= kind is RunItemKind.Text;
        return isNew;
    }

    public void StartCall(AgentUpdate.ToolCallStarted call)
    {
        var row = AddRow(new ItemPayload.FunctionCall(call.CallId, call.Name, call.ArgumentsJson, Server: call.Server));
        var state = new ToolCallState(call.CallId, call.Name, call.ArgumentsJson, row.CreatedAt, Server: call.Server);
        _calls[call.CallId] = new RunItem(row.Id, row.Seq, RunItemKind.ToolCall, tool: state);
        _view.Add(_calls[call.CallId]);
    }

    /// <summary>The call was let through: what it did is not known before its result.</summary>
    public void Began(string callId) => _begun.Add(callId);

    public void FinishCall(string callId, string result, ToolOutcome outcome, TimeSpan duration)
    {
        if (_calls.TryGetValue(callId, out var item) && item.Tool is { Outcome: null } tool)
        {
            AddRow(new ItemPayload.FunctionResult(callId, result, outcome.ToString(), (long)duration.TotalMilliseconds));
            _view.Set(item, tool with { Result = result, Outcome = outcome, Duration = duration });
        }
    }

    /// <summary>The call waits for a person.</summary>
    public void Wait(string callId, string requestId)
    {
        if (_calls.TryGetValue(callId, out var item) && item.Tool is { Outcome: null } tool)
        {
            _closed.Add(NewRow(item.Id, item.Seq, new ItemPayload.FunctionCall(callId, tool.Name, tool.ArgumentsJson, requestId, tool.Server), isComplete: true, tool.StartedAt));
            _view.Set(item, tool with { RequestId = requestId });
        }
    }

    /// <summary>Adds or replaces a provider's tool call; true at an edge: it began or ended.</summary>
    public bool ChangeHosted(HostedToolCall call)
    {
        if (!_hosted.TryGetValue(call.CallId, out var known))
        {
            var row = AddRow(HostedToolProjection.Write(call));
            known = _hosted[call.CallId] = (new RunItem(row.Id, row.Seq, RunItemKind.HostedTool, hosted: call), row.CreatedAt);
            _view.Add(known.Item);
            return true;
        }

        _view.Set(known.Item, call);
        if (call.Status is HostedToolStatus.Running)
        {
            return false; // code as it is written is for the eyes; the end is stored
        }

        _closed.Add(NewRow(known.Item.Id, known.Item.Seq, HostedToolProjection.Write(call), isComplete: true, known.At));
        return true;
    }

    /// <summary>Adds a source once.</summary>
    public void AddSource(Citation source)
    {
        if (_sources.Add(source))
        {
            // Beside the text, which goes on: a source does not end a paragraph.
            var row = NewRow(Guid.CreateVersion7(), _nextSeq++, new ItemPayload.Source(source.Title, source.Url, source.FileId, source.Snippet), isComplete: true, _time.GetUtcNow());
            _closed.Add(row);
            _view.Add(new RunItem(row.Id, row.Seq, RunItemKind.Source) { Source = source });
        }
    }

    public void AddNotice(string text)
    {
        var row = AddRow(new ItemPayload.Notice(text));
        _view.Add(new RunItem(row.Id, row.Seq, RunItemKind.Notice, text));
    }

    /// <summary>Empties the texts since the last tool call: they are written anew.</summary>
    public void WithdrawText()
    {
        foreach (var item in _view.Items.Reverse().TakeWhile(item => item.Kind is not RunItemKind.ToolCall).Where(item => item is { Kind: RunItemKind.Text, Length: > 0 }))
        {
            _view.Clear(item);
            if (item == _open)
            {
                _savedLength = -1; // the new text may have the length of the old
            }
            else
            {
                _closed.Add(NewRow(item.Id, item.Seq, new ItemPayload.Text(""), isComplete: true, _time.GetUtcNow()));
            }
        }

        HasText = _view.Items.Any(item => item is { Kind: RunItemKind.Text, Length: > 0 });
    }

    /// <summary>Closes what is open while calls wait for people.</summary>
    public void Pause() => Close();

    /// <summary>Closes the open text and every call without a result, so that nothing is left dangling.</summary>
    public void End()
    {
        Close();
        foreach (var call in _calls.Values.Select(item => item.Tool!).Where(tool => tool.Outcome is null).ToList())
        {
            FinishCall(call.CallId, _begun.Contains(call.CallId) ? HistoryBuilder.CutOff : HistoryBuilder.NotRun, ToolOutcome.Cancelled, _time.GetUtcNow() - call.StartedAt);
        }

        foreach (var hosted in _hosted.Values.Select(known => known.Item.Hosted!).Where(call => call.Status is HostedToolStatus.Running).ToList())
        {
            ChangeHosted(hosted with { Status = HostedToolStatus.Failed, Error = "The call was cut off." });
        }
    }

    /// <summary>What to save now; more may be said while it is saved.</summary>
    public StagedItems Stage() => IsOpenUnsaved
        ? new StagedItems([.. _closed, OpenRow(isComplete: false)], _closed.Count, _open, _open!.Length)
        : new StagedItems([.. _closed], _closed.Count, Open: null, OpenLength: 0);

    /// <summary>What was staged is in the database.</summary>
    public void Saved(StagedItems staged)
    {
        _closed.RemoveRange(0, staged.ClosedCount);
        if (staged.Open is not null && staged.Open == _open)
        {
            _savedLength = staged.OpenLength;
        }
    }

    private void Close()
    {
        if (_open is not null)
        {
            _closed.Add(OpenRow(isComplete: true));
            _view.SetOpen(_open, false);
            _open = null;
        }
    }

    private ConversationItem AddRow(ItemPayload payload)
    {
        Close();
        var row = NewRow(Guid.CreateVersion7(), _nextSeq++, payload, isComplete: true, _time.GetUtcNow());
        _closed.Add(row);
        return row;
    }

    private ConversationItem OpenRow(bool isComplete) => NewRow(
        _open!.Id,
        _open.Seq,
        _open.Kind is RunItemKind.Text ? new ItemPayload.Text(_open.Text) : new ItemPayload.Reasoning(_open.Text),
        isComplete,
        _openedAt);

    private ConversationItem NewRow(Guid id, int seq, ItemPayload payload, bool isComplete, DateTimeOffset createdAt) => new()
    {
        Id = id,
        RunId = _run.Id,
        ConversationId = _run.ConversationId,
        Seq = seq,
        Kind = payload.Kind,
        Payload = payload.ToJson(),
        IsComplete = isComplete,
        CreatedAt = createdAt,
    };
}
