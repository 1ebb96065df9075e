using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents;

/// <summary>What a chat client does with threads on its provider's side. Found through <see cref="IChatClient.GetService"/>, so also behind a pipeline.</summary>
public interface IServiceThreads
{
    /// <summary>True when a new thread of an agent is the provider's unless somebody asks for another kind.</summary>
    bool AreDefault { get; }

    /// <summary>The messages of a thread, oldest first.</summary>
    /// <exception cref="AgentException">The provider does not know the thread, or cannot be reached.</exception>
    Task<IReadOnlyList<ChatMessage>> GetMessagesAsync(string threadId, CancellationToken cancellationToken);

    /// <summary>Deletes a thread; one that is gone already is no error.</summary>
    /// <exception cref="AgentException">The provider cannot be reached or refuses.</exception>
    Task DeleteAsync(string threadId, CancellationToken cancellationToken);

    /// <summary>Deletes what the client itself made on the server and has to remove. Best effort, never fails; the client stays usable.</summary>
    Task CleanUpAsync();
}
