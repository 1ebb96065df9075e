namespace BlazorAgents.Runs;

/// <summary>What a recovery found.</summary>
/// <param name="Interrupted">Runs whose process is gone; they are closed now.</param>
/// <param name="UserIds">Whose runs those were.</param>
/// <param name="Queued">Runs that wait to be taken.</param>
internal sealed record RecoveredRuns(IReadOnlyList<Guid> Interrupted, IReadOnlyList<string> UserIds, IReadOnlyList<Guid> Queued);
