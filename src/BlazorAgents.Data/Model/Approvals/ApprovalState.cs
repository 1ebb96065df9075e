namespace BlazorAgents.Data;

/// <summary>The life of a request: Pending, Approved, Consumed, Executed (or Failed, Unknown); or Pending and then one of the ends without a call.</summary>
public enum ApprovalState
{
    /// <summary>Waits for a decision.</summary>
    Pending,

    /// <summary>A person said yes; the call has not begun.</summary>
    Approved,

    /// <summary>The call began under this approval, which is used up.</summary>
    Consumed,

    /// <summary>The call succeeded.</summary>
    Executed,

    /// <summary>The call failed.</summary>
    Failed,

    /// <summary>The call began, and nobody knows how it ended.</summary>
    Unknown,

    /// <summary>A person said no.</summary>
    Rejected,

    /// <summary>Nobody decided in time, or the approved call did not begin in time.</summary>
    Expired,

    /// <summary>It was withdrawn: the run was stopped, the conversation deleted, the person, agent or tool disabled.</summary>
    Cancelled,

    /// <summary>What was asked for changed: the tool, its schema, the agent or the arguments.</summary>
    Superseded,
}
