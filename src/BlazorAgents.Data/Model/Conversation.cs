namespace BlazorAgents.Data;

/// <summary>A conversation of one user with one agent.</summary>
public sealed class Conversation
{
    /// <summary>Version 7 UUID, made by the client of the service so that a double click makes one conversation.</summary>
    public Guid Id { get; init; }

    /// <summary>The owner.</summary>
    public required string UserId { get; init; }

    /// <summary>Shown in the list; at most 120 characters.</summary>
    public required string Title { get; set; }

    /// <summary>Who chose the title: the first words of the message, the model, or the user.</summary>
    public TitleSource TitleSource { get; set; }

    /// <summary>The agent that answers.</summary>
    public required string AgentId { get; set; }

    /// <summary>The model chosen for this conversation; null takes the default.</summary>
    public string? ModelId { get; set; }

    /// <summary>The stored provider; null takes the configured one.</summary>
    public string? ProviderId { get; set; }

    /// <summary>The client layer's name of the client type; null takes the provider's usual one.</summary>
    public string? ClientType { get; set; }

    /// <summary>Where the agent's memory of it lives.</summary>
    public ConversationMemory Memory { get; set; }

    /// <summary>Names of the provider's tools that are switched on, separated by spaces.</summary>
    public string HostedTools { get; set; } = "";

    /// <summary>The tools that its next message adds and leaves out, as JSON; empty: the agent's own, no more and no fewer.</summary>
    public string ToolChoice { get; set; } = "";

    /// <summary>Kept at the top of the list.</summary>
    public bool IsPinned { get; set; }

    /// <summary>The last run of the path that is shown; its ancestors are the rest of the path.</summary>
    public Guid? ActiveRunId { get; set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When something was last said, UTC.</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Set when deleted; it can be restored until it is purged.</summary>
    public DateTimeOffset? DeletedAt { get; set; }
}
