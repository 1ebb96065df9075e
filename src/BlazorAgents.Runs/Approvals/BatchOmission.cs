namespace BlazorAgents.Runs;

/// <summary>A request that a decision about several did not reach.</summary>
/// <param name="ApprovalId">The request.</param>
/// <param name="Because">Why, in a sentence.</param>
public sealed record BatchOmission(Guid ApprovalId, string Because);
