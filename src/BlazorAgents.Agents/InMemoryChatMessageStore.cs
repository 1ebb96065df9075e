using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents;

/// <summary>Keeps messages in this process. Safe for concurrent use.</summary>
public sealed class InMemoryChatMessageStore : IChatMessageStore
{
    private readonly Lock _gate = new();
    private readonly List<ChatMessage> _messages = [];

    /// <summary>An empty store.</summary>
    public InMemoryChatMessageStore()
    {
    }

    internal InMemoryChatMessageStore(IReadOnlyList<ChatMessage> messages) => _messages.AddRange(messages);

    /// <summary>The messages so far, oldest first.</summary>
    internal IReadOnlyList<ChatMessage> Messages
    {
        get
        {
            lock (_gate)
            {
                return [.. _messages];
            }
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ChatMessage>> GetMessagesAsync(CancellationToken cancellationToken) => Task.FromResult(Messages);

    /// <inheritdoc/>
    public Task AddMessagesAsync(IReadOnlyList<ChatMessage> messages, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _messages.AddRange(messages);
        }

        return Task.CompletedTask;
    }
}
