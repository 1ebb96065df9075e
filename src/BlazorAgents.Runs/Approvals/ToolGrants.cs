using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs;

/// <summary>Which of an agent's tools it has for a person: by role, and as administrators set it.</summary>
public sealed class ToolGrants(Database database)
{
    /// <summary>The tools; what is not among them does not exist for the model, whatever it names.</summary>
    public async Task<IReadOnlyList<AITool>> GrantAsync(AgentDefinition agent, ToolCaller caller, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(agent);
        ArgumentNullException.ThrowIfNull(caller);
        var byRole = agent.Tools.Where(tool => ToolFacts.IsGranted(tool, caller.Role)).ToList();
        if (byRole.Count == 0)
        {
            return byRole;
        }

        var off = await database.ReadAsync(
            context => context.ToolSettings.Where(s => s.AgentId == agent.Id && !s.IsEnabled).Select(s => s.ToolName).ToListAsync(cancellationToken),
            cancellationToken);
        return off.Count == 0 ? byRole : [.. byRole.Where(tool => !off.Contains(tool.Name))];
    }
}
