using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>How a conversation reaches its model. It may change between two messages; earlier answers stay as they are.</summary>
public sealed record ConversationConnection
{
    /// <summary>Everything as configured: Chat Completions, memory in the database.</summary>
    public static ConversationConnection Default { get; } = new();

    /// <summary>The id of a stored provider; null takes the configured one.</summary>
    public string? ProviderId { get; init; }

    /// <summary>The client layer's name of the client type; null takes the provider's usual one.</summary>
    public string? ClientType { get; init; }

    /// <summary>Where the agent's memory lives.</summary>
    public ConversationMemory Memory { get; init; }

    /// <summary>Tools of the provider's side that the agent may use here, by their names in <see cref="HostedToolNames"/>.</summary>
    public IReadOnlyList<string> HostedTools { get; init; } = [];

    /// <inheritdoc/>
    public bool Equals(ConversationConnection? other) => other is not null && ProviderId == other.ProviderId && ClientType == other.ClientType
        && Memory == other.Memory && HostedTools.SequenceEqual(other.HostedTools);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(ProviderId, ClientType, Memory, HostedTools.Count);
}
