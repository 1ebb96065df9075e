using BlazorAgents.Data;
using BlazorAgents.Runs;

namespace BlazorAgents.Web.Features.Approvals.Parts;

/// <summary>A rule that a person makes from a request, so that the next call like it is not asked about.</summary>
public sealed class AllowDraft(Approval request, ArgumentFields fields)
{
    /// <summary>The width: the conversation, the agent, everyone.</summary>
    public AllowScope Scope { get; set; } = AllowScope.Conversation;

    /// <summary>How many days it holds; 0 for no end.</summary>
    public int Days { get; set; } = 7;

    /// <summary>What the rule can be limited by.</summary>
    public AllowLimits Limits { get; } = AllowLimits.Of(fields, request.Kind is ApprovalKind.HostedMcp);

    /// <summary>
    /// Whether a rule of the person's own would cover the call, and nothing by another name: without an approver only what reads or writes.
    /// Names at MCP servers are the servers' choice, and could be patterns.
    /// </summary>
    public static bool IsPossible(Approval request, Actor actor) =>
        !request.ToolName.AsSpan().ContainsAny('*', '?')
        && (actor.Is(Roles.Admin) || (request.RequesterId == actor.Id && (actor.Is(Roles.Approver) || request.Risk is "Read" or "Write")));

    /// <summary>The rule.</summary>
    public RuleInput ToRule(DateTimeOffset now) => new()
    {
        Name = ApprovalWords.Cut($"Allow {request.ToolName} for {request.AgentName}", 110),
        Effect = RuleEffect.Allow,
        ToolPattern = request.ToolName,
        AgentId = Scope is AllowScope.Everyone ? null : request.AgentId,
        RequesterId = Scope is AllowScope.Conversation ? request.RequesterId : null,
        ConversationId = Scope is AllowScope.Conversation ? request.ConversationId : null,
        HasUntrustedContent = request.HasUntrustedContent,
        Conditions = [.. Limits.All.Where(limit => limit.IsOn).SelectMany(limit => limit.Conditions)],
        ValidUntil = Days > 0 ? now.AddDays(Days) : null,
    };
}
