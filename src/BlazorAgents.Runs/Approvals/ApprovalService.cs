using System.Linq.Expressions;
using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace BlazorAgents.Runs;

/// <summary>The one way to requests for people's decisions: opened by the gate, decided by people, closed by the clock and by whatever ends their run.</summary>
/// <remarks>
/// Methods that take a context take part in the caller's write transaction; <see cref="Publish"/> follows its commit. Every change of a
/// state is one conditional update and one audit event in the same transaction.
/// </remarks>
public sealed partial class ApprovalService(
    Database database,
    AuditLog audit,
    ApprovalFeed feed,
    ApprovalPreviews previews,
    RunQueue queue,
    AgentCatalog agents,
    IOptions<ApprovalsOptions> options,
    TimeProvider time)
{
    private const string Subject = "approval";
    private const int SweepSize = 100;

    /// <summary>Calls <paramref name="changed"/>, which must return at once, on any thread when a request changed or is new.</summary>
    public IDisposable Subscribe(Action<ApprovalNews> changed) => feed.Subscribe(changed);

    /// <summary>Tells open pages, and the engine of runs that go on, once the transaction is committed.</summary>
    internal void Publish(ApprovalChanges changes)
    {
        foreach (var runId in changes.Runs)
        {
            queue.Enqueue(runId);
        }

        foreach (var news in changes.News)
        {
            feed.Publish(news);
        }
    }

    /// <summary>Withdraws the open requests that <paramref name="selection"/> names; runs for which nothing is left to wait go on, unless they ended.</summary>
    internal async Task<ApprovalChanges> CloseAsync(
        AppDbContext context, Expression<Func<Approval, bool>> selection, string cause, CancellationToken cancellationToken = default)
    {
        // The caller may have ended the run in this context, and the queries below ask the database.
        await context.SaveChangesAsync(cancellationToken);
        var changes = new ApprovalChanges();
        await EndAllAsync(context, Open(context).Where(selection), ApprovalState.Cancelled, _ => cause, changes, cancellationToken);
        return changes;
    }

    /// <summary>Queues a run that waits although everything is decided: someone was faster than the engine's save. The engine calls it after that save. True when it did.</summary>
    internal async Task<bool> ResumeIfDecidedAsync(Guid runId, CancellationToken cancellationToken = default)
    {
        var changes = new ApprovalChanges();
        await database.WriteAsync(
            async context =>
            {
                if (await context.Approvals.AnyAsync(a => a.RunId == runId, cancellationToken))
                {
                    await ResumeAsync(context, runId, changes, cancellationToken);
                }
            },
            cancellationToken);
        Publish(changes);
        return changes.Runs.Count > 0;
    }

    /// <summary>
    /// Ends what is past its time, and what waits for a run that has ended or an agent that is gone; queues runs for which nothing is left to wait. Returns how many
    /// requests ended.
    /// </summary>
    internal async Task<int> SweepAsync(CancellationToken cancellationToken = default)
    {
        // A few in each transaction: whoever wants to write meanwhile comes in between.
        for (var ended = 0; ;)
        {
            var count = await SweepSomeAsync(cancellationToken);
            ended += count;
            if (count < SweepSize)
            {
                return ended;
            }
        }
    }

    private async Task<int> SweepSomeAsync(CancellationToken cancellationToken)
    {
        // Looked at without the write lock: most times there is nothing to do.
        if (!await database.ReadAsync(
            async context => await Due(context).AnyAsync(cancellationToken) || await Orphans(context).AnyAsync(cancellationToken)
                || await Agentless(context).AnyAsync(cancellationToken) || await Forgotten(context).AnyAsync(cancellationToken),
            cancellationToken))
        {
            return 0;
        }

        var changes = new ApprovalChanges();
        await database.WriteAsync(
            async context =>
            {
                await EndAllAsync(context, Due(context), ApprovalState.Expired, NotInTime, changes, cancellationToken, SweepSize);
                await EndAllAsync(
                    context, Orphans(context), ApprovalState.Cancelled, _ => "The answer it belonged to has ended.", changes, cancellationToken, SweepSize);
                await EndAllAsync(
                    context, Agentless(context), ApprovalState.Cancelled, row => $"The agent {row.AgentName} is no longer installed.", changes, cancellationToken, SweepSize);
                foreach (var runId in await Forgotten(context).Select(r => r.Id).ToListAsync(cancellationToken))
                {
                    await ResumeAsync(context, runId, changes, cancellationToken);
                }
            },
            cancellationToken);
        Publish(changes);
        return changes.News.Count;
    }

    private IQueryable<Approval> Due(AppDbContext context)
    {
        var now = time.GetUtcNow();
        return Open(context).Where(a => a.ExpiresAt <= now);
    }

    private static IQueryable<Approval> Open(AppDbContext context) =>
        context.Approvals.Where(a => a.State == ApprovalState.Pending || a.State == ApprovalState.Approved);

    private static IQueryable<Approval> Orphans(AppDbContext context) => Open(context).Where(a => !context.Runs.Any(r =>
        r.Id == a.RunId && (r.Status == RunStatus.Queued || r.Status == RunStatus.Running || r.Status == RunStatus.AwaitingApproval)));

    private IQueryable<Approval> Agentless(AppDbContext context)
    {
        var known = agents.All.Select(agent => agent.Id).ToList();
        return Open(context).Where(a => !known.Contains(a.AgentId));
    }

    private static IQueryable<Run> Forgotten(AppDbContext context) => context.Runs.Where(r => r.Status == RunStatus.AwaitingApproval
        && context.Approvals.Any(a => a.RunId == r.Id)
        && !context.Approvals.Any(a => a.RunId == r.Id && a.State == ApprovalState.Pending));

    private static string NotInTime(Approval row) =>
        row.State is ApprovalState.Pending ? "Nobody decided in time." : "The approved call did not begin in time.";

    private async Task EndAllAsync(
        AppDbContext context,
        IQueryable<Approval> open,
        ApprovalState end,
        Func<Approval, string> cause,
        ApprovalChanges changes,
        CancellationToken cancellationToken,
        int most = int.MaxValue)
    {
        var rows = await open.AsNoTracking().OrderBy(a => a.CreatedAt).Take(most).ToListAsync(cancellationToken);
        foreach (var row in rows)
        {
            await EndAsync(context, row, end, cause(row), changes, cancellationToken);
        }

        foreach (var runId in rows.Select(row => row.RunId).Distinct())
        {
            await ResumeAsync(context, runId, changes, cancellationToken);
        }
    }

    /// <summary>Ends an open request without a call, in the application's name.</summary>
    private async Task EndAsync(
        AppDbContext context, Approval row, ApprovalState end, string cause, ApprovalChanges changes, CancellationToken cancellationToken)
    {
        var changed = await Open(context).Where(a => a.Id == row.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.State, end).SetProperty(a => a.Cause, cause), cancellationToken);
        if (changed == 1)
        {
            await AuditAsync(context, actor: null, row, end, cause, new { was = row.State.ToString() }, cancellationToken);
            changes.Add(row, end);
        }
    }

    /// <summary>Queues the run when it waits and nothing of it is pending any more.</summary>
    private static async Task ResumeAsync(AppDbContext context, Guid runId, ApprovalChanges changes, CancellationToken cancellationToken)
    {
        var queued = await context.Runs.Where(r => r.Id == runId && r.Status == RunStatus.AwaitingApproval
                && !context.Approvals.Any(a => a.RunId == runId && a.State == ApprovalState.Pending))
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.Status, RunStatus.Queued), cancellationToken);
        if (queued == 1)
        {
            changes.AddRun(runId);
        }
    }

    private Task AuditAsync(
        AppDbContext context, Actor? actor, Approval row, ApprovalState state, string? cause, object? details, CancellationToken cancellationToken)
    {
        var verb = state is ApprovalState.Pending ? "requested" : state.ToString().ToLowerInvariant();
        var because = string.IsNullOrWhiteSpace(cause) ? "" : $" Because: {cause}";
        return audit.AppendAsync(
            context,
            new AuditEntry(actor, $"{Subject}.{verb}", Subject, row.Id.ToString(), $"{row.ToolName}: {verb}.{because}", new
            {
                tool = row.ToolName,
                agent = row.AgentId,
                agentVersion = row.AgentVersion,
                requester = row.RequesterId,
                run = row.RunId,
                risk = row.Risk,
                digest = row.Digest,
                rule = row.RuleId,
                cause,
                more = details,
            }),
            cancellationToken);
    }
}
