namespace BlazorAgents.Runs;

/// <summary>What a form for one rule needs.</summary>
/// <param name="IsAdmin">Whoever looks may make and change any rule.</param>
/// <param name="Rule">The rule; null when it is a new one, does not exist, or is not theirs to see.</param>
/// <param name="People">Whom a rule may be about, for administrators.</param>
public sealed record RuleDesk(bool IsAdmin, RuleView? Rule, IReadOnlyList<ApprovalFacet> People);
