using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents;

/// <summary>Keeps messages in this process. Safe for concurrent use.</summary>
public sealed class InMemoryChatMessageStore : IChatMessageStore
{
    private readonly Lock _gate = new();
    private readonly List<ChatMessage> _messages = [];

    /// <inheritdoc/>
    public Task<IReadOnlyList<ChatMessage>> GetMessagesAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<ChatMessage>>([.. _messages]);
        }
    }

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
