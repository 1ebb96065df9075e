using BlazorAgents.Runs;

namespace BlazorAgents.Web.Features.Approvals.Parts;

/// <summary>Something of the call that limits an allowance.</summary>
/// <param name="words">In words.</param>
/// <param name="conditions">As conditions of a rule.</param>
public sealed class AllowLimit(string words, params IReadOnlyList<RuleCondition> conditions)
{
    /// <summary>The limit counts.</summary>
    public bool IsOn { get; set; } = true;

    /// <summary>In words.</summary>
    public string Words { get; } = words;

    /// <summary>As conditions of a rule.</summary>
    public IReadOnlyList<RuleCondition> Conditions { get; } = conditions;
}
