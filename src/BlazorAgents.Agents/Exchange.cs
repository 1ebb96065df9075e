using BlazorAgents.Agents.ToolLoop;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents;

/// <summary>The messages of one run: what was there, what was asked, what was added. A call never stands in it without its result.</summary>
/// <param name="input">What was asked.</param>
/// <param name="decided">Calls of the answer before that people decided: they get their results first.</param>
/// <param name="thread">Where it belongs; null for a run without memory.</param>
/// <param name="isStored">True when the provider was asked to store the answers.</param>
internal sealed class Exchange(IReadOnlyList<ChatMessage> input, List<ToolCall> decided, AgentThread? thread, bool isStored)
{
    private readonly List<ToolCall> _decided = decided;
    private readonly List<ChatMessage> _before = [];
    private readonly List<ChatMessage> _added = [];
    private readonly HashSet<string> _decidedIds = new(decided.Select(call => call.Id), StringComparer.Ordinal);
    private IReadOnlyList<ChatMessage> _history = [];
    private List<ToolCall> _openCalls = decided;
    private bool _isBefore = decided.Count > 0;
    private bool _serviceKnowsCalls = thread is { MessageStore: null };
    private bool _isNamed;
    private IReadOnlyList<ChatMessage> _lastAnswer = [];
    private readonly HashSet<ChatMessage> _withdrawn = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> _allowed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _sent = new(StringComparer.Ordinal);
    private bool _saved;

    /// <summary>What the run added: the model's messages and the tools' results. A rejected answer and what was said about it are not part of it.</summary>
    public IReadOnlyList<ChatMessage> Added => [.. _before, .. AfterInput];

    /// <summary>True when the provider was to keep the thread, but no answer named one: nothing would be remembered.</summary>
    public bool HasLostThread => IsServiceThread && !_isNamed;

    private bool IsServiceThread => thread is { MessageStore: null };

    private IEnumerable<ChatMessage> AfterInput => _added.Where(message => !_withdrawn.Contains(message));

    /// <summary>What an answer that goes on had said before, as far as it is kept here.</summary>
    public IEnumerable<ChatMessage> EarlierInAnswer => _decided.Count == 0 ? [] : _history.Reverse().TakeWhile(message => message.Role != ChatRole.User);

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (IsServiceThread)
        {
            WaitingCalls.Check(_decided, thread!);
            return;
        }

