namespace BlazorAgents.Agents;

/// <summary>The limits that end a tool loop.</summary>
public enum ToolLoopLimit
{
    /// <summary>Too many model calls in one run.</summary>
    Iterations,

    /// <summary>Too many tool calls in one run.</summary>
    Calls,

    /// <summary>The run took too long.</summary>
    WallTime,

    /// <summary>The same call was asked for again and again.</summary>
    Repetition,

    /// <summary>Invalid arguments too many times in a row.</summary>
    InvalidArguments,

    /// <summary>The run used more tokens than it may.</summary>
    Tokens,
}
