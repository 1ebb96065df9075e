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
    internal async Task<(IReadOnlyList<AITool> Tools, IReadOnlyList<string> LeftOut)> ApplyAsync(
        IReadOnlyList<AITool> tools, RunClaim claim, AgentDefinition agent, ToolCaller caller, CancellationToken cancellationToken)
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
        var refused = unasked.Select(tool => (Tool: tool, Outcome: Judge(tool, set, claim, agent, facts)))
            .Where(judged => judged.Outcome is { RuleId: not null, Effect: not RuleEffect.Allow }).ToList();
        return (
            [.. tools.Except(refused.Select(judged => judged.Tool))],
            [.. refused.Select(judged => $"The provider's tool {judged.Tool.Name} was left out of this answer. {judged.Outcome.Because}, and nobody can be asked about calls that the provider makes by itself.")]);
    }

    private RuleOutcome Judge(AITool tool, RuleSet set, RunClaim claim, AgentDefinition agent, CallFacts facts) => set.Evaluate(
        new RuleCall(
            tool.Name,
            agent.Id,
            claim.UserId,
            facts.Caller?.Role ?? Roles.User,
            claim.Run.ConversationId,
            facts.IsUntrusted,
            s_noArguments,
            tool is HostedCodeInterpreterTool ? ToolRisk.Code : ToolRisk.External,
            ToolApprovalMode.NeverRequire),
        time.GetUtcNow());
}
