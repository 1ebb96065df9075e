using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>What became of a rule that was to be saved.</summary>
/// <param name="Rule">The stored rule; null when it was not saved.</param>
/// <param name="Problems">Why not; empty when it was saved.</param>
public sealed record RuleSaved(ApprovalRule? Rule, IReadOnlyList<RuleProblem> Problems);
