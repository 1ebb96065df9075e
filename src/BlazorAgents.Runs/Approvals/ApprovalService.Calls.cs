using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Runs;

/// <content>What the gate and the journal do with requests.</content>
public sealed partial class ApprovalService
{
    /// <summary>
    /// Stores requests, one for each draft in order. The same call of the same run that is already open is joined: its row comes back. An
    /// open request that is no longer for the same thing is void, and asked anew.
    /// </summary>
    internal async Task<IReadOnlyList<Approval>> OpenAsync(
        AppDbContext context, IReadOnlyList<ApprovalRequestDraft> drafts, ApprovalChanges changes, CancellationToken cancellationToken = default)
    {
        await context.SaveChangesAsync(cancellationToken);
        var rows = new List<Approval>(drafts.Count);
        foreach (var draft in drafts)
        {
            rows.Add(await JoinAsync(context, draft, changes, cancellationToken) ?? await AddAsync(context, draft, changes, cancellationToken));
        }

        return rows;
    }

    /// <summary>Uses an approval up for a call that is journalled in the same transaction; a call that it does not cover must not run.</summary>
    /// <param name="context">The transaction that journals the call.</param>
    /// <param name="approvalId">The request.</param>
    /// <param name="digestNow"><see cref="ApprovalDigest.Of"/> what is about to run.</param>
    /// <param name="sentenceNow">What is about to run in its tool's words; null where the tool has none.</param>
    /// <param name="mustTell">The tool has words for it: without them now nobody knows what would run.</param>
    /// <param name="changes">What to publish after the commit.</param>
    /// <param name="cancellationToken">Cancels.</param>
    internal async Task<ApprovalConsumption> ConsumeAsync(
        AppDbContext context, Guid approvalId, string digestNow, string? sentenceNow, bool mustTell, ApprovalChanges changes, CancellationToken cancellationToken = default)
    {
        var row = await context.Approvals.AsNoTracking().SingleOrDefaultAsync(a => a.Id == approvalId, cancellationToken);
        if (row is null)
        {
            return new ApprovalConsumption.Void(null, "There is no such request.");
        }

        if (row.State is not ApprovalState.Approved)
        {
            return new ApprovalConsumption.Void(row.State, row.Cause ?? "The request is not approved, or its approval was used already.");
        }

        if (row.ExpiresAt <= time.GetUtcNow())
        {
            return await VoidAsync(ApprovalState.Expired, NotInTime(row));
        }

        var isIntact = row.Digest == ApprovalDigest.Of(row.AgentVersion, row.ToolName, row.ToolSchema, row.RequesterId, row.Arguments);
        if (!isIntact || digestNow != ApprovalDigest.OfWhatWasApproved(row))
        {
            return await VoidAsync(ApprovalState.Superseded, "The agent, the tool, its schema or the arguments changed after the approval.");
        }

        if (mustTell && sentenceNow is null)
        {
            return await VoidAsync(ApprovalState.Superseded, "What the call would do could not be told when it was about to run.");
        }

        // The same arguments can come to mean something else: a price moves while a run waits for its turn.
        if (sentenceNow is not null && sentenceNow != row.Sentence)
        {
            return await VoidAsync(ApprovalState.Superseded, $"What the call would do changed after the approval: it is now “{sentenceNow}”.");
        }

        if (await SetAsync(context, row, ApprovalState.Approved, ApprovalState.Consumed, changes, cancellationToken))
        {
            row.State = ApprovalState.Consumed;
            return new ApprovalConsumption.Consumed(row);
        }

        return new ApprovalConsumption.Void(row.State, "The approval was used already.");

        async Task<ApprovalConsumption> VoidAsync(ApprovalState end, string cause)
        {
            await EndAsync(context, row, end, cause, changes, cancellationToken);
            return new ApprovalConsumption.Void(end, cause);
        }
    }

    /// <summary>Takes an approval back whose call must not begin any more.</summary>
    internal async Task VoidAsync(
        AppDbContext context, Guid approvalId, string cause, ApprovalChanges changes, CancellationToken cancellationToken = default)
    {
        if (await context.Approvals.AsNoTracking().SingleOrDefaultAsync(a => a.Id == approvalId, cancellationToken) is { } row)
        {
            await EndAsync(context, row, ApprovalState.Superseded, cause, changes, cancellationToken);
        }
    }

