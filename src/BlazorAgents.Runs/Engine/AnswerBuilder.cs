using BlazorAgents.Agents;
using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>Builds an answer's items, for readers in the view and for the database as rows that wait to be saved. Not thread-safe.</summary>
internal sealed class AnswerBuilder
{
    private readonly Run _run;
    private readonly RunView _view;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, RunItem> _calls = [];
    private readonly List<ConversationItem> _unsaved = [];
    private RunItem? _open;
    private ConversationItem? _openRow;
    private int _nextSeq;

    public AnswerBuilder(RunClaim claim, RunView view, TimeProvider time)
    {
        (_run, _view, _time) = (claim.Run, view, time);
        _nextSeq = claim.Items.Count == 0 ? 0 : claim.Items[^1].Seq + 1;

        // A continued answer goes on in the same text, so that a sentence cut in the middle stays one sentence.
        if (claim.Items is [.., { Kind: ItemKind.Text } last] && view.Items is [.., { Kind: RunItemKind.Text } item])
        {
            (_open, _openRow, HasText) = (item, last, true);
            view.SetOpen(item, true);
        }
    }

    /// <summary>True once any text of the answer exists.</summary>
    public bool HasText { get; private set; }

    /// <summary>True when the open text grew since it was last staged.</summary>
    public bool IsOpenTextDirty { get; private set; }

    /// <summary>Appends text or reasoning; true when that began a new item.</summary>
    public bool Append(RunItemKind kind, string text)
    {
        var isNew = _open?.Kind != kind;
        if (isNew)
        {
            Close();
            var row = NewRow(kind is RunItemKind.Text ? new ItemPayload.Text("") : new ItemPayload.Reasoning(""), isComplete: false);
            (_open, _openRow) = (new RunItem(row.Id, row.Seq, kind, isOpen: true), row);
            _view.Add(_open);
        }

        _view.Append(_open!, text);
        HasText |= kind is RunItemKind.Text;
        IsOpenTextDirty = true;
        return isNew;
    }

    public void StartCall(AgentUpdate.ToolCallStarted call)
    {
        Close();
        var row = NewRow(new ItemPayload.FunctionCall(call.CallId, call.Name, call.ArgumentsJson), isComplete: true);
        _unsaved.Add(row);
        var state = new ToolCallState(call.CallId, call.Name, call.ArgumentsJson, row.CreatedAt);
        _calls[call.CallId] = new RunItem(row.Id, row.Seq, RunItemKind.ToolCall, tool: state);
        _view.Add(_calls[call.CallId]);
    }

    public void FinishCall(string callId, string result, ToolOutcome outcome, TimeSpan duration)
    {
        if (_calls.TryGetValue(callId, out var item) && item.Tool is { Outcome: null } tool)
        {
            _unsaved.Add(NewRow(new ItemPayload.FunctionResult(callId, result, outcome.ToString(), (long)duration.TotalMilliseconds), isComplete: true));
            _view.Set(item, tool with { Result = result, Outcome = outcome, Duration = duration });
        }
    }

    public void AddNotice(string text)
    {
        Close();
        var row = NewRow(new ItemPayload.Notice(text), isComplete: true);
        _unsaved.Add(row);
        _view.Add(new RunItem(row.Id, row.Seq, RunItemKind.Notice, text));
    }

    /// <summary>Closes the open text and every call without a result, so that nothing is left dangling.</summary>
    public void End()
    {
        Close();
        foreach (var call in _calls.Values.Select(item => item.Tool!).Where(tool => tool.Outcome is null).ToList())
        {
            FinishCall(call.CallId, HistoryBuilder.CutOff, ToolOutcome.Cancelled, _time.GetUtcNow() - call.StartedAt);
        }
    }

    /// <summary>The rows to save now.</summary>
    public IReadOnlyList<ConversationItem> Stage()
    {
        if (IsOpenTextDirty)
        {
            StageOpen(isComplete: false);
        }

        return _unsaved;
    }

    /// <summary>The staged rows are in the database.</summary>
    public void Saved() => _unsaved.Clear();

    private void Close()
    {
        if (_open is not null)
        {
            StageOpen(isComplete: true);
            _view.SetOpen(_open, false);
            (_open, _openRow) = (null, null);
        }
    }

    private void StageOpen(bool isComplete)
    {
        ItemPayload payload = _open!.Kind is RunItemKind.Text ? new ItemPayload.Text(_open.Text) : new ItemPayload.Reasoning(_open.Text);
        (_openRow!.Payload, _openRow.IsComplete, IsOpenTextDirty) = (payload.ToJson(), isComplete, false);
        if (!_unsaved.Contains(_openRow))
        {
            _unsaved.Add(_openRow);
        }
    }

    private ConversationItem NewRow(ItemPayload payload, bool isComplete) => new()
    {
        Id = Guid.CreateVersion7(),
        RunId = _run.Id,
        ConversationId = _run.ConversationId,
        Seq = _nextSeq++,
        Kind = payload.Kind,
        Payload = payload.ToJson(),
        IsComplete = isComplete,
        CreatedAt = _time.GetUtcNow(),
    };
}
