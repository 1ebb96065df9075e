namespace BlazorAgents.Agents;

/// <summary>How a tool call ended.</summary>
public enum ToolOutcome
{
    /// <summary>The tool ran and returned.</summary>
    Succeeded,

    /// <summary>The tool threw, or reported an error.</summary>
    Failed,

    /// <summary>The tool took longer than its limit and was cancelled.</summary>
    TimedOut,

    /// <summary>The model's arguments do not fit the tool's schema; the tool did not run.</summary>
    InvalidArguments,

    /// <summary>No such tool is granted for this run; nothing ran.</summary>
    UnknownTool,

    /// <summary>A rule, a person or the clock said no; the tool did not run.</summary>
    Refused,

    /// <summary>A person answered in the tool's place; the tool did not run.</summary>
    Answered,

    /// <summary>The run was stopped before the tool returned.</summary>
    Cancelled,

    /// <summary>The provider was to make the call, and did not say how it ended.</summary>
    Unknown,
}
