using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>How many calls would go another way.</summary>
/// <param name="From">What the rules do with them now.</param>
/// <param name="To">What they would do.</param>
/// <param name="Count">How many.</param>
public sealed record RuleDryRunChange(RuleEffect From, RuleEffect To, int Count);
