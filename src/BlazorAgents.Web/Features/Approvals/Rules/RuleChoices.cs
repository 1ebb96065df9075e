using BlazorAgents.Runs;

namespace BlazorAgents.Web.Features.Approvals.Rules;

/// <summary>What the lists of a rule's form offer.</summary>
/// <param name="Agents">The agents.</param>
/// <param name="People">The people.</param>
/// <param name="Tools">The tools.</param>
public sealed record RuleChoices(IReadOnlyList<ApprovalFacet> Agents, IReadOnlyList<ApprovalFacet> People, RuleTools Tools)
{
    /// <summary>The choices of this installation; a rule's own agent and person stay on offer when they are gone.</summary>
    public static RuleChoices Of(RuleDesk desk, AgentCatalog agents)
    {
        ArgumentNullException.ThrowIfNull(desk);
        ArgumentNullException.ThrowIfNull(agents);
        var rule = desk.Rule?.Rule;
        return new RuleChoices(
            With([.. agents.All.Select(agent => new ApprovalFacet(agent.Id, agent.Name))], rule?.AgentId),
            With(desk.People, rule?.RequesterId),
            new RuleTools(agents));
    }

    private static IReadOnlyList<ApprovalFacet> With(IReadOnlyList<ApprovalFacet> offered, string? stored) =>
        stored is null || offered.Any(choice => choice.Id == stored) ? offered : [.. offered, new ApprovalFacet(stored, $"{stored} (gone)")];
}