    /// <summary>Ends an approval that was used up in this transaction for a call that is not made after all.</summary>
    internal async Task TakeBackAsync(
        AppDbContext context, Guid approvalId, string cause, ApprovalChanges changes, CancellationToken cancellationToken = default)
    {
        var row = await context.Approvals.AsNoTracking().SingleAsync(a => a.Id == approvalId, cancellationToken);
        await context.Approvals.Where(a => a.Id == approvalId && a.State == ApprovalState.Consumed)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.State, ApprovalState.Superseded).SetProperty(a => a.Cause, cause), cancellationToken);
        await AuditAsync(context, actor: null, row, ApprovalState.Superseded, cause, details: null, cancellationToken);
        changes.Add(row, ApprovalState.Superseded);
    }

    /// <summary>Writes down how a call that used an approval up ended; false when the request was not in use.</summary>
    /// <param name="context">The transaction that journals the end.</param>
    /// <param name="approvalId">The request.</param>
    /// <param name="end">Executed, Failed or Unknown.</param>
    /// <param name="changes">What to publish after the commit.</param>
    /// <param name="cancellationToken">Cancels.</param>
    internal async Task<bool> CloseCallAsync(
        AppDbContext context, Guid approvalId, ApprovalState end, ApprovalChanges changes, CancellationToken cancellationToken = default)
    {
        if (end is not (ApprovalState.Executed or ApprovalState.Failed or ApprovalState.Unknown))
        {
            throw new ArgumentOutOfRangeException(nameof(end), end, "A call ends as Executed, Failed or Unknown.");
        }

        var row = await context.Approvals.AsNoTracking().SingleOrDefaultAsync(a => a.Id == approvalId, cancellationToken);
        return row is not null && await SetAsync(context, row, ApprovalState.Consumed, end, changes, cancellationToken);
    }

    /// <summary>For recovery: requests whose call has ended in the journal end like it, those whose call was cut off become Unknown.</summary>
    /// <param name="context">The transaction of the recovery.</param>
    /// <param name="isGone">Whether a journal's owner no longer works on its calls.</param>
    /// <param name="changes">What to publish after the commit.</param>
    /// <param name="cancellationToken">Cancels.</param>
    internal async Task CloseLostCallsAsync(
        AppDbContext context, Func<string?, bool> isGone, ApprovalChanges changes, CancellationToken cancellationToken = default)
    {
        await context.SaveChangesAsync(cancellationToken);
        var calls = await context.Approvals.AsNoTracking().Where(a => a.State == ApprovalState.Consumed)
            .Select(a => new
            {
                a.Id,
                Call = context.ToolExecutions.Where(e => e.ApprovalId == a.Id).OrderByDescending(e => e.StartedAt)
                    .Select(e => new { e.State, e.Owner }).FirstOrDefault(),
            })
            .ToListAsync(cancellationToken);
        foreach (var (id, call) in calls.Select(c => (c.Id, c.Call)))
        {
            if (call is { State: ToolExecutionState.Started } && !isGone(call.Owner))
            {
                continue;
            }

            var end = call?.State switch
            {
                ToolExecutionState.Succeeded => ApprovalState.Executed,
                ToolExecutionState.Failed => ApprovalState.Failed,
                _ => ApprovalState.Unknown,
            };
            await CloseCallAsync(context, id, end, changes, cancellationToken);
        }
    }

    /// <summary>For recovery, in a transaction of its own; most times there is nothing to do.</summary>
    internal async Task CloseLostCallsAsync(CancellationToken cancellationToken)
    {
        if (!await database.ReadAsync(context => context.Approvals.AnyAsync(a => a.State == ApprovalState.Consumed, cancellationToken), cancellationToken))
        {
            return;
        }

        var changes = new ApprovalChanges();
        await database.WriteAsync(context => CloseLostCallsAsync(context, RunOwner.IsGone, changes, cancellationToken), cancellationToken);
        Publish(changes);
    }

    private async Task<Approval?> JoinAsync(
        AppDbContext context, ApprovalRequestDraft draft, ApprovalChanges changes, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (runId, callId, tool, arguments, digest) = (draft.RunId, draft.CallId, draft.ToolName, draft.Arguments, draft.Digest);
        var open = await Open(context).AsNoTracking()
            .Where(a => a.RunId == runId && (a.CallId == callId || (a.ToolName == tool && a.Arguments == arguments)))
            .OrderBy(a => a.CreatedAt).ToListAsync(cancellationToken);
        Approval? joined = null;
        foreach (var row in open)
        {
            if (row.ExpiresAt <= now)
            {
                await EndAsync(context, row, ApprovalState.Expired, NotInTime(row), changes, cancellationToken);
            }
            else if (row.Digest == digest)
            {
                joined ??= row;
            }
            else
            {
                await EndAsync(context, row, ApprovalState.Superseded, "The agent, the tool, its schema or the arguments changed.", changes, cancellationToken);
            }
        }

        return joined;
    }

    private async Task<Approval> AddAsync(
        AppDbContext context, ApprovalRequestDraft draft, ApprovalChanges changes, CancellationToken cancellationToken)
    {
        var row = draft.ToRow(time.GetUtcNow(), TimeSpan.FromHours(options.Value.ExpiryHours));
        context.Approvals.Add(row);
        await context.SaveChangesAsync(cancellationToken);
        await AuditAsync(context, actor: null, row, ApprovalState.Pending, row.AskedBecause, details: null, cancellationToken);
        changes.Add(row, ApprovalState.Pending);
        return row;
    }

    private async Task<bool> SetAsync(
        AppDbContext context, Approval row, ApprovalState from, ApprovalState to, ApprovalChanges changes, CancellationToken cancellationToken)
    {
        var changed = await context.Approvals.Where(a => a.Id == row.Id && a.State == from)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.State, to), cancellationToken);
        if (changed == 0)
        {
            return false;
        }

        await AuditAsync(context, actor: null, row, to, cause: null, details: null, cancellationToken);
        changes.Add(row, to);
        return true;
    }
}
