namespace BlazorAgents.Agents.Pipeline;

/// <summary>How failed model calls are tried again.</summary>
public sealed record RetryOptions
{
    /// <summary>Most attempts of one call, the first included.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>The wait before the second attempt; it doubles for each further one.</summary>
    public TimeSpan BaseDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Most time that one call may wait in all.</summary>
    public TimeSpan MaxTotalDelay { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Random numbers from 0.0 to below 1.0, which spread the waits of many callers.</summary>
    public Func<double> Jitter { get; init; } = Random.Shared.NextDouble;
}
