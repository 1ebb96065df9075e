namespace BlazorAgents.Runs;

/// <summary>A line of the conversation list.</summary>
/// <param name="Id">The conversation.</param>
/// <param name="Title">Its title.</param>
/// <param name="AgentId">The agent that answers.</param>
/// <param name="ModelId">The model chosen for it; null takes the default.</param>
/// <param name="IsPinned">Kept at the top.</param>
/// <param name="UpdatedAt">When something was last said, UTC.</param>
/// <param name="IsRunning">An answer is being written.</param>
public sealed record ConversationSummary(
    Guid Id, string Title, string AgentId, string? ModelId, bool IsPinned, DateTimeOffset UpdatedAt, bool IsRunning)
{
    /// <summary>How it reaches its model; only <see cref="ConversationService.GetAsync"/> fills it.</summary>
    public ConversationConnection Connection { get; init; } = ConversationConnection.Default;

    /// <summary>The tools of its next message; only <see cref="ConversationService.GetAsync"/> fills it.</summary>
    public ToolChoice Tools { get; init; } = ToolChoice.Default;
}
