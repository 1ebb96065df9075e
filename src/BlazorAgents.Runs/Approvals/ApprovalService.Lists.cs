using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Runs;

/// <content>What people see of requests. Whoever is gone or disabled sees nothing.</content>
public sealed partial class ApprovalService
{
    /// <summary>Most requests of one page of the list.</summary>
    public const int MaxPage = 1_000;

    /// <summary>Most tools, agents or people that can be chosen from.</summary>
    public const int MaxFacets = 200;

    private const int MaxEarlier = 5;

    /// <summary>A page of the list: approvers see all, others their own.</summary>
    public Task<ApprovalPage> ListAsync(
        Actor actor, ApprovalFilter filter, ApprovalCursor? after, int take, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var size = Math.Clamp(take, 1, MaxPage);
        return SeeAsync(
            actor,
            async (context, current) =>
            {
                var rows = await context.Approvals.SeenBy(current).Matching(filter, current, time.GetUtcNow()).After(filter, after)
                    .Select(ApprovalQueries.ToSummary).Take(size + 1).ToListAsync(cancellationToken);
                var page = rows.Take(size).Select(row => row with { MayDecide = MayDecide(current, row) }).ToList();
                return new ApprovalPage(page, rows.Count > size ? new ApprovalCursor(page[^1].CreatedAt, page[^1].Id) : null);
            },
            new ApprovalPage([], null),
            cancellationToken);
    }

    /// <summary>How many requests the whole list has.</summary>
    public Task<int> CountAsync(Actor actor, ApprovalFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return SeeAsync(
            actor,
            (context, current) => context.Approvals.SeenBy(current).Matching(filter, current, time.GetUtcNow()).CountAsync(cancellationToken),
            0,
            cancellationToken);
    }

    /// <summary>Tools, agents and requesters of what the person sees, waiting or history.</summary>
    public Task<ApprovalFacets> FacetsAsync(Actor actor, bool isHistory, CancellationToken cancellationToken = default) =>
        SeeAsync(
            actor,
            async (context, current) =>
            {
                var seen = context.Approvals.SeenBy(current).Matching(new ApprovalFilter { IsHistory = isHistory }, current, time.GetUtcNow());
                var tools = await seen.Select(a => a.ToolName).Distinct().Order().Take(MaxFacets).ToListAsync(cancellationToken);

                // The newest name counts: people and agents are renamed.
                var agents = await seen.GroupBy(a => a.AgentId).Select(g => new { g.Key, Name = g.OrderByDescending(a => a.CreatedAt).First().AgentName })
                    .OrderBy(g => g.Name).Take(MaxFacets).ToListAsync(cancellationToken);
                var people = await seen.GroupBy(a => a.RequesterId).Select(g => new { g.Key, Name = g.OrderByDescending(a => a.CreatedAt).First().RequesterName })
                    .OrderBy(g => g.Name).Take(MaxFacets).ToListAsync(cancellationToken);
                return new ApprovalFacets(tools, [.. agents.Select(g => new ApprovalFacet(g.Key, g.Name))], [.. people.Select(g => new ApprovalFacet(g.Key, g.Name))]);
            },
            ApprovalFacets.None,
            cancellationToken);

    /// <summary>How many requests wait that the person may decide.</summary>
    public Task<int> CountDecidableAsync(Actor actor, CancellationToken cancellationToken = default) =>
        SeeAsync(
            actor,
            (context, current) => context.Approvals.Where(a => a.State == ApprovalState.Pending).DecidableBy(current).CountAsync(cancellationToken),
            0,
            cancellationToken);

    /// <summary>A request with earlier decisions; null when it does not exist or is not the person's to see.</summary>
    public Task<ApprovalDetail?> GetAsync(Actor actor, Guid id, CancellationToken cancellationToken = default) =>
        SeeAsync<ApprovalDetail?>(
            actor,
            async (context, current) =>
            {
                var row = await context.Approvals.SeenBy(current).SingleOrDefaultAsync(a => a.Id == id, cancellationToken);
                if (row is null)
                {
                    return null;
                }

                var earlier = row.Target is null ? [] : await context.Approvals.SeenBy(current)
                    .Where(a => a.ToolName == row.ToolName && a.Target == row.Target && a.Id != id && a.DecidedAt != null)
                    .OrderByDescending(a => a.CreatedAt).Select(ApprovalQueries.ToSummary).Take(MaxEarlier).ToListAsync(cancellationToken);
                return new ApprovalDetail(row, earlier, ApprovalAccess.WhyNot(current, row.Decider, row.RequesterId));
            },
            null,
            cancellationToken);

    /// <summary>A run's requests, oldest first.</summary>
    public Task<IReadOnlyList<Approval>> ForRunAsync(Actor actor, Guid runId, CancellationToken cancellationToken = default) =>
        SeeAsync<IReadOnlyList<Approval>>(
            actor,
            async (context, current) => await context.Approvals.SeenBy(current).Where(a => a.RunId == runId)
                .OrderBy(a => a.CreatedAt).ThenBy(a => a.Id).ToListAsync(cancellationToken),
            [],
            cancellationToken);

    /// <summary>Writes the whole list as CSV, page by page; returns how many requests it has. The export is told to the audit.</summary>
    public async Task<int> ExportCsvAsync(Actor actor, ApprovalFilter filter, TextWriter writer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(writer);
        await database.WriteAsync(
            async context =>
            {
                // Before the first line leaves: an export that breaks off has told something all the same. Whoever is gone gets no line.
                if (await context.FindCurrentAsync(actor, cancellationToken) is { } current)
                {
                    await audit.AppendAsync(
                        context, new AuditEntry(current, AuditActions.ApprovalsExported, "approvals", "list", "Exported the list of requests", filter), cancellationToken);
                }
            },
            cancellationToken);
        await writer.WriteAsync($"{ApprovalCsv.Header}\r\n".AsMemory(), cancellationToken);
        var (count, after) = (0, (ApprovalCursor?)null);
        do
        {
            var page = await ListAsync(actor, filter, after, MaxPage, cancellationToken);
            foreach (var row in page.Rows)
            {
                await writer.WriteAsync($"{ApprovalCsv.Line(row)}\r\n".AsMemory(), cancellationToken);
            }

            (count, after) = (count + page.Rows.Count, page.Next);
        }
        while (after is not null);
        return count;
    }

    private static bool MayDecide(Actor current, ApprovalSummary row) =>
        row.State is ApprovalState.Pending && ApprovalAccess.WhyNot(current, row.Decider, row.RequesterId) is null;

    private Task<T> SeeAsync<T>(Actor actor, Func<AppDbContext, Actor, Task<T>> read, T nothing, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return database.ReadAsync(
            async context => await context.FindCurrentAsync(actor, cancellationToken) is { } current ? await read(context, current) : nothing, cancellationToken);
    }
}
