using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs;

/// <summary>Which tools an agent has for a person: by role, and as administrators set it; the same for its own and for those added at run level.</summary>
public sealed class ToolGrants(Database database, AgentCatalog agents)
{
    private const int MaxNameLength = 64;

    /// <summary>What is granted of a run's tools; what is not among them does not exist for the model, whatever it names.</summary>
    public async Task<RunTools> GrantAsync(AgentDefinition agent, RunTools chosen, ToolCaller caller, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(agent);
        ArgumentNullException.ThrowIfNull(chosen);
        ArgumentNullException.ThrowIfNull(caller);
        return chosen is { Own: [], Added: [] }
            ? chosen
            : await database.ReadAsync(context => GrantAsync(context, agent.Id, chosen, caller.Role, cancellationToken), cancellationToken);
    }

    /// <summary>What the person may use with an agent now: its own in its order, then what may be added.</summary>
    /// <exception cref="RunRequestException">NotFound: the account is gone or disabled; Invalid: there is no such agent.</exception>
    public Task<IReadOnlyList<ToolOffer>> ListAsync(Actor actor, string agentId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return database.ReadAsync(context => ListAsync(context, actor.Id, agentId, cancellationToken), cancellationToken);
    }

    /// <summary>The choice in its stored form, checked in the caller's transaction.</summary>
    /// <exception cref="RunRequestException">Invalid: a tool is not the person's to choose here, or there is none. Nobody can tell which.</exception>
    internal async Task<ToolChoice> CheckAsync(AppDbContext context, string userId, string agentId, ToolChoice choice, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(choice);
        if (choice.Count == 0)
        {
            return ToolChoice.Default;
        }

        var offers = await ListAsync(context, userId, agentId, cancellationToken);
        var (added, leftOut) = (new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal));
        foreach (var name in choice.Added)
        {
            var offer = offers.FirstOrDefault(o => o.Name == name) ?? throw Refuse("Added tools", name);
            _ = offer.IsOwn || added.Add(name); // the agent has it by itself, once
        }

        foreach (var name in choice.LeftOut)
        {
            _ = offers.Any(o => o.IsOwn && o.Name == name) ? leftOut.Add(name) : throw Refuse("Left-out tools", name);
        }

        return new ToolChoice { Added = [.. added], LeftOut = [.. leftOut] };
    }

    private async Task<IReadOnlyList<ToolOffer>> ListAsync(AppDbContext context, string userId, string agentId, CancellationToken cancellationToken)
    {
        var actor = await context.FindCurrentAsync(new Actor(userId, userId, Roles.User), cancellationToken)
            ?? throw new RunRequestException(RunRequestError.NotFound, ApprovalAccess.NoAccount);
        var agent = agents.Find(agentId) ?? throw new RunRequestException(RunRequestError.Invalid, "The agent does not exist. Choose one from the list.");
        var all = new RunTools(agent.Tools, [.. agents.RunLevelToolsOf(agent)]);
        var granted = await GrantAsync(context, agent.Id, all, actor.Role, cancellationToken);
        return [.. granted.Own.Select(tool => Offer(tool, isOwn: true)), .. granted.Added.Select(tool => Offer(tool, isOwn: false))];
    }

    private static async Task<RunTools> GrantAsync(AppDbContext context, string agentId, RunTools tools, string role, CancellationToken cancellationToken)
    {
        var off = await context.ToolSettings.Where(s => s.AgentId == agentId && !s.IsEnabled).Select(s => s.ToolName).ToListAsync(cancellationToken);
        return new RunTools([.. tools.Own.Where(IsGranted)], [.. tools.Added.Where(IsGranted)]);

        bool IsGranted(AITool tool) => ToolFacts.IsGranted(tool, role) && !off.Contains(tool.Name);
    }

    private static ToolOffer Offer(AITool tool, bool isOwn) => new(tool.Name, tool.Description, ToolFacts.RiskOf(tool), isOwn);

    private static RunRequestException Refuse(string field, string? name) => new(
        RunRequestError.Invalid,
        $"{field}: {(name is { Length: > 0 and <= MaxNameLength } && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') ? name : "one of them")} is not yours to choose here. Open the agent's tools and choose from those shown.");
}
