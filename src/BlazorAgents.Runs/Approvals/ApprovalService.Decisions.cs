using System.Collections.Concurrent;
using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Runs;

/// <content>What people do with requests.</content>
public sealed partial class ApprovalService
{
    /// <summary>Most requests that one decision may be about.</summary>
    public const int MaxBatch = 100;

    private const int PreviewsAtOnce = 10;

    /// <summary>Decides a request. Of several who decide at once one wins; the others are shown that decision.</summary>
    public async Task<DecisionResult> DecideAsync(Actor actor, Guid id, ApprovalDecision decision, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(decision);
        var changes = new ApprovalChanges();
        var sentences = await SentencesAsync(actor, [id], decision, cancellationToken);
        var result = await database.WriteAsync(
            async context =>
            {
                var current = await context.FindCurrentAsync(actor, cancellationToken);
                return current is null
                    ? new DecisionResult.Refused(ApprovalRefusal.NotAllowed(ApprovalAccess.NoAccount))
                    : await DecideAsync(context, current, id, decision, sentences.GetValueOrDefault(id), changes, cancellationToken);
            },
            cancellationToken);
        Publish(changes);
        return result;
    }

    /// <summary>Approves or rejects several requests of one tool that only reads or writes, each on its own; the first one's tool counts.</summary>
    /// <exception cref="ArgumentException">More than <see cref="MaxBatch"/>, or a decision that is about one call only.</exception>
    public async Task<BatchDecision> DecideManyAsync(
        Actor actor, IReadOnlyList<Guid> ids, ApprovalDecision decision, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(ids);
        if (decision is not (ApprovalDecision.Approve or ApprovalDecision.Reject))
        {
            throw new ArgumentException("Several requests can only be approved as they are, or rejected.", nameof(decision));
        }

        if (ids.Count > MaxBatch)
        {
            throw new ArgumentException($"At most {MaxBatch} requests can be decided at once.", nameof(ids));
        }

        var changes = new ApprovalChanges();
        var sentences = await SentencesAsync(actor, ids, decision, cancellationToken);
        var result = await database.WriteAsync(
            context => DecideManyAsync(context, actor, [.. ids.Distinct()], decision, sentences, changes, cancellationToken), cancellationToken);
        Publish(changes);
        return result;
    }

    /// <summary>
    /// The requester takes back what an answer waits for; the answer goes on without those calls. Returns how many requests were withdrawn:
    /// none when the answer is somebody else's, or waits for nothing.
    /// </summary>
    public async Task<int> WithdrawAsync(Actor actor, Guid runId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var changes = await database.WriteAsync(
            async context => await context.FindCurrentAsync(actor, cancellationToken) is { } current
                ? await CloseAsync(
                    context, a => a.RunId == runId && a.RequesterId == current.Id && a.State == ApprovalState.Pending, "The requester withdrew it.", cancellationToken)
                : new ApprovalChanges(),
            cancellationToken);
        Publish(changes);
        return changes.News.Count;
    }

    /// <summary>Takes a pending request on, so that others see that someone looks at it. Null when done.</summary>
    public Task<ApprovalRefusal?> AssignAsync(Actor actor, Guid id, CancellationToken cancellationToken = default) =>
        AssignAsync(actor, id, isTaken: true, cancellationToken);

    /// <summary>Gives a request back; administrators may for others. Null when done.</summary>
    public Task<ApprovalRefusal?> UnassignAsync(Actor actor, Guid id, CancellationToken cancellationToken = default) =>
        AssignAsync(actor, id, isTaken: false, cancellationToken);

    /// <summary>What is about to be approved, in its tool's words as of now. Tools are asked before the write lock, not under it.</summary>
    private async Task<IReadOnlyDictionary<Guid, string>> SentencesAsync(
        Actor actor, IReadOnlyList<Guid> ids, ApprovalDecision decision, CancellationToken cancellationToken)
    {
        var sentences = new ConcurrentDictionary<Guid, string>();
        if (decision is not (ApprovalDecision.Approve or ApprovalDecision.ApproveEdited))
        {
            return sentences;
        }

        var rows = await database.ReadAsync(
            async context => await context.FindCurrentAsync(actor, cancellationToken) is { } current
                ? await context.Approvals.AsNoTracking().SeenBy(current).Where(a => ids.Contains(a.Id) && a.State == ApprovalState.Pending).ToListAsync(cancellationToken)
                : [],
            cancellationToken);
        await Parallel.ForEachAsync(rows, new ParallelOptions { MaxDegreeOfParallelism = PreviewsAtOnce, CancellationToken = cancellationToken }, async (row, token) =>
        {
            if (await previews.SentenceAsync(row, decision, token) is { } sentence)
            {
                sentences[row.Id] = sentence;
            }
        });

        return sentences;
    }

