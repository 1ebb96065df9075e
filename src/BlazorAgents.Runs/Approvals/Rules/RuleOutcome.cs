using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>What the rules say about a call.</summary>
/// <param name="Effect">What happens with it.</param>
/// <param name="RuleId">The rule that said so; null where none matched and the tool's mode and risk did.</param>
/// <param name="Because">Why, a sentence for people without a full stop.</param>
/// <param name="Decider">Who may decide, for <see cref="RuleEffect.Ask"/>.</param>
public sealed record RuleOutcome(RuleEffect Effect, Guid? RuleId, string Because, ApprovalDecider Decider)
{
    /// <summary>The rule allows only so often, and each call takes one of its uses: what is allowed here may have to be asked after all.</summary>
    public bool IsCounted { get; init; }
}
