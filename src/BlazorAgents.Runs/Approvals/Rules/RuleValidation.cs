using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>What a person may enter as a rule.</summary>
public static class RuleValidation
{
    private const int MaxName = 120;
    private const int MaxAgentId = 64;
    private const int MaxUses = 1_000_000;

    /// <summary>What is wrong with the input, apart from what only the database knows; empty when nothing is.</summary>
    public static IReadOnlyList<RuleProblem> Check(Actor actor, RuleInput input, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(input);
        var problems = new List<RuleProblem>();
        Refuse(string.IsNullOrWhiteSpace(input.Name), nameof(input.Name), "The name is empty. Type a few words.");
        Refuse(input.Name?.Length > MaxName, nameof(input.Name), $"The name has more than {MaxName} characters. Shorten it.");
        Refuse(input.Name?.Any(char.IsControl) == true, nameof(input.Name), "The name has a line break or another control character. Remove it.");
        Refuse(ToolGlob.TryParse(input.ToolPattern, out var error) is null, nameof(input.ToolPattern), error);
        Refuse(!Enum.IsDefined(input.Effect), nameof(input.Effect), "The effect does not exist. Choose one from the list.");
        Refuse(!Enum.IsDefined(input.Decider), nameof(input.Decider), "The decider does not exist. Choose one from the list.");
        Refuse(
            input.AgentId is not null && (string.IsNullOrWhiteSpace(input.AgentId) || input.AgentId.Length > MaxAgentId),
            nameof(input.AgentId), "The agent does not exist. Choose one from the list.");
        Refuse(
            input.RequesterId is not null && string.IsNullOrWhiteSpace(input.RequesterId),
            nameof(input.RequesterId), "The person does not exist. Choose one from the list.");
        Refuse(
            input.Role is not null && !Roles.All.Contains(input.Role),
            nameof(input.Role), $"The role does not exist. Take one of: {string.Join(", ", Roles.All)}.");
        Refuse(
            input.UsesLeft is not null && input.Effect != RuleEffect.Allow,
            nameof(input.UsesLeft), "Only rules that allow can be limited to a number of calls.");
        Refuse(input.UsesLeft is < 1 or > MaxUses, nameof(input.UsesLeft), $"The number of calls must be from 1 to {MaxUses:N0}.");
        Refuse(input.ValidUntil <= now, nameof(input.ValidUntil), "The end is in the past. Choose a later time.");
        CheckConditions(input.Conditions, problems);
        if (!actor.Is(Roles.Admin))
        {
            Refuse(
                input.Effect != RuleEffect.Allow,
                nameof(input.Effect), "Only administrators make rules that ask or deny.");
            Refuse(
                input.ConversationId is null,
                nameof(input.ConversationId), "Only administrators make rules for more than one conversation. Choose one of your own.");
            Refuse(
                input.RequesterId != actor.Id,
                nameof(input.RequesterId), "Only administrators make rules for other people. Choose yourself.");
        }

        return problems;

        void Refuse(bool isWrong, string field, string message)
        {
            if (isWrong)
            {
                problems.Add(new RuleProblem(field, message));
            }
        }
    }

    private static void CheckConditions(IReadOnlyList<RuleCondition>? conditions, List<RuleProblem> problems)
    {
        if (conditions is null || conditions.Count > RuleCondition.MaxCount)
        {
            problems.Add(new RuleProblem(nameof(RuleInput.Conditions), $"A rule has at most {RuleCondition.MaxCount} conditions."));
            return;
        }

        for (var i = 0; i < conditions.Count; i++)
        {
            CompiledRule.Compile(i, conditions[i], problems);
        }
    }
}
