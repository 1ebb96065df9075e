using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>A tool as one agent has it.</summary>
public sealed record ToolOfAgent
{
    /// <summary>The agent.</summary>
    public required string AgentId { get; init; }

    /// <summary>The agent's name for people.</summary>
    public required string AgentName { get; init; }

    /// <summary>True for the agent's own; false for one that people may add to a message.</summary>
    public required bool IsOwn { get; init; }

    /// <summary>What the model is told about the tool.</summary>
    public required string Description { get; init; }

    /// <summary>The schema of its arguments, in the order in which the tool has them; null for a tool that runs at the provider, which only it knows.</summary>
    public required string? Schema { get; init; }

    /// <summary>What it can do to the world.</summary>
    public required ToolRisk Risk { get; init; }

    /// <summary>The least role that has it; null for everyone.</summary>
    public required string? MinimumRole { get; init; }

    /// <summary>Whether its calls wait for a person, before any rule.</summary>
    public required ToolApprovalMode Mode { get; init; }

    /// <summary>False: an administrator switched it off.</summary>
    public required bool IsEnabled { get; init; }

    /// <summary>When an administrator last changed it, UTC; null for never.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>Requests for its calls that wait or are approved and not used yet.</summary>
    public int OpenRequests { get; init; }

    /// <summary>Its calls by this agent.</summary>
    public ToolFigures Figures { get; init; } = ToolFigures.None;
}
