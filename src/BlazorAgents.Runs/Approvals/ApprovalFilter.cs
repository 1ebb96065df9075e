using BlazorAgents.Agents.Tools;

namespace BlazorAgents.Runs;

/// <summary>Which requests to list. What is null or false leaves nothing out.</summary>
public sealed record ApprovalFilter
{
    /// <summary>False: those that wait, the longest waiting first. True: all others, the newest first.</summary>
    public bool IsHistory { get; init; }

    /// <summary>Those that the person took on.</summary>
    public bool IsMine { get; init; }

    /// <summary>Those that nobody took on.</summary>
    public bool IsUnassigned { get; init; }

    /// <summary>Those that expire within an hour.</summary>
    public bool IsExpiring { get; init; }

    /// <summary>The tool.</summary>
    public string? ToolName { get; init; }

    /// <summary>The agent.</summary>
    public string? AgentId { get; init; }

    /// <summary>Whose conversation it is.</summary>
    public string? RequesterId { get; init; }

    /// <summary>The risk.</summary>
    public ToolRisk? Risk { get; init; }

    /// <summary>Words in the sentence, the message, or the names of tool, agent and requester.</summary>
    public string? Search { get; init; }
}
