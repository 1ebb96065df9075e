using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs;

/// <summary>The way to the models: providers, client types and what they can do. The application connects it to its client layer.</summary>
public interface IModelConnections
{
    /// <summary>A client for a conversation. The caller does not dispose it.</summary>
    /// <exception cref="Agents.AgentException">The provider is gone, switched off, or cannot be reached; the text says what to do.</exception>
    ValueTask<IChatClient> OpenAsync(ConversationConnection connection, string? modelId, CancellationToken cancellationToken);

    /// <summary>A client that keeps nothing at the provider, for a question beside the conversation. The caller does not dispose it.</summary>
    /// <inheritdoc cref="OpenAsync"/>
    ValueTask<IChatClient> OpenStatelessAsync(ConversationConnection connection, string? modelId, CancellationToken cancellationToken);

    /// <summary>Null when a conversation with these tools can be connected like this, else one sentence with the reason and the alternative.</summary>
    ValueTask<string?> FindProblemAsync(ConversationConnection connection, IReadOnlyList<AITool> tools, CancellationToken cancellationToken);
}
