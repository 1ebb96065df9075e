using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>Runs that were marked as stopped in a transaction, and what is to be told after its commit.</summary>
internal sealed record StoppedRuns(IReadOnlyList<Run> Runs, ApprovalChanges Changes);
