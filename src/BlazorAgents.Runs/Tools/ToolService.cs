using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs;

/// <summary>The tools of all agents: what they are, how their calls went, and what administrators set for them.</summary>
/// <remarks>Approvers read, administrators change; both as the database knows them now.</remarks>
public sealed partial class ToolService(Database database, AgentCatalog agents, ApprovalService approvals, AuditLog audit, TimeProvider time)
{
    private const int MaxCalls = 100;
    private static readonly TimeSpan s_maxPeriod = TimeSpan.FromDays(3_650);

    /// <summary>All tools by name, with figures of the calls that began within <paramref name="period"/>.</summary>
    /// <param name="actor">Who reads.</param>
    /// <param name="period">More than nothing and at most ten years.</param>
    /// <param name="agentId">Only this agent's tools, and its calls alone; null for all.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="UnauthorizedAccessException">The person is no approver now.</exception>
    public Task<IReadOnlyList<ToolOverview>> ListAsync(
        Actor actor, TimeSpan period, string? agentId = null, CancellationToken cancellationToken = default) =>
        SeeAsync(
            actor,
            async (context, _) =>
            {
                var calls = agentId is null ? context.ToolExecutions : context.ToolExecutions.Where(e => e.AgentId == agentId);
                var tallies = await ToolTally.CountAsync(calls, Since(period), cancellationToken);
                return await ReadAsync(context, [.. Installed().Where(i => agentId is null || i.Agent.Id == agentId)], tallies, cancellationToken);
            },
            cancellationToken);

    /// <summary>One tool with its newest calls; null when no agent has one of this name.</summary>
    /// <param name="actor">Who reads. Whoever is no administrator sees the calls of their own conversations, and those that someone was asked about.</param>
    /// <param name="name">The tool's name.</param>
    /// <param name="period">More than nothing and at most ten years.</param>
    /// <param name="calls">How many calls of that time, at most 100.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="UnauthorizedAccessException">The person is no approver now.</exception>
    public Task<ToolDetail?> GetAsync(Actor actor, string name, TimeSpan period, int calls = 20, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        return SeeAsync(
            actor,
            async (context, current) =>
            {
                var installed = Installed().Where(i => i.Tool.Name == name).ToList();
                if (installed.Count == 0)
                {
                    return null;
                }

                var since = Since(period);

                // Not by the index of names: it leads to rows all over the file, and a tool that is called often has most of them.
                var tallies = await ToolTally.CountAsync(context.ToolExecutions.Where(e => e.ToolName + "" == name), since, cancellationToken);
                var tool = (await ReadAsync(context, installed, tallies, cancellationToken))[0];
                var isAdmin = current.Is(Roles.Admin);
                var first = ToolTally.FirstIdAt(since);
                var seen = isAdmin
                    ? context.ToolExecutions.Where(e => e.ToolName == name && e.StartedAt >= since).OrderByDescending(e => e.StartedAt)
                    : context.ToolExecutions.Where(e => e.ToolName + "" == name && e.Id.CompareTo(first) >= 0 && (e.UserId == current.Id || e.ApprovalId != null))
                        .OrderByDescending(e => e.Id); // may look through all of them
                var rows = await seen.Take(Math.Clamp(calls, 1, MaxCalls)).Select(e => new
                {
                    Call = e,
                    User = context.Users.Where(u => u.Id == e.UserId).Select(u => u.DisplayName).FirstOrDefault(),
                }).ToListAsync(cancellationToken);
                return new ToolDetail(tool, [.. rows.Select(row => RowOf(row.Call, row.User))], isAdmin);
            },
            cancellationToken);
    }

    private ToolCallRow RowOf(ToolExecution call, string? userName) => new(
        call.Id,
        call.AgentId,
        call.UserId,
        userName,
        call.State,
        call.StartedAt,
        call.State is ToolExecutionState.Started or ToolExecutionState.Unknown or ToolExecutionState.Refused ? null : TimeSpan.FromMicroseconds(call.DurationUs),
        SecretMask.Mask(call.Arguments, (Find(call.AgentId, call.ToolName)?.Tool as AIFunction)?.JsonSchema),
        call.ApprovalId);

    private DateTimeOffset Since(TimeSpan period) => period > TimeSpan.Zero && period <= s_maxPeriod
        ? time.GetUtcNow() - period
        : throw new ArgumentOutOfRangeException(nameof(period), period, "More than nothing and at most ten years.");

    private (AgentDefinition Agent, AITool Tool)? Find(string agentId, string name) =>
        agents.Find(agentId) is { } agent && agents.FindTool(agentId, name) is { } tool ? (agent, tool) : null;

    private IEnumerable<(AgentDefinition Agent, AITool Tool)> Installed() =>
        agents.All.SelectMany(agent => agents.ToolsOf(agent).Select(tool => (agent, tool)));

    private static async Task<IReadOnlyList<ToolOverview>> ReadAsync(
        AppDbContext context, IReadOnlyList<(AgentDefinition Agent, AITool Tool)> installed, Dictionary<string, Dictionary<string, ToolTally>> tallies, CancellationToken cancellationToken)
    {
        var names = installed.Select(i => i.Tool.Name).Distinct(StringComparer.Ordinal).ToList();
        var settings = await context.ToolSettings.Where(s => names.Contains(s.ToolName))
            .ToDictionaryAsync(s => (s.AgentId, s.ToolName), cancellationToken);
        var open = await context.Approvals
            .Where(a => (a.State == ApprovalState.Pending || a.State == ApprovalState.Approved) && names.Contains(a.ToolName))
            .GroupBy(a => new { a.AgentId, a.ToolName }).Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => (g.Key.AgentId, g.Key.ToolName), g => g.Count, cancellationToken);
        return
        [
            .. installed.GroupBy(i => i.Tool.Name, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new ToolOverview(
                g.Key,
                [.. g.Select(i => Describe(i.Agent, i.Tool, settings.GetValueOrDefault((i.Agent.Id, g.Key))) with
                {
                    OpenRequests = open.GetValueOrDefault((i.Agent.Id, g.Key)),
                    Figures = tallies.GetValueOrDefault(g.Key)?.GetValueOrDefault(i.Agent.Id)?.ToFigures() ?? ToolFigures.None,
                })],
                tallies.TryGetValue(g.Key, out var byAgent) ? ToolTally.Sum([.. byAgent.Values]) : ToolFigures.None)),
        ];
    }

    private static ToolOfAgent Describe(AgentDefinition agent, AITool tool, ToolSetting? setting) => new()
    {
        AgentId = agent.Id,
        AgentName = agent.Name,
        IsOwn = agent.Tools.Any(own => own.Name == tool.Name),
        Description = tool.Description,
        Schema = (tool as AIFunction)?.JsonSchema.GetRawText(),
        Risk = ToolFacts.RiskOf(tool),
        MinimumRole = tool.GetService<AgentTool>()?.MinimumRole,
        Mode = setting?.Mode ?? ToolFacts.ModeOf(tool),
        IsEnabled = setting?.IsEnabled ?? true,
        ChangedAt = setting?.UpdatedAt,
    };

    private Task<T> SeeAsync<T>(Actor actor, Func<AppDbContext, Actor, Task<T>> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);

        // SQLite reads on the calling thread, which may be a page's.
        return Task.Run(
            () => database.ReadAsync(
                async context => await context.FindCurrentAsync(actor, cancellationToken) is { } current && current.IsApprover()
                    ? await read(context, current)
                    : throw new UnauthorizedAccessException("Only approvers see the tools."),
                cancellationToken),
            cancellationToken);
    }
}
