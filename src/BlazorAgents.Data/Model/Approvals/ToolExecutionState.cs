namespace BlazorAgents.Data;

/// <summary>How far a tool call got.</summary>
public enum ToolExecutionState
{
    /// <summary>It began; its end is not known yet.</summary>
    Started,

    /// <summary>The tool returned.</summary>
    Succeeded,

    /// <summary>The tool threw or reported an error.</summary>
    Failed,

    /// <summary>The tool took too long; it may have done its work.</summary>
    TimedOut,

    /// <summary>The run was stopped while the tool worked; it may have done its work.</summary>
    Cancelled,

    /// <summary>The server went away in the middle. Nothing runs it again by itself; a person decides.</summary>
    Unknown,

    /// <summary>It never began: a rule, a person or the clock said no.</summary>
    Refused,
}
