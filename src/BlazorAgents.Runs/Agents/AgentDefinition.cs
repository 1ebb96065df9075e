using BlazorAgents.Agents.Structured;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs;

/// <summary>An agent that people can choose.</summary>
public sealed record AgentDefinition
{
    /// <summary>A stable id, at most 64 characters.</summary>
    public required string Id { get; init; }

    /// <summary>The name shown.</summary>
    public required string Name { get; init; }

    /// <summary>One line of what it is for.</summary>
    public required string Description { get; init; }

    /// <summary>The name of its icon in the icon sprite.</summary>
    public required string Icon { get; init; }

    /// <summary>The system instructions.</summary>
    public required string Instructions { get; init; }

    /// <summary>Messages to begin with.</summary>
    public IReadOnlyList<string> Starters { get; init; } = [];

    /// <summary>The tools it may call.</summary>
    public IReadOnlyList<AITool> Tools { get; init; } = [];

    /// <summary>What its answers look like: JSON by this schema, shown as a card; null for free text.</summary>
    public StructuredFormat? ResponseFormat { get; init; }

    /// <summary>Randomness, 0.0 to 2.0; null leaves it to the provider.</summary>
    public float? Temperature { get; init; }
}
