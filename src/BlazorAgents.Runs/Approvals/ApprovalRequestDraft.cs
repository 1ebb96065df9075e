using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>A call that must wait, as the gate hands it in. The properties are those of <see cref="Approval"/>.</summary>
internal sealed record ApprovalRequestDraft
{
    public ApprovalKind Kind { get; init; }

    public required Guid ConversationId { get; init; }

    public required Guid RunId { get; init; }

    public required string CallId { get; init; }

    public required string AgentId { get; init; }

    public required string AgentName { get; init; }

    public required string AgentVersion { get; init; }

    public required string ToolName { get; init; }

    public string? ServerLabel { get; init; }

    public required string ToolSchema { get; init; }

    public required ToolRisk Risk { get; init; }

    public required string RequesterId { get; init; }

    public required string RequesterName { get; init; }

    /// <summary>Canonical JSON.</summary>
    public required string Arguments { get; init; }

    public required string Sentence { get; init; }

    public string? Target { get; init; }

    public required string UserMessage { get; init; }

    public string AgentWords { get; init; } = "";

    public Guid? RuleId { get; init; }

    public required string AskedBecause { get; init; }

    public required ApprovalDecider Decider { get; init; }

    public bool HasUntrustedContent { get; init; }

    public string Digest => ApprovalDigest.Of(AgentVersion, ToolName, ToolSchema, RequesterId, Arguments);

    public Approval ToRow(DateTimeOffset now, TimeSpan expiry) => new()
    {
        Id = Guid.CreateVersion7(now),
        Kind = Kind,
        ConversationId = ConversationId,
        RunId = RunId,
        CallId = CallId,
        AgentId = AgentId,
        AgentName = AgentName,
        AgentVersion = AgentVersion,
        ToolName = ToolName,
        ServerLabel = ServerLabel,
        ToolSchema = ToolSchema,
        Risk = Risk.ToString(),
        RequesterId = RequesterId,
        RequesterName = RequesterName,
        Arguments = Arguments,
        Digest = Digest,
        Sentence = Sentence,
        Target = Target,
        UserMessage = UserMessage,
        AgentWords = AgentWords,
        RuleId = RuleId,
        AskedBecause = AskedBecause,
        Decider = Decider,
        HasUntrustedContent = HasUntrustedContent,
        State = ApprovalState.Pending,
        CreatedAt = now,
        ExpiresAt = now + expiry,
    };
}