    private async Task<DecisionResult> DecideAsync(
        AppDbContext context, Actor current, Guid id, ApprovalDecision decision, string? sentence, ApprovalChanges changes, CancellationToken cancellationToken)
    {
        var row = await context.Approvals.AsNoTracking().SeenBy(current).SingleOrDefaultAsync(a => a.Id == id, cancellationToken);
        if (row is null)
        {
            return new DecisionResult.Refused(ApprovalRefusal.NotFound);
        }

        if (row.State is not ApprovalState.Pending)
        {
            return row.DecidedById is null ? new DecisionResult.Refused(Ended(row.State, row.Cause)) : new DecisionResult.AlreadyDecided(row);
        }

        if (ApprovalAccess.WhyNot(current, row.Decider, row.RequesterId) is { } because)
        {
            return new DecisionResult.Refused(ApprovalRefusal.NotAllowed(because));
        }

        // The clock comes round only now and then; the request ends here all the same.
        if (row.ExpiresAt <= time.GetUtcNow())
        {
            return await RefuseAsync(ApprovalState.Expired, NotInTime(row));
        }

        if (await Orphans(context).AnyAsync(a => a.Id == id, cancellationToken))
        {
            return await RefuseAsync(ApprovalState.Cancelled, "The answer it belonged to has ended.");
        }

        var (fields, invalid) = DecidedFields.Check(row, decision);
        if (fields is null)
        {
            return new DecisionResult.Refused(invalid!);
        }

        if (sentence is null && previews.MustTell(row, decision))
        {
            return new DecisionResult.Refused(ApprovalRefusal.CannotBeTold);
        }

        if (SeenBy(decision) is { } seen && sentence is not null && sentence != seen)
        {
            return new DecisionResult.Refused(new ApprovalRefusal(
                ApprovalRefusalKind.Superseded, $"What the call would do has changed meanwhile. It is now: “{sentence}”. Look at it again, then decide."));
        }

        fields = fields with { Sentence = sentence };

        return await WriteAsync(context, current, row, fields, changes, cancellationToken)
            ? new DecisionResult.Decided(await ReadAsync(context, id, cancellationToken))
            : new DecisionResult.AlreadyDecided(await ReadAsync(context, id, cancellationToken));

        async Task<DecisionResult> RefuseAsync(ApprovalState end, string cause)
        {
            await EndAsync(context, row, end, cause, changes, cancellationToken);
            await ResumeAsync(context, row.RunId, changes, cancellationToken);
            return new DecisionResult.Refused(Ended(end, cause));
        }
    }

    private async Task<bool> WriteAsync(
        AppDbContext context, Actor current, Approval row, DecidedFields fields, ApprovalChanges changes, CancellationToken cancellationToken)
    {
        var now = (DateTimeOffset?)time.GetUtcNow();
        var won = await context.Approvals.Where(a => a.Id == row.Id && a.State == ApprovalState.Pending).ExecuteUpdateAsync(
            set => set
                .SetProperty(a => a.State, fields.State)
                .SetProperty(a => a.DecidedById, current.Id)
                .SetProperty(a => a.DecidedByName, current.Name)
                .SetProperty(a => a.DecidedAt, now)
                .SetProperty(a => a.DecisionReason, fields.Reason)
                .SetProperty(a => a.EditedArguments, fields.Edited)
                .SetProperty(a => a.Sentence, fields.Sentence ?? row.Sentence)
                .SetProperty(a => a.Answer, fields.Answer)
                .SetProperty(a => a.StopsRun, fields.StopsRun),
            cancellationToken);
        if (won == 0)
        {
            return false;
        }

        var details = new
        {
            stopsRun = fields.StopsRun,
            answeredInstead = fields.Answer is not null,
            changedFields = fields.Edited is null ? [] : EditedArguments.ChangedFields(row.Arguments, fields.Edited),
            editedDigest = fields.Edited is null
                ? null : ApprovalDigest.Of(row.AgentVersion, row.ToolName, row.ToolSchema, row.RequesterId, fields.Edited),
        };
        await AuditAsync(context, current, row, fields.State, fields.Reason, details, cancellationToken);
        changes.Add(row, fields.State);
        if (fields.StopsRun)
        {
            // What was approved but has not begun will not begin either.
            var others = await Open(context).AsNoTracking().Where(a => a.RunId == row.RunId).OrderBy(a => a.CreatedAt).ToListAsync(cancellationToken);
            foreach (var other in others)
            {
                await EndAsync(context, other, ApprovalState.Cancelled, $"{current.Name} rejected another call and stopped the answer.", changes, cancellationToken);
            }
        }

        await ResumeAsync(context, row.RunId, changes, cancellationToken);
        return true;
    }

