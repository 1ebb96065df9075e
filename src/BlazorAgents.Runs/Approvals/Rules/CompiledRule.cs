using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>A rule whose patterns and paths are read once. Its broken parts are left out, and it then denies whatever the others cover.</summary>
internal sealed class CompiledRule
{
    private readonly ToolGlob? _tool;
    private readonly string? _agentId;
    private readonly string? _requesterId;
    private readonly string? _role;
    private readonly Guid? _conversationId;
    private readonly bool? _hasUntrustedContent;
    private readonly DateTimeOffset? _validUntil;
    private readonly bool _isOwn;
    private readonly (RulePath Path, ConditionTest Test)[] _conditions;

    public CompiledRule(ApprovalRule rule)
    {
        var problems = new List<RuleProblem>();
        IsUsable = rule.IsEnabled && rule.UsesLeft is not <= 0;
        (_conversationId, _hasUntrustedContent, _validUntil) = (rule.ConversationId, rule.HasUntrustedContent, rule.ValidUntil);
        _isOwn = rule.ConversationId is not null && rule.CreatedById == rule.RequesterId;
        _tool = ToolGlob.TryParse(rule.ToolPattern, out var patternError);
        if (_tool is null)
        {
            problems.Add(new RuleProblem(nameof(rule.ToolPattern), patternError));
        }

        _agentId = NotBlank(rule.AgentId, nameof(rule.AgentId), "The agent is empty.", problems);
        _requesterId = NotBlank(rule.RequesterId, nameof(rule.RequesterId), "The requester is empty.", problems);
        _role = rule.Role is null || Roles.All.Contains(rule.Role) ? rule.Role : null;
        if (_role != rule.Role)
        {
            problems.Add(new RuleProblem(nameof(rule.Role), $"The role does not exist. Take one of: {string.Join(", ", Roles.All)}."));
        }

        if (!Enum.IsDefined(rule.Effect))
        {
            problems.Add(new RuleProblem(nameof(rule.Effect), "The effect does not exist."));
        }

        if (!Enum.IsDefined(rule.Decider))
        {
            problems.Add(new RuleProblem(nameof(rule.Decider), "The decider does not exist."));
        }

        var conditions = StoredConditions.Read(rule.Conditions, problems);
        _conditions = [.. conditions.Select(c => Compile(c.Index, c.Condition, problems)).OfType<(RulePath, ConditionTest)>()];
        Problems = problems;
        Effect = problems.Count == 0 ? rule.Effect : RuleEffect.Deny;
        Outcome = new RuleOutcome(Effect, rule.Id, Because(rule, problems), rule.Decider) { IsCounted = Effect is RuleEffect.Allow && rule.UsesLeft is not null };
    }

    public IReadOnlyList<RuleProblem> Problems { get; }

    /// <summary>What it does; broken rules deny.</summary>
    public RuleEffect Effect { get; }

    public RuleOutcome Outcome { get; }

    /// <summary>It is on and has uses left.</summary>
    public bool IsUsable { get; }

    public bool HasConditions => _conditions.Length > 0;

    /// <summary>Whether the tool is one of the rule's. The name of an MCP server's tool begins with its server: without it a rule refuses or asks, but does not allow.</summary>
    public bool CoversTool(string toolName) =>
        _tool is null || _tool.IsMatch(toolName) || (Effect != RuleEffect.Allow && toolName.IndexOf('.') is >= 0 and var dot && _tool.IsMatch(toolName[(dot + 1)..]));

    /// <summary>Whether the rule is for the call, as far as its arguments do not matter.</summary>
    public bool Covers(RuleCall call, DateTimeOffset now) =>
        CoversTool(call.ToolName)
        && (_agentId is null || _agentId == call.AgentId)
        && (_requesterId is null || _requesterId == call.RequesterId)
        && (_role is null || _role == call.Role)
        && (_conversationId is null || _conversationId == call.ConversationId)
        && (_hasUntrustedContent is null || _hasUntrustedContent == call.HasUntrustedContent)
        && !(_validUntil <= now)
        && (Effect != RuleEffect.Allow || MayAllow(call));

    public bool IsMatch(RuleCall call, DateTimeOffset now)
    {
        if (!Covers(call, now))
        {
            return false;
        }

        foreach (var (path, test) in _conditions)
        {
            var fit = path.Test(call.Arguments, test, ofAll: Effect == RuleEffect.Allow);
            var holds = fit switch
            {
                ConditionFit.Yes => true,
                ConditionFit.Missing => test.IsMissing,
                ConditionFit.WrongType => Effect != RuleEffect.Allow,
                _ => false,
            };
            if (!holds)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Reads one condition; null with a problem when it is broken.</summary>
    public static (RulePath Path, ConditionTest Test)? Compile(int index, RuleCondition condition, List<RuleProblem> problems)
    {
        var path = RulePath.TryParse(condition.Path ?? "", out var error);
        if (path is null)
        {
            problems.Add(new RuleProblem($"Conditions[{index}].Path", error));
        }

        var test = ConditionTest.TryCreate(condition.Operator ?? "", condition.Value, out error);
        if (test is null)
        {
            var field = RuleCondition.Operators.Contains(condition.Operator) ? "Value" : "Operator";
            problems.Add(new RuleProblem($"Conditions[{index}].{field}", error));
        }

        return path is null || test is null ? null : (path, test);
    }

    // What comes from outside may talk a model into anything: only a rule that names it allows with it. And nobody allows themselves
    // what they might not approve: for that their own rule needs the role that they have now.
    private bool MayAllow(RuleCall call) =>
        (!call.HasUntrustedContent || _hasUntrustedContent == true) && MayAllowThemselves(call);

    private bool MayAllowThemselves(RuleCall call) =>
        !_isOwn || call.Risk is ToolRisk.Read or ToolRisk.Write || call.Role is Roles.Approver or Roles.Admin;

    private static string? NotBlank(string? value, string field, string message, List<RuleProblem> problems)
    {
        if (value is not null && string.IsNullOrWhiteSpace(value))
        {
            problems.Add(new RuleProblem(field, message));
            return null;
        }

        return value;
    }

    private static string Because(ApprovalRule rule, List<RuleProblem> problems) => problems is [var problem, ..]
        ? $"Rule \"{rule.Name}\" is broken and denies what it may cover. {problem.Field}: {problem.Message.TrimEnd('.')}"
        : $"Rule \"{rule.Name}\" {rule.Effect switch { RuleEffect.Deny => "denies", RuleEffect.Ask => "asks", _ => "allows" }}";
}
