namespace BlazorAgents.Agents;

/// <summary>Caps of the tool loop for one run.</summary>
public sealed record ToolLoopOptions
{
    /// <summary>Most model calls in one run.</summary>
    public int MaxIterations { get; init; } = 12;

    /// <summary>Most tool calls in one run.</summary>
    public int MaxCalls { get; init; } = 25;

    /// <summary>Most times that the same tool may be called with the same arguments.</summary>
    public int MaxRepeats { get; init; } = 3;

    /// <summary>Most calls with invalid arguments in a row.</summary>
    public int MaxInvalidInARow { get; init; } = 3;

    /// <summary>Most tokens, in and out, summed over the model calls of one run.</summary>
    public long MaxTokens { get; init; } = 500_000;

    /// <summary>Longest time for the whole run.</summary>
    public TimeSpan MaxWallTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Longest time for one tool call.</summary>
    public TimeSpan ToolTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest tool result that is given to the model, in characters; the rest is cut and the cut is said.</summary>
    public int MaxResultLength { get; init; } = 50_000;

    /// <summary>Most times that the model is asked to correct an answer that does not fit its form.</summary>
    public int MaxRepairs { get; init; } = 2;
}
