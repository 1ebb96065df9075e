using System.Text.Json;
using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs;

/// <summary>Rules about tools that the provider runs without asking: what nobody can be asked about is left out where a rule wants that.</summary>
public sealed class HostedToolRules(Database database, RuleService rules, TimeProvider time)
{
    private static readonly JsonElement s_noArguments = JsonElement.Parse("{}");

    /// <summary>The tools that a run may have, and a sentence about each of the others. MCP servers ask for each call and stay.</summary>
    /// <param name="tools">The run's tools.</param>
    /// <param name="added">Tools that people added to it; they stay.</param>
    /// <param name="claim">The run.</param>
    /// <param name="agent">Its agent.</param>
    /// <param name="caller">The person.</param>
    /// <param name="cancellationToken">Cancels.</param>
    internal async Task<(IReadOnlyList<AITool> Tools, IReadOnlyList<string> LeftOut)> ApplyAsync(
        IReadOnlyList<AITool> tools, IReadOnlyList<AITool> added, RunClaim claim, AgentDefinition agent, ToolCaller caller, CancellationToken cancellationToken)
    {
        foreach (var server in tools.OfType<HostedMcpServerTool>())
        {
            server.ApprovalMode = HostedMcpServerToolApprovalMode.AlwaysRequire; // the provider asks, and the gate answers
        }

        var unasked = tools.Where(tool => tool is not (AIFunctionDeclaration or HostedMcpServerTool)).ToList();
        if (unasked.Count == 0)
        {
            return (tools, []);
        }

        var set = await rules.GetSetAsync(cancellationToken);
        var facts = await database.ReadAsync(context => CallFacts.ReadAsync(context, claim, caller, wasUntrusted: null, cancellationToken), cancellationToken);

        // What one tool finds is there for the next within the same answer, and nobody is asked in between: it may be either way.
        bool[] contexts = facts.IsUntrusted ? [true] : tools.Concat(added).Any(CallFacts.BringsOutsideContent) ? [false, true] : [false];
        var refused = unasked.Select(tool => (Tool: tool, Against: contexts.Select(isUntrusted => Judge(tool, set, claim, agent, facts, isUntrusted)).FirstOrDefault(against => against is not null)))
            .Where(judged => judged.Against is not null).ToList();
        return (
            [.. tools.Except(refused.Select(judged => judged.Tool))],
            [.. refused.Select(judged => $"The provider's tool {judged.Tool.Name} was left out of this answer. {judged.Against!.Because}, and nobody can be asked about calls that the provider makes by itself.")]);
    }

    private RuleOutcome? Judge(AITool tool, RuleSet set, RunClaim claim, AgentDefinition agent, CallFacts facts, bool isUntrusted) => set.FindAgainstUnseen(
        new RuleCall(
            tool.Name,
            agent.Id,
            claim.UserId,
            facts.Caller?.Role ?? Roles.User,
            claim.Run.ConversationId,
            isUntrusted,
            s_noArguments,
            ToolFacts.RiskOf(tool),
            ToolApprovalMode.NeverRequire),
        time.GetUtcNow());
}
