using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace BlazorAgents.Runs;

/// <summary>The engine's writes. Each one carries the generation of the claim: after a take-over the old owner changes nothing.</summary>
public sealed class RunStore(Database database, IOptions<RunsOptions> options, TimeProvider time)
{
    private readonly string _owner = RunOwner.Create();

    /// <summary>True when this store's engine has taken the run.</summary>
    internal bool IsOwner(Run run) => run.Owner == _owner;

    /// <summary>Takes a queued run, or null when it is no longer queued.</summary>
    internal Task<RunClaim?> ClaimAsync(Guid runId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async context =>
            {
                var run = await context.Runs.SingleOrDefaultAsync(r => r.Id == runId && r.Status == RunStatus.Queued, cancellationToken);
                if (run is null)
                {
                    return null;
                }

                (run.Status, run.Owner, run.LeaseUntil) = (RunStatus.Running, _owner, LeaseEnd());
                run.Generation++;
                run.StartedAt = time.GetUtcNow(); // a continued answer anew: nobody waited for it in between
                var turn = await context.Turns.SingleAsync(t => t.Id == run.TurnId, cancellationToken);
                var conversation = await context.Conversations.SingleAsync(c => c.Id == run.ConversationId, cancellationToken);
                var items = await context.Items.AsNoTracking().Where(i => i.RunId == run.Id).OrderBy(i => i.Seq).ToListAsync(cancellationToken);
                return new RunClaim(run, conversation.UserId, turn.Text, turn.ParentRunId, items);
            },
            cancellationToken);

    /// <summary>Saves items and counters and renews the lease, in one transaction; true when someone asked for the run to stop.</summary>
    /// <exception cref="LeaseLostException">Another process holds the run.</exception>
    internal Task<bool> SaveAsync(Run run, RunState state, IReadOnlyList<ConversationItem> items, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async context =>
            {
                // Each run passes here every second: SQL as it is, without a query to translate.
                var lease = state.Status is RunStatus.Running ? LeaseEnd().UtcTicks : (long?)null;
                var stopRequested = await context.Database.SqlQuery<bool>(
                    $"""
                    UPDATE "Runs" SET "Status" = {state.Status.ToString()}, "LeaseUntil" = {lease}, "ModelId" = {state.ModelId},
                        "FinishReason" = {state.FinishReason}, "ErrorKind" = {state.ErrorKind}, "ErrorMessage" = {state.ErrorMessage},
                        "CorrelationId" = {state.CorrelationId}, "ServiceThreadId" = {state.ServiceThreadId},
                        "ServiceThread" = {state.ServiceThread}, "InputTokens" = {state.InputTokens}, "OutputTokens" = {state.OutputTokens},
                        "EndedAt" = {state.EndedAt?.UtcTicks}
                    WHERE "Id" = {run.Id} AND "Generation" = {run.Generation} AND "Owner" = {run.Owner}
                    RETURNING "StopRequested" AS "Value"
                    """).ToListAsync(cancellationToken);
                if (stopRequested is not [var isStopRequested])
                {
                    throw new LeaseLostException();
                }

                foreach (var item in items)
                {
                    await UpsertAsync(context, item, cancellationToken);
                }

                return isStopRequested;
            },
            cancellationToken);

    /// <summary>Where a run stands; one that is gone for good counts as ended.</summary>
    internal Task<RunState> FindStateAsync(Guid runId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async context => await context.Runs.SingleOrDefaultAsync(r => r.Id == runId, cancellationToken) is { } run
                ? ItemProjection.ToState(run)
                : new RunState { Status = RunStatus.Stopped },
            cancellationToken);

    /// <summary>
    /// Closes the runs of processes that are gone, and of this one those that are not at work (their end could not be stored), and
    /// finds those that still wait to be taken.
    /// </summary>
    internal Task<RecoveredRuns> RecoverAsync(Func<Guid, bool> isAtWork, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async context =>
            {
                var now = time.GetUtcNow();
                var interrupted = new List<Guid>();
                var conversations = new List<Guid>();
                foreach (var run in await context.Runs.Where(r => r.Status == RunStatus.Running).ToListAsync(cancellationToken))
                {
                    var isLost = IsOwner(run) ? !isAtWork(run.Id) : run.LeaseUntil is null || run.LeaseUntil < now || RunOwner.IsGone(run.Owner);
                    if (isLost)
                    {
                        (run.LeaseUntil, run.Owner) = (null, null);
                        run.Generation++;
                        if (await CutOffCalls.TryResumeAsync(context, run, now, cancellationToken))
                        {
                            continue;
                        }

                        (run.Status, run.EndedAt) = (RunStatus.Interrupted, now);
                        run.ErrorMessage = "The server stopped while this answer was being written. What came before is kept.";
                        await CutOffCalls.CloseAsync(context, run, now, cancellationToken);
                        interrupted.Add(run.Id);
                        conversations.Add(run.ConversationId);
                    }
                }

                await context.Items.Where(i => interrupted.Contains(i.RunId) && !i.IsComplete)
                    .ExecuteUpdateAsync(set => set.SetProperty(i => i.IsComplete, true), cancellationToken);
                await ToolJournal.MarkUnknownAsync(context, now, cancellationToken);
                var queued = await context.Runs.Where(r => r.Status == RunStatus.Queued).OrderBy(r => r.CreatedAt)
                    .Select(r => r.Id).ToListAsync(cancellationToken);
                var users = await context.Conversations.Where(c => conversations.Contains(c.Id)).Select(c => c.UserId).Distinct()
                    .ToListAsync(cancellationToken);
                return new RecoveredRuns(interrupted, users, queued);
            },
            cancellationToken);

    /// <summary>Removes for good what was deleted long enough ago.</summary>
    internal Task<int> PurgeAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - TimeSpan.FromDays(options.Value.PurgeAfterDays);
        return database.WriteAsync(
            context => context.Conversations.Where(c => c.DeletedAt != null && c.DeletedAt < before).ExecuteDeleteAsync(cancellationToken),
            cancellationToken);
    }

    /// <summary>Gives a conversation the model's title, unless the user chose one meanwhile.</summary>
    internal Task<int> SetModelTitleAsync(Guid conversationId, string title, CancellationToken cancellationToken) =>
        database.WriteAsync(
            context => context.Conversations
                .Where(c => c.Id == conversationId && c.TitleSource == TitleSource.FirstWords)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(c => c.Title, title).SetProperty(c => c.TitleSource, TitleSource.Model),
                    cancellationToken),
            cancellationToken);

    /// <summary>True while the conversation has no better title than its first words.</summary>
    internal Task<bool> NeedsTitleAsync(Guid conversationId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            context => context.Conversations.AnyAsync(c => c.Id == conversationId && c.TitleSource == TitleSource.FirstWords, cancellationToken),
            cancellationToken);

    private static Task<int> UpsertAsync(AppDbContext context, ConversationItem item, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "Items" ("Id", "RunId", "ConversationId", "Seq", "Kind", "Payload", "IsComplete", "CreatedAt")
            VALUES ({item.Id}, {item.RunId}, {item.ConversationId}, {item.Seq}, {item.Kind.ToString()}, {item.Payload}, {item.IsComplete}, {item.CreatedAt.UtcTicks})
            ON CONFLICT ("Id") DO UPDATE SET "Payload" = excluded."Payload", "IsComplete" = excluded."IsComplete"
            """,
            cancellationToken);

    private DateTimeOffset LeaseEnd() => time.GetUtcNow().AddSeconds(options.Value.LeaseSeconds);
}
