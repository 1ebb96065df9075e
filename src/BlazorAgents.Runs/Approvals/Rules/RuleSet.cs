using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>
/// Rules in the order in which they count: deny, ask, allow; within each by position, then age. The first that matches wins. Immutable.
/// </summary>
/// <remarks>A rule that is broken denies what its other parts cover.</remarks>
public sealed class RuleSet
{
    private readonly CompiledRule[] _rules;

    /// <summary>Reads the rules once; later changes of the rows do not show.</summary>
    public RuleSet(IEnumerable<ApprovalRule> rules) =>
        _rules =
        [
            .. rules.OrderBy(r => r.Effect).ThenBy(r => r.Position).ThenBy(r => r.CreatedAt).ThenBy(r => r.Id)
                .Select(r => new CompiledRule(r)).Where(r => r.IsUsable).OrderBy(r => r.Effect),
        ];

    /// <summary>What is wrong with a stored rule; empty when it works.</summary>
    public static IReadOnlyList<RuleProblem> Check(ApprovalRule rule) => new CompiledRule(rule).Problems;

    /// <summary>Who may decide a call of this risk where no rule says it.</summary>
    public static ApprovalDecider DefaultDecider(ToolRisk risk) =>
        risk == ToolRisk.Write ? ApprovalDecider.RequesterOrApprover : ApprovalDecider.Approver;

    /// <summary>What happens with a call.</summary>
    public RuleOutcome Evaluate(RuleCall call, DateTimeOffset now)
    {
        foreach (var rule in _rules)
        {
            if (rule.IsMatch(call, now))
            {
                return rule.Outcome;
            }
        }

        return Default(call);
    }

    /// <summary>What stands against a call that nobody sees before it is made: its arguments may be any, so no condition on them lets it pass. Null when nothing does.</summary>
    internal RuleOutcome? FindAgainstUnseen(RuleCall call, DateTimeOffset now) =>
        _rules.FirstOrDefault(r => r.Effect != RuleEffect.Allow && r.Covers(call, now))?.Outcome;

    /// <summary>Whether any rule looks into the arguments of the tool.</summary>
    internal bool ReadsArguments(string toolName) => _rules.Any(r => r.HasConditions && r.CoversTool(toolName));

    // A mode or risk that this version does not know asks.
    private static RuleOutcome Default(RuleCall call)
    {
        var (effect, because) = (call.Mode, call.Risk) switch
        {
            (ToolApprovalMode.NeverRequire, not ToolRisk.Read) when call.HasUntrustedContent =>
                (RuleEffect.Ask, $"{call.ToolName} is set to run without asking, but the conversation holds content from outside: a person decides"),
            (ToolApprovalMode.NeverRequire, _) => (RuleEffect.Allow, $"{call.ToolName} is set to run without asking"),
            (ToolApprovalMode.ByRisk, ToolRisk.Read) => (RuleEffect.Allow, $"{call.ToolName} only reads"),
            (ToolApprovalMode.ByRisk, ToolRisk.Write) => (RuleEffect.Ask, $"{call.ToolName} changes data: a person decides"),
            (ToolApprovalMode.ByRisk, ToolRisk.Money) => (RuleEffect.Ask, $"{call.ToolName} moves money: a person decides"),
            (ToolApprovalMode.ByRisk, ToolRisk.Irreversible) => (RuleEffect.Ask, $"{call.ToolName} cannot be undone: a person decides"),
            (ToolApprovalMode.ByRisk, ToolRisk.Code) => (RuleEffect.Ask, $"{call.ToolName} runs code: a person decides"),
            (ToolApprovalMode.ByRisk, ToolRisk.External) => (RuleEffect.Ask, $"{call.ToolName} acts on another system: a person decides"),
            _ => (RuleEffect.Ask, $"{call.ToolName} is set to ask: a person decides"),
        };
        return new RuleOutcome(effect, RuleId: null, because, DefaultDecider(call.Risk));
    }
}
