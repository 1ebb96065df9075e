namespace BlazorAgents.Agents.Tools;

/// <summary>What people must know about a tool.</summary>
public sealed record AgentToolOptions
{
    /// <summary>What it can do to the world.</summary>
    public ToolRisk Risk { get; init; }

    /// <summary>The least role whose agents have it; null for everyone's.</summary>
    public string? MinimumRole { get; init; }

    /// <summary>
    /// Says what a call would do, without doing it: a method whose parameters are a subset of the tool's, by name and type, and which returns a
    /// <see cref="ToolPreview"/> or a task of one. Parameters that are filled in for the tool are filled in here too; left-out arguments
    /// have the tool's defaults.
    /// </summary>
    public Delegate? Preview { get; init; }
}