        var stored = thread?.MessageStore is { } store ? await store.GetMessagesAsync(cancellationToken) : [];
        WaitingCalls.Check(_decided, [.. stored, .. input]);
        _history = WaitingCalls.Mend(stored, _decidedIds);
    }

    /// <summary>The messages of the next model call. A thread on the provider's side already has the earlier ones.</summary>
    public IReadOnlyList<ChatMessage> ForNextCall()
    {
        if (!IsServiceThread)
        {
            return [.. WaitingCalls.WithoutRequests([.. _history, .. _before, .. input, .. _added], _sent)];
        }

        List<AIContent> results = [.. thread!.UnsentResults, .. thread.WaitingCallIds.Select(WaitingCalls.Undecided)];
        List<ChatMessage> messages = results.Count == 0 ? [] : [new ChatMessage(ChatRole.Tool, results)];
        if (thread.OpenRequests.Count > 0)
        {
            messages.Add(new ChatMessage(ChatRole.User, [.. thread.OpenRequests.Select(request => request.ToAnswer(_allowed.Contains(request.Id)))]));
        }

        messages.AddRange(_added.Count == 0 ? input : _added.AsEnumerable().Reverse().TakeWhile(IsFeedback).Reverse());
        return messages;
    }

    private static bool IsFeedback(ChatMessage message) => message.Role == ChatRole.User && !message.Contents.Any(c => c is ToolApprovalResponseContent);

    /// <summary>Adds what the model said; its calls stay open until <see cref="CloseCalls"/>.</summary>
    public void AddAnswer(ModelStep step)
    {
        _isBefore = false;
        _sent.UnionWith(_allowed);
        _allowed.Clear();
        _lastAnswer = [.. step.GetMessages()];
        _added.AddRange(_lastAnswer);
        _openCalls = step.Calls;
        FollowThread(step);
    }

    /// <summary>Withdraws the last answer: the model sees it once more, with what is wrong with it; nobody else does.</summary>
    public void Reject(string feedback)
    {
        var message = new ChatMessage(ChatRole.User, feedback);
        _added.Add(message);
        _withdrawn.UnionWith([.. _lastAnswer, message]);
    }

    /// <summary>
    /// Adds the results of all open calls in the order of the calls; those without one were stopped. When the run goes on, those that
    /// the provider may make stay open: it is told so in the next model call and never later.
    /// </summary>
    public void CloseCalls(string whyStopped, bool goesOn = false)
    {
        foreach (var call in _openCalls.Where(call => !(goesOn && call.IsLeftToProvider)))
        {
            call.Result ??= ToolCallResult.Cancelled(whyStopped);
        }

        AddResults();
    }

    /// <summary>Adds the results that are there; the other open calls wait for people.</summary>
    public void Pause()
    {
        var waiting = _openCalls.Where(call => call.Result is null).ToList();
        AddResults();
        (_isBefore ? _before : _added).AddRange(WaitingCalls.Ask(waiting));
        if (_serviceKnowsCalls)
        {
            thread!.WaitingCallIds.AddRange(waiting.Where(call => call.Hosted is null).Select(call => call.Id));
            thread.OpenRequests.AddRange(waiting.Where(call => call.Hosted is not null).Select(HostedRequest.Of));
        }
    }

    private void AddResults()
    {
        var results = _openCalls.Where(call => call is { Result: not null, Hosted: null }).Select(call => new FunctionResultContent(call.Id, call.Result!.Text)).ToList();
        if (results.Count > 0)
        {
            (_isBefore ? _before : _added).Add(new ChatMessage(ChatRole.Tool, [.. results]));
        }

        var answered = _openCalls.Where(call => call.Hosted is not null && (call.Result is not null || call.IsLeftToProvider)).ToList();
        _allowed.UnionWith(answered.Where(call => call.IsLeftToProvider).Select(call => call.Id));
        if (answered.Count > 0)
        {
            (_isBefore ? _before : _added).Add(new ChatMessage(ChatRole.User, [.. answered.Select(call => HostedRequest.Of(call).ToAnswer(call.IsLeftToProvider))]));
        }

        if (_serviceKnowsCalls && _openCalls.Count > 0)
        {
            // Whoever calls next on this thread has to send them.
            thread!.UnsentResults.AddRange(results);
            thread.WaitingCallIds.RemoveAll(id => _openCalls.Any(call => call.Id == id));
            thread.OpenRequests.RemoveAll(request => _openCalls.Any(call => call.Id == request.Id));
            thread.OpenRequests.AddRange(answered.Select(HostedRequest.Of));
        }

        _openCalls = [];
    }

    /// <summary>Adds the exchange to the thread, once. Not cancellable: what was said stays said.</summary>
    public async Task SaveAsync()
    {
        if (_saved)
        {
            return;
        }

        _saved = true;
        CloseCalls("The run was stopped.");
        if (thread?.MessageStore is { } store)
        {
            await store.AddMessagesAsync([.. _before, .. input, .. AfterInput], CancellationToken.None);
        }
    }

    /// <summary>
    /// Takes over where the provider's thread stands. An answer that broke off is part of a conversation that has an id of its own,
    /// but it cannot be continued under its own id: such a thread stays at the answer before.
    /// </summary>
    private void FollowThread(ModelStep step)
    {
        _isNamed |= step.ConversationId is not null;
        var isPart = step.Fault is null || (step.ConversationId is { } known && !IsAnswerId(known));
        if (isPart && step.ConversationId is { } id && thread is not null && (IsServiceThread || (isStored && thread.CanMove)))
        {
            thread.MoveTo(id);
        }

        _serviceKnowsCalls = isPart && IsServiceThread;
        if (_serviceKnowsCalls)
        {
            thread!.UnsentResults.Clear();
            thread.WaitingCallIds.Clear();
            thread.OpenRequests.Clear();
        }
    }

    /// <summary>The Responses wire chains answers: the id of the last one is the thread's.</summary>
    private static bool IsAnswerId(string id) => id.StartsWith("resp_", StringComparison.Ordinal);
}
