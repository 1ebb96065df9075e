namespace BlazorAgents.Runs;

/// <summary>How far a dry run is.</summary>
/// <param name="Done">Calls that were looked at.</param>
/// <param name="Total">Calls to look at.</param>
public sealed record RuleDryRunProgress(int Done, int Total);
