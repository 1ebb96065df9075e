namespace BlazorAgents.Data;

/// <summary>A rule about tool calls. What is null matches everything.</summary>
public sealed class ApprovalRule
{
    /// <summary>Version 7 UUID.</summary>
    public Guid Id { get; init; }

    /// <summary>A short name, at most 120 characters.</summary>
    public required string Name { get; set; }

    /// <summary>What it does.</summary>
    public RuleEffect Effect { get; set; }

    /// <summary>The place among the rules of the same effect, ascending.</summary>
    public int Position { get; set; }

    /// <summary>Off rules match nothing.</summary>
    public bool IsEnabled { get; set; } = true;

    /// <summary>A glob over tool names: * any characters, ? one.</summary>
    public required string ToolPattern { get; set; }

    /// <summary>The agent.</summary>
    public string? AgentId { get; set; }

    /// <summary>The requester.</summary>
    public string? RequesterId { get; set; }

    /// <summary>The requester's role.</summary>
    public string? Role { get; set; }

    /// <summary>The conversation, for rules that a requester made for their own.</summary>
    public Guid? ConversationId { get; set; }

    /// <summary>Whether the context holds text from outside.</summary>
    public bool? HasUntrustedContent { get; set; }

    /// <summary>JSON array of conditions on the arguments, all of which must hold: [{"path":"$.quantity","operator":"at_most","value":5}].</summary>
    public string Conditions { get; set; } = "[]";

    /// <summary>Who may decide, for <see cref="RuleEffect.Ask"/>.</summary>
    public ApprovalDecider Decider { get; set; }

    /// <summary>How many calls it may still allow; null for any number. At 0 it matches nothing.</summary>
    public int? UsesLeft { get; set; }

    /// <summary>From then on it matches nothing, UTC.</summary>
    public DateTimeOffset? ValidUntil { get; set; }

    /// <summary>Who made it.</summary>
    public required string CreatedById { get; init; }

    /// <summary>Their name at that time.</summary>
    public required string CreatedByName { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset UpdatedAt { get; set; }
}
