namespace BlazorAgents.Runs;

/// <summary>What the journal says about calls over a stretch of time.</summary>
/// <param name="Succeeded">Calls that returned.</param>
/// <param name="Failed">Calls that threw or reported an error.</param>
/// <param name="TimedOut">Calls that took too long.</param>
/// <param name="Unknown">Calls that a crash cut off.</param>
/// <param name="Cancelled">Calls whose run was stopped meanwhile.</param>
/// <param name="Running">Calls whose end is not known yet.</param>
/// <param name="Refused">Calls that never began; they are no <see cref="Calls"/>.</param>
/// <param name="Median">The duration that half of the timed calls did not exceed; null without any.</param>
/// <param name="P95">
/// The shortest duration that at least 95 of 100 timed calls did not exceed (the nearest rank, so always one that was measured); null without any.
/// Timed are those that succeeded, failed or timed out: a crash or a stop says nothing of the tool.
/// </param>
public sealed record ToolFigures(
    int Succeeded,
    int Failed,
    int TimedOut,
    int Unknown,
    int Cancelled,
    int Running,
    int Refused,
    TimeSpan? Median,
    TimeSpan? P95)
{
    /// <summary>Nothing was called.</summary>
    public static ToolFigures None { get; } = new(0, 0, 0, 0, 0, 0, 0, null, null);

    /// <summary>Calls that began.</summary>
    public int Calls => Ended + Running;

    /// <summary>Calls that went wrong: failed, timed out or cut off.</summary>
    public int Errors => Failed + TimedOut + Unknown;

    /// <summary>Errors among the calls that have ended, 0 to 1; null when none has.</summary>
    public double? ErrorRate => Ended == 0 ? null : (double)Errors / Ended;

    private int Ended => Succeeded + Errors + Cancelled;
}
