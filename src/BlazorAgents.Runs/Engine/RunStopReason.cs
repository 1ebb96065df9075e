namespace BlazorAgents.Runs;

/// <summary>Why a run is stopped from outside.</summary>
internal enum RunStopReason
{
    None,
    User,
    Shutdown,
    LeaseLost,
}
