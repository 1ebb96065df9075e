namespace BlazorAgents.Agents.Pipeline;

/// <summary>How model calls cope with faults.</summary>
public sealed record ResilienceOptions
{
    /// <summary>Trying again.</summary>
    public RetryOptions Retry { get; init; } = new();

    /// <summary>Pausing a failing endpoint.</summary>
    public CircuitOptions Circuit { get; init; } = new();

    /// <summary>Ending silent calls.</summary>
    public StallOptions Stall { get; init; } = new();
}
