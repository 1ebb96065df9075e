namespace BlazorAgents.Runs;

/// <summary>A message to answer.</summary>
public sealed record StartRun
{
    /// <summary>The acting user.</summary>
    public required string UserId { get; init; }

    /// <summary>The conversation; made when it does not exist. Use <see cref="Guid.CreateVersion7()"/> for a new one.</summary>
    public required Guid ConversationId { get; init; }

    /// <summary>The sender's id of this request: the same one again returns the first result.</summary>
    public required Guid ClientRequestId { get; init; }

    /// <summary>The message.</summary>
    public required string Text { get; init; }

    /// <summary>The agent of a new conversation; ignored for an existing one.</summary>
    public required string AgentId { get; init; }

    /// <summary>How a new conversation reaches its model; ignored for an existing one.</summary>
    public ConversationConnection Connection { get; init; } = ConversationConnection.Default;

    /// <summary>The tools that the message adds and leaves out, for those after it too; null takes what was chosen for the conversation.</summary>
    public ToolChoice? Tools { get; init; }

    /// <summary>The model; null takes the conversation's, then the default.</summary>
    public string? ModelId { get; init; }
}
