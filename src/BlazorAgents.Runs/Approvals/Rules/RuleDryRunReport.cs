using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>What changed rules would have done with recorded calls.</summary>
/// <param name="Total">How many calls were looked at.</param>
/// <param name="WouldAllow">How many would run.</param>
/// <param name="WouldAsk">How many would wait for a person.</param>
/// <param name="WouldDeny">How many would be refused.</param>
/// <param name="Changes">Where that differs from the rules now, most calls first.</param>
/// <param name="Examples">For each effect the newest calls, at most 20, those that change first.</param>
/// <param name="IsLimited">There are older calls that were not looked at.</param>
public sealed record RuleDryRunReport(
    int Total,
    int WouldAllow,
    int WouldAsk,
    int WouldDeny,
    IReadOnlyList<RuleDryRunChange> Changes,
    IReadOnlyDictionary<RuleEffect, IReadOnlyList<RuleDryRunCall>> Examples,
    bool IsLimited);
