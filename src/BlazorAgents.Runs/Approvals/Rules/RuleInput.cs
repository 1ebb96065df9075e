using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>A rule as a person enters it; the fields are those of <see cref="ApprovalRule"/>.</summary>
public sealed record RuleInput
{
    /// <summary>The rule to change; null for a new one.</summary>
    public Guid? Id { get; init; }

    /// <summary>A short name, at most 120 characters.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it does.</summary>
    public RuleEffect Effect { get; init; } = RuleEffect.Ask;

    /// <summary>Off rules match nothing.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>A glob over tool names.</summary>
    public string ToolPattern { get; init; } = "";

    /// <summary>The agent.</summary>
    public string? AgentId { get; init; }

    /// <summary>The requester.</summary>
    public string? RequesterId { get; init; }

    /// <summary>The requester's role.</summary>
    public string? Role { get; init; }

    /// <summary>The conversation.</summary>
    public Guid? ConversationId { get; init; }

    /// <summary>Whether the context holds text from outside.</summary>
    public bool? HasUntrustedContent { get; init; }

    /// <summary>All of them must hold.</summary>
    public IReadOnlyList<RuleCondition> Conditions { get; init; } = [];

    /// <summary>Who may decide, for <see cref="RuleEffect.Ask"/>.</summary>
    public ApprovalDecider Decider { get; init; } = ApprovalDecider.Approver;

    /// <summary>How many calls it may allow, for <see cref="RuleEffect.Allow"/>; null for any number.</summary>
    public int? UsesLeft { get; init; }

    /// <summary>
    /// Of a rule that is changed: the count stays as it is stored, whatever <see cref="UsesLeft"/> says. Else a form that was open while
    /// calls used the rule would give those uses back.
    /// </summary>
    public bool KeepsUses { get; init; }

    /// <summary>When it ends, UTC; null for never.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>Of a rule that is changed: <see cref="ApprovalRule.UpdatedAt"/> as it was read, so that nobody's change is lost; null not to look.</summary>
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>A stored rule, to be changed; of conditions that cannot be read the others are kept.</summary>
    public static RuleInput Of(ApprovalRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return new RuleInput
        {
            Id = rule.Id,
            Name = rule.Name,
            Effect = rule.Effect,
            IsEnabled = rule.IsEnabled,
            ToolPattern = rule.ToolPattern,
            AgentId = rule.AgentId,
            RequesterId = rule.RequesterId,
            Role = rule.Role,
            ConversationId = rule.ConversationId,
            HasUntrustedContent = rule.HasUntrustedContent,
            Conditions = [.. StoredConditions.Read(rule.Conditions, []).Select(c => c.Condition)],
            Decider = rule.Decider,
            UsesLeft = rule.UsesLeft,
            ValidUntil = rule.ValidUntil,
            ReadAt = rule.UpdatedAt,
        };
    }

    internal ApprovalRule ToRow(Guid id, int position, Actor maker, DateTimeOffset createdAt)
    {
        var row = new ApprovalRule
        {
            Id = id,
            Name = Name,
            ToolPattern = ToolPattern,
            Position = position,
            CreatedById = maker.Id,
            CreatedByName = maker.Name,
            CreatedAt = createdAt,
            UsesLeft = UsesLeft,
        };
        CopyTo(row, createdAt);
        return row;
    }

    internal void CopyTo(ApprovalRule row, DateTimeOffset now)
    {
        (row.Name, row.Effect, row.IsEnabled, row.ToolPattern) = (Name.Trim(), Effect, IsEnabled, ToolPattern);
        (row.AgentId, row.RequesterId, row.Role, row.ConversationId) = (AgentId, RequesterId, Role, ConversationId);
        (row.HasUntrustedContent, row.Decider, row.ValidUntil) = (HasUntrustedContent, Decider, ValidUntil);
        row.UsesLeft = KeepsUses && Effect == RuleEffect.Allow ? row.UsesLeft : UsesLeft;
        (row.Conditions, row.UpdatedAt) = (RuleCondition.ToJson(Conditions), now);
    }
}
