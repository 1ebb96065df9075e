using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents;

/// <summary>Where a thread keeps its messages on our side. Implement it to keep them in a database.</summary>
public interface IChatMessageStore
{
    /// <summary>The messages so far, oldest first, in the form the next model call needs.</summary>
    Task<IReadOnlyList<ChatMessage>> GetMessagesAsync(CancellationToken cancellationToken);

    /// <summary>Adds the messages of one exchange. A function call and its result always come in the same call.</summary>
    Task AddMessagesAsync(IReadOnlyList<ChatMessage> messages, CancellationToken cancellationToken);
}
