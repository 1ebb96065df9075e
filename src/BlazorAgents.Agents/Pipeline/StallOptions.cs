namespace BlazorAgents.Agents.Pipeline;

/// <summary>How long a model call may be silent.</summary>
public sealed record StallOptions
{
    /// <summary>Longest silence before the first update, and while the model does not write; models that think need minutes.</summary>
    public TimeSpan BeforeFirstUpdate { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>Longest silence after a piece of text.</summary>
    public TimeSpan BetweenUpdates { get; init; } = TimeSpan.FromSeconds(60);
}
