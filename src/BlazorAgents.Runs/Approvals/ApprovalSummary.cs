using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>A request as a line of a list: without arguments, schema and messages. The properties are those of <see cref="Approval"/>.</summary>
public sealed record ApprovalSummary
{
    /// <summary>The request.</summary>
    public required Guid Id { get; init; }

    /// <summary>What it asks for.</summary>
    public required ApprovalKind Kind { get; init; }

    /// <summary>The conversation.</summary>
    public required Guid ConversationId { get; init; }

    /// <summary>The run that waits.</summary>
    public required Guid RunId { get; init; }

    /// <summary>The tool.</summary>
    public required string ToolName { get; init; }

    /// <summary>The name of a <see cref="BlazorAgents.Agents.Tools.ToolRisk"/>.</summary>
    public required string Risk { get; init; }

    /// <summary>The tool's sentence about the call.</summary>
    public required string Sentence { get; init; }

    /// <summary>The agent.</summary>
    public required string AgentId { get; init; }

    /// <summary>Its name.</summary>
    public required string AgentName { get; init; }

    /// <summary>Whose conversation it is.</summary>
    public required string RequesterId { get; init; }

    /// <summary>Their name.</summary>
    public required string RequesterName { get; init; }

    /// <summary>Who may decide.</summary>
    public required ApprovalDecider Decider { get; init; }

    /// <summary>The context held text from outside.</summary>
    public required bool HasUntrustedContent { get; init; }

    /// <summary>Where it stands.</summary>
    public required ApprovalState State { get; init; }

    /// <summary>Why it ended without a decision.</summary>
    public string? Cause { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Who took it on.</summary>
    public string? AssigneeId { get; init; }

    /// <summary>Their name.</summary>
    public string? AssigneeName { get; init; }

    /// <summary>Who decided.</summary>
    public string? DecidedByName { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>What they said.</summary>
    public string? DecisionReason { get; init; }

    /// <summary>They changed the arguments.</summary>
    public required bool IsEdited { get; init; }

    /// <summary>They answered in the tool's place: the call did not run.</summary>
    public required bool IsAnswered { get; init; }

    /// <summary>The person who asks for the list may decide it.</summary>
    public bool MayDecide { get; init; }
}
