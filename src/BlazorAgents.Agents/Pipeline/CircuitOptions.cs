namespace BlazorAgents.Agents.Pipeline;

/// <summary>When calls to a failing endpoint are paused.</summary>
public sealed record CircuitOptions
{
    /// <summary>Failed calls within <see cref="Window"/> that open the circuit, when hardly any call succeeded meanwhile.</summary>
    public int Failures { get; init; } = 5;

    /// <summary>The time in which failures count together.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long calls are paused before one is let through to try.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(30);
}
