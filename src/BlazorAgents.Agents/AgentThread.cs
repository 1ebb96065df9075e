namespace BlazorAgents.Agents;

/// <summary>A conversation's memory: on our side in a message store, or on the provider's side under an id.</summary>
public sealed class AgentThread
{
    /// <summary>A thread whose messages stay in this process.</summary>
    public AgentThread()
        : this(new InMemoryChatMessageStore())
    {
    }

    /// <summary>A thread whose messages are kept by <paramref name="messageStore"/>.</summary>
    public AgentThread(IChatMessageStore messageStore) => MessageStore = messageStore;

    /// <summary>A thread that the provider keeps under <paramref name="serviceThreadId"/>.</summary>
    public AgentThread(string serviceThreadId) => ServiceThreadId = serviceThreadId;

    /// <summary>The provider's id of the thread; null while the messages are ours.</summary>
    public string? ServiceThreadId { get; internal set; }

    /// <summary>Our messages; null when the provider keeps them.</summary>
    public IChatMessageStore? MessageStore { get; }
}
