using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Runs;

/// <summary>Reads a stretch of a conversation's shown path, at a cost that does not depend on the conversation's length.</summary>
public sealed class ThreadReader(Database database, RunFeed feed, RunStore store)
{
    private const int MaxTake = 200;

    internal async Task<ThreadPage> ReadAsync(
        string userId, Guid conversationId, Guid? beforeTurnId, int take, CancellationToken cancellationToken)
    {
        take = Math.Clamp(take, 1, MaxTake);
        return await database.ReadAsync(
            async context =>
            {
                var conversation = await context.OwnConversationAsync(userId, conversationId, cancellationToken);
                var leaf = beforeTurnId is { } before
                    ? await ParentOfAsync(context, conversationId, before, cancellationToken)
                    : conversation.ActiveRunId;
                if (leaf is not { } leafRunId)
                {
                    return new ThreadPage([], HasOlder: false);
                }

                var path = await context.WalkUpAsync(leafRunId, take + 1, cancellationToken);
                var shown = path.Take(take).Reverse().ToList();
                return new ThreadPage(await ReadTurnsAsync(context, conversationId, shown, cancellationToken), HasOlder: path.Count > take);
            },
            cancellationToken);
    }

    private static async Task<Guid?> ParentOfAsync(AppDbContext context, Guid conversationId, Guid turnId, CancellationToken cancellationToken)
    {
        var turn = await context.Turns.SingleOrDefaultAsync(t => t.Id == turnId && t.ConversationId == conversationId, cancellationToken);
        return turn is null ? throw ConversationAccess.NotFound() : turn.ParentRunId;
    }

    private async Task<List<TurnView>> ReadTurnsAsync(
        AppDbContext context, Guid conversationId, List<PathStep> steps, CancellationToken cancellationToken)
    {
        var turnIds = steps.Select(step => step.TurnId).ToList();
        var runIds = steps.Select(step => step.RunId).ToList();
        var parents = steps.Select(step => step.ParentRunId).OfType<Guid>().ToList();
        var isFirstShown = steps.Exists(step => step.ParentRunId is null);
        var turns = await context.Turns.Where(t => turnIds.Contains(t.Id)).ToDictionaryAsync(t => t.Id, cancellationToken);
        var siblingTurns = (await context.Turns
                .Where(t => (t.ParentRunId != null && parents.Contains(t.ParentRunId.Value))
                    || (isFirstShown && t.ParentRunId == null && t.ConversationId == conversationId))
                .OrderBy(t => t.CreatedAt).ThenBy(t => t.Id)
                .Select(t => new { t.Id, t.ParentRunId })
                .ToListAsync(cancellationToken))
            .ToLookup(t => t.ParentRunId, t => t.Id);
        var siblingRuns = (await context.Runs
                .Where(r => turnIds.Contains(r.TurnId))
                .OrderBy(r => r.CreatedAt).ThenBy(r => r.Id)
                .Select(r => new { r.Id, r.TurnId })
                .ToListAsync(cancellationToken))
            .ToLookup(r => r.TurnId, r => r.Id);
        var views = await ReadViewsAsync(context, runIds, cancellationToken);

        return
        [
            .. steps.Select(step => new TurnView(
                step.TurnId,
                step.ParentRunId,
                turns[step.TurnId].Text,
                turns[step.TurnId].CreatedAt,
                [.. siblingTurns[step.ParentRunId]],
                [.. siblingRuns[step.TurnId]],
                views[step.RunId])),
        ];
    }

    private async Task<Dictionary<Guid, RunView>> ReadViewsAsync(AppDbContext context, List<Guid> runIds, CancellationToken cancellationToken)
    {
        // A live run is taken from the feed before the database is read: when it ends in between, its view still says how.
        var views = new Dictionary<Guid, RunView>();
        foreach (var runId in runIds)
        {
            if (feed.Find(runId) is { } live)
            {
                views[runId] = live;
            }
        }

        var stored = runIds.Where(id => !views.ContainsKey(id)).ToList();
        var runs = await context.Runs.Where(r => stored.Contains(r.Id)).ToListAsync(cancellationToken);
        var items = (await context.Items.Where(i => stored.Contains(i.RunId)).OrderBy(i => i.Seq).ToListAsync(cancellationToken))
            .ToLookup(i => i.RunId);
        foreach (var run in runs)
        {
            views[run.Id] = feed.Find(run.Id) ?? await FollowAsync(context, run, ItemProjection.ToView(run, items[run.Id]), cancellationToken);
        }

        return views;
    }

    // A run that was read as active without a live view is about to be taken, was taken this moment, or has ended since it was read.
    private async Task<RunView> FollowAsync(AppDbContext context, Run read, RunView stored, CancellationToken cancellationToken)
    {
        if (!IsWrittenHere(read))
        {
            return stored;
        }

        var open = feed.Open(stored);
        if (open != stored)
        {
            return open;
        }

        var run = await context.Runs.SingleAsync(r => r.Id == stored.Id, cancellationToken);
        if (IsWrittenHere(run))
        {
            return stored; // the engine finds it in the feed, or has found it
        }

        stored.Set(ItemProjection.ToState(run)); // for others who found it in the feed meanwhile
        feed.Close(stored);
        var items = await context.Items.Where(i => i.RunId == run.Id).OrderBy(i => i.Seq).ToListAsync(cancellationToken);
        return feed.Find(run.Id) ?? ItemProjection.ToView(run, items);
    }

    // Running without being this engine's it is at work in another process: what that writes is read from the database.
    private bool IsWrittenHere(Run run) =>
        run.Status is RunStatus.Queued or RunStatus.AwaitingApproval || (run.Status is RunStatus.Running && store.IsOwner(run));
}
