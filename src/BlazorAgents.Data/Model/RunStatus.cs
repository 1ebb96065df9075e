namespace BlazorAgents.Data;

/// <summary>Where a run stands.</summary>
public enum RunStatus
{
    /// <summary>Saved, not yet claimed.</summary>
    Queued,

    /// <summary>Claimed and at work.</summary>
    Running,

    /// <summary>Waits for a person's decision.</summary>
    AwaitingApproval,

    /// <summary>Ended by itself; the finish reason says how.</summary>
    Completed,

    /// <summary>Ended by an error before or without a usable answer.</summary>
    Failed,

    /// <summary>Ended by the user.</summary>
    Stopped,

    /// <summary>Cut off: the connection, the provider or the server went away in the middle.</summary>
    Interrupted,
}
