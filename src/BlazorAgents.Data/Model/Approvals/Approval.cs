namespace BlazorAgents.Data;

/// <summary>A request for a person's decision about one call.</summary>
public sealed class Approval
{
    /// <summary>Version 7 UUID.</summary>
    public Guid Id { get; init; }

    /// <summary>What it asks for.</summary>
    public ApprovalKind Kind { get; init; }

    /// <summary>The conversation.</summary>
    public Guid ConversationId { get; init; }

    /// <summary>The run that waits.</summary>
    public Guid RunId { get; init; }

    /// <summary>The model's id of the call, or the provider's id of its own request.</summary>
    public required string CallId { get; init; }

    /// <summary>The agent.</summary>
    public required string AgentId { get; init; }

    /// <summary>The agent's name at that time.</summary>
    public required string AgentName { get; init; }

    /// <summary>The agent's version: 12 hexadecimal digits over its definition.</summary>
    public required string AgentVersion { get; init; }

    /// <summary>The tool's name.</summary>
    public required string ToolName { get; init; }

    /// <summary>The MCP server's label, for <see cref="ApprovalKind.HostedMcp"/>.</summary>
    public string? ServerLabel { get; init; }

    /// <summary>The tool's JSON schema of its arguments, for the form.</summary>
    public required string ToolSchema { get; init; }

    /// <summary>The tool's risk: the agent layer's name of it.</summary>
    public required string Risk { get; init; }

    /// <summary>Whose conversation it is.</summary>
    public required string RequesterId { get; init; }

    /// <summary>Their name at that time.</summary>
    public required string RequesterName { get; init; }

    /// <summary>The model's arguments, canonical JSON.</summary>
    public required string Arguments { get; init; }

    /// <summary>The arguments that the approver set instead, canonical JSON.</summary>
    public string? EditedArguments { get; set; }

    /// <summary>SHA-256 over agent version, tool, schema, requester and canonical arguments, lower-case hexadecimal.</summary>
    public required string Digest { get; init; }

    /// <summary>The tool's own sentence about the call: as it was asked for, then as it was approved.</summary>
    public required string Sentence { get; init; }

    /// <summary>What the call is about, to find earlier decisions about the same; null when the tool names none.</summary>
    public string? Target { get; init; }

    /// <summary>The user's message that led here.</summary>
    public required string UserMessage { get; init; }

    /// <summary>What the agent had said in the same answer.</summary>
    public string AgentWords { get; init; } = "";

    /// <summary>The rule that asked; null when the tool's mode did.</summary>
    public Guid? RuleId { get; init; }

    /// <summary>Why a person is asked, in words.</summary>
    public required string AskedBecause { get; init; }

    /// <summary>Who may decide.</summary>
    public ApprovalDecider Decider { get; init; }

    /// <summary>The context of the call held text from outside.</summary>
    public bool HasUntrustedContent { get; init; }

    /// <summary>Where it stands.</summary>
    public ApprovalState State { get; set; }

    /// <summary>Why it ended without a decision, in words.</summary>
    public string? Cause { get; set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>From then on it can neither be decided nor carried out, UTC.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>The approver who took it on; null while nobody did.</summary>
    public string? AssigneeId { get; set; }

    /// <summary>Their name.</summary>
    public string? AssigneeName { get; set; }

    /// <summary>Who decided.</summary>
    public string? DecidedById { get; set; }

    /// <summary>Their name at that time.</summary>
    public string? DecidedByName { get; set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>What the approver said; with a rejection it goes to the model.</summary>
    public string? DecisionReason { get; set; }

    /// <summary>Rejected, and the run was to stop.</summary>
    public bool StopsRun { get; set; }

    /// <summary>What a person answered in the tool's place.</summary>
    public string? Answer { get; set; }
}
