namespace BlazorAgents.Runs;

/// <summary>What checking the chain showed.</summary>
/// <param name="Checked">How many events were read and are sound.</param>
/// <param name="BrokenId">The first event that is not; null when all are.</param>
/// <param name="Problem">What is wrong with it, in words.</param>
public sealed record AuditCheck(long Checked, long? BrokenId = null, string? Problem = null);
