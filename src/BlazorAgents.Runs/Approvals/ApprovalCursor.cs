namespace BlazorAgents.Runs;

/// <summary>The last row of a page, to ask for the next.</summary>
public sealed record ApprovalCursor(DateTimeOffset CreatedAt, Guid Id);