    private async Task<BatchDecision> DecideManyAsync(
        AppDbContext context,
        Actor actor,
        IReadOnlyList<Guid> ids,
        ApprovalDecision decision,
        IReadOnlyDictionary<Guid, string> sentences,
        ApprovalChanges changes,
        CancellationToken cancellationToken)
    {
        if (await context.FindCurrentAsync(actor, cancellationToken) is not { } current)
        {
            return new BatchDecision([], [.. ids.Select(id => new BatchOmission(id, ApprovalAccess.NoAccount))]);
        }

        var calls = await context.Approvals.SeenBy(current).Where(a => ids.Contains(a.Id))
            .ToDictionaryAsync(a => a.Id, a => new { a.ToolName, a.Risk, a.Sentence }, cancellationToken);
        var tool = ids.Select(id => calls.GetValueOrDefault(id)?.ToolName).FirstOrDefault(name => name is not null);
        var (decided, leftOut) = (new List<Approval>(), new List<BatchOmission>());
        foreach (var id in ids)
        {
            var because = calls.GetValueOrDefault(id) switch
            {
                null => ApprovalRefusal.NotFound.Message,
                { ToolName: var name } when name != tool => $"It is about another tool: {name}, not {tool}.",
                { Risk: nameof(ToolRisk.Read) or nameof(ToolRisk.Write) } => null,
                { Risk: var risk } => $"Calls of this risk ({risk}) are decided one by one.",
            };
            // What people chose is what the list showed.
            var each = decision is ApprovalDecision.Approve approve ? approve with { Seen = calls.GetValueOrDefault(id)?.Sentence } : decision;
            switch (because is null ? await DecideAsync(context, current, id, each, sentences.GetValueOrDefault(id), changes, cancellationToken) : null)
            {
                case DecisionResult.Decided done:
                    decided.Add(done.Approval);
                    break;
                case DecisionResult.AlreadyDecided { Approval: var first }:
                    leftOut.Add(new BatchOmission(id, $"{first.DecidedByName} decided it first."));
                    break;
                case DecisionResult.Refused { Refusal: var refusal }:
                    leftOut.Add(new BatchOmission(id, refusal.Message));
                    break;
                default:
                    leftOut.Add(new BatchOmission(id, because!));
                    break;
            }
        }

        return new BatchDecision(decided, leftOut);
    }

    private async Task<ApprovalRefusal?> AssignAsync(Actor actor, Guid id, bool isTaken, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var changes = new ApprovalChanges();
        var refusal = await database.WriteAsync(
            async context =>
            {
                if (await context.FindCurrentAsync(actor, cancellationToken) is not { } current)
                {
                    return ApprovalRefusal.NotAllowed(ApprovalAccess.NoAccount);
                }

                var row = await context.Approvals.AsNoTracking().SeenBy(current).SingleOrDefaultAsync(a => a.Id == id, cancellationToken);
                if (row is null)
                {
                    return ApprovalRefusal.NotFound;
                }

                if (WhyNotAssign(current, row, isTaken) is { } because)
                {
                    return because;
                }

                var (assigneeId, assigneeName) = isTaken ? (current.Id, current.Name) : ((string?)null, (string?)null);
                if (row.AssigneeId != assigneeId)
                {
                    await context.Approvals.Where(a => a.Id == id && a.State == ApprovalState.Pending).ExecuteUpdateAsync(
                        set => set.SetProperty(a => a.AssigneeId, assigneeId).SetProperty(a => a.AssigneeName, assigneeName), cancellationToken);
                    var verb = isTaken ? "assigned" : "unassigned";
                    await audit.AppendAsync(
                        context, new AuditEntry(current, $"{Subject}.{verb}", Subject, id.ToString(), $"{row.ToolName}: {verb}."), cancellationToken);
                    changes.Add(row, row.State);
                }

                return null;
            },
            cancellationToken);
        Publish(changes);
        return refusal;
    }

    private static ApprovalRefusal? WhyNotAssign(Actor current, Approval row, bool isTaken)
    {
        if (row.State is not ApprovalState.Pending)
        {
            return Ended(row.State, row.Cause);
        }

        if (ApprovalAccess.WhyNot(current, row.Decider, row.RequesterId) is { } because && isTaken)
        {
            return ApprovalRefusal.NotAllowed(because);
        }

        var isOthers = row.AssigneeId is not null && row.AssigneeId != current.Id;
        return isOthers && (isTaken || !current.Is(Roles.Admin))
            ? ApprovalRefusal.NotAllowed($"{row.AssigneeName} has taken this on.")
            : null;
    }

    private static string? SeenBy(ApprovalDecision decision) => decision switch
    {
        ApprovalDecision.Approve approve => approve.Seen,
        ApprovalDecision.ApproveEdited edited => edited.Seen,
        _ => null,
    };

    private static ApprovalRefusal Ended(ApprovalState state, string? cause)
    {
        var because = cause is null ? "" : $" {cause}";
        return state switch
        {
            ApprovalState.Expired => new ApprovalRefusal(ApprovalRefusalKind.Expired, $"This request has expired.{because}"),
            ApprovalState.Cancelled => new ApprovalRefusal(ApprovalRefusalKind.Cancelled, $"This request was withdrawn.{because}"),
            ApprovalState.Superseded => new ApprovalRefusal(ApprovalRefusalKind.Superseded, $"What was asked for has changed.{because}"),
            _ => ApprovalRefusal.NotAllowed("This request is decided already."),
        };
    }

    private static Task<Approval> ReadAsync(AppDbContext context, Guid id, CancellationToken cancellationToken) =>
        context.Approvals.AsNoTracking().SingleAsync(a => a.Id == id, cancellationToken);
}
