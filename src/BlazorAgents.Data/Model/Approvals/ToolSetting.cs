namespace BlazorAgents.Data;

/// <summary>What an administrator set for a tool of an agent.</summary>
public sealed class ToolSetting
{
    /// <summary>The agent.</summary>
    public required string AgentId { get; init; }

    /// <summary>The tool's name.</summary>
    public required string ToolName { get; init; }

    /// <summary>Whether its calls wait for a person.</summary>
    public ToolApprovalMode Mode { get; set; }

    /// <summary>False: the agent does not have the tool.</summary>
    public bool IsEnabled { get; set; } = true;

    /// <summary>UTC.</summary>
    public DateTimeOffset UpdatedAt { get; set; }
}
