using BlazorAgents.Agents.ToolLoop;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents;

/// <summary>A conversation's memory: on our side in a message store, or on the provider's side under an id. Used by one run at a time.</summary>
public sealed class AgentThread
{
    private readonly bool _isPlain;

    /// <summary>A thread whose messages stay in this process. A run that asks the provider to store its answer moves it there.</summary>
    public AgentThread()
        : this(new InMemoryChatMessageStore()) => _isPlain = true;

    /// <summary>A thread whose messages are kept by <paramref name="messageStore"/>.</summary>
    public AgentThread(IChatMessageStore messageStore)
    {
        ArgumentNullException.ThrowIfNull(messageStore);
        MessageStore = messageStore;
    }

    /// <summary>A thread that the provider keeps under <paramref name="serviceThreadId"/>.</summary>
    /// <exception cref="ArgumentException">The id cannot be one: it is empty, longer than 512 characters, or contains spaces or control characters.</exception>
    public AgentThread(string serviceThreadId) => ServiceThreadId = CheckId(serviceThreadId);

    private AgentThread(InMemoryChatMessageStore? messages)
    {
        MessageStore = messages;
        _isPlain = messages is not null;
    }

    /// <summary>The provider's id of the thread; null while the messages are ours, and before the first answer of a new thread.</summary>
    public string? ServiceThreadId { get; private set; }

    /// <summary>Our messages; null when the provider keeps them.</summary>
    public IChatMessageStore? MessageStore { get; private set; }

    /// <summary>Results of tools that the provider still waits for: the run was stopped before they were sent.</summary>
    internal List<FunctionResultContent> UnsentResults { get; } = [];

    /// <summary>Calls that the provider knows and that wait for a person's decision.</summary>
    internal List<string> WaitingCallIds { get; } = [];

    /// <summary>Requests of the provider's that it still waits for an answer to.</summary>
    internal List<HostedRequest> OpenRequests { get; } = [];

    /// <summary>True when a run may move the thread to the provider: its messages are in no store that somebody chose.</summary>
    internal bool CanMove => _isPlain || MessageStore is null;

    /// <summary>A new thread that the provider will keep; its id comes with the first answer.</summary>
    public static AgentThread OnService() => new((InMemoryChatMessageStore?)null);

    /// <summary>A thread saved by <see cref="Serialize"/>, in this process or another.</summary>
    /// <exception cref="ArgumentException">The text is not a saved thread; the message says what is wrong with it.</exception>
    public static AgentThread Restore(string json)
    {
        var saved = SavedThread.Read(json);
        var thread = saved.Messages is null ? OnService() : new AgentThread(new InMemoryChatMessageStore(saved.Messages));
        thread.ServiceThreadId = saved.ServiceThreadId;
        thread.UnsentResults.AddRange(saved.Unsent.Select(u => new FunctionResultContent(u.CallId, u.Result)));
        thread.WaitingCallIds.AddRange(saved.Waiting);
        thread.OpenRequests.AddRange(saved.Requests);
        return thread;
    }

    /// <summary>The thread as JSON: the provider's id, or the messages in memory.</summary>
    /// <exception cref="InvalidOperationException">The messages are in a store of the application's own, which saves them itself.</exception>
    public string Serialize() => MessageStore switch
    {
        null => SavedThread.Write(
            ServiceThreadId, [.. UnsentResults.Select(r => new SavedThread.UnsentResult(r.CallId, $"{r.Result}"))], [.. WaitingCallIds], [.. OpenRequests]),
        InMemoryChatMessageStore memory => SavedThread.Write(memory.Messages),
        _ => throw new InvalidOperationException(
            $"The messages of this thread are kept by {MessageStore.GetType().Name}. Save what that store needs to find them again, not the thread."),
    };

    /// <summary>From now on the provider keeps the messages, under <paramref name="serviceThreadId"/>.</summary>
    internal void MoveTo(string serviceThreadId)
    {
        MessageStore = null;
        ServiceThreadId = serviceThreadId;
    }

    /// <summary>The id comes back from storage, a form or an address, and goes into requests.</summary>
    internal static string CheckId(string? id)
    {
        if (string.IsNullOrWhiteSpace(id))
        {
            throw new ArgumentException("The thread id is empty.", nameof(id));
        }

        return id.Length <= 512 && !id.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))
            ? id
            : throw new ArgumentException("The thread id must be at most 512 characters without spaces and control characters.", nameof(id));
    }
}
