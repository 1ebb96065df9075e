namespace BlazorAgents.Runs;

/// <summary>The rules that somebody sees.</summary>
/// <param name="IsAdmin">They keep all rules: they make them and change their order.</param>
/// <param name="Rules">In the order in which they count.</param>
public sealed record RuleList(bool IsAdmin, IReadOnlyList<RuleView> Rules);
