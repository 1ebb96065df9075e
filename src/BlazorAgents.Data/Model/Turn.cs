namespace BlazorAgents.Data;

/// <summary>A user's message. Editing makes a sibling: another turn with the same parent.</summary>
public sealed class Turn
{
    /// <summary>Version 7 UUID.</summary>
    public Guid Id { get; init; }

    /// <summary>The conversation.</summary>
    public Guid ConversationId { get; init; }

    /// <summary>The answer that this message replies to; null for a first message.</summary>
    public Guid? ParentRunId { get; init; }

    /// <summary>The sender's id of the request: the same one twice is one message.</summary>
    public Guid ClientRequestId { get; init; }

    /// <summary>The message, as typed.</summary>
    public required string Text { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}
