namespace BlazorAgents.Runs;

/// <summary>A stretch of the list.</summary>
/// <param name="Rows">In the list's order.</param>
/// <param name="Next">Where the next page begins; null at the end.</param>
public sealed record ApprovalPage(IReadOnlyList<ApprovalSummary> Rows, ApprovalCursor? Next);
