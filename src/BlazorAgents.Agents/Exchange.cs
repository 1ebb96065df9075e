using BlazorAgents.Agents.ToolLoop;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents;

/// <summary>The messages of one run: what was there, what was asked, what was added. A call never stands in it without its result.</summary>
internal sealed class Exchange(IReadOnlyList<ChatMessage> input, AgentThread? thread)
{
    private readonly List<ChatMessage> _added = [];
    private IReadOnlyList<ChatMessage> _history = [];
    private List<ToolCall> _openCalls = [];
    private bool _saved;

    /// <summary>What the run added: the model's messages and the tools' results.</summary>
    public IReadOnlyList<ChatMessage> Added => _added;

    public bool IsServiceThread => thread?.ServiceThreadId is not null;

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (thread?.MessageStore is { } store)
        {
            _history = await store.GetMessagesAsync(cancellationToken);
        }
    }

    /// <summary>The messages of the next model call. A thread on the provider's side already has the earlier ones.</summary>
    public IReadOnlyList<ChatMessage> ForNextCall() => IsServiceThread && _added.Count > 0
        ? [.. _added.Reverse<ChatMessage>().TakeWhile(m => m.Role == ChatRole.Tool).Reverse()]
        : [.. _history, .. input, .. _added];

    /// <summary>Adds what the model said; its calls stay open until <see cref="CloseCalls"/>.</summary>
    public void AddAnswer(ModelStep step)
    {
        _added.AddRange(step.GetMessages());
        _openCalls = step.Calls;
        if (step.ConversationId is { } id && IsServiceThread)
        {
            thread!.ServiceThreadId = id;
        }
    }

    /// <summary>Adds the results of all open calls in the order of the calls; those without one were stopped.</summary>
    public void CloseCalls(string whyStopped)
    {
        if (_openCalls.Count == 0)
        {
            return;
        }

        foreach (var call in _openCalls)
        {
            call.Result ??= ToolCallResult.Cancelled(whyStopped);
        }

        _added.Add(new ChatMessage(ChatRole.Tool, [.. _openCalls.Select(c => new FunctionResultContent(c.Id, c.Result!.Text))]));
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
            await store.AddMessagesAsync([.. input, .. _added], CancellationToken.None);
        }
    }
}
