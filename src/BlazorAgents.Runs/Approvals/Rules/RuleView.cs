using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>A rule as somebody sees it.</summary>
/// <param name="Rule">The rule; a copy.</param>
/// <param name="RequesterName">The name of the person it is about; null when it is about everyone, or their account is gone.</param>
/// <param name="MayChange">Whoever looks may switch and delete it.</param>
/// <param name="Problems">Why it is broken; empty when it works.</param>
public sealed record RuleView(ApprovalRule Rule, string? RequesterName, bool MayChange, IReadOnlyList<RuleProblem> Problems);
