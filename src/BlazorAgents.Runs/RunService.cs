using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Runs;

/// <summary>Starts, continues and stops runs. A run that was returned is stored: it will be carried out whatever happens to the caller.</summary>
/// <exception cref="RunRequestException">NotFound, Busy or Invalid.</exception>
public sealed class RunService(
    Database database, AgentCatalog agents, ConnectionRules connections, ToolGrants grants, RunFeed feed, RunQueue queue, ConversationFeed conversations, ApprovalService approvals, TimeProvider time)
{
    /// <summary>Saves a message and queues its answer.</summary>
    public async Task<StartedRun> StartAsync(StartRun request, CancellationToken cancellationToken = default)
    {
        var text = MessageRules.Clean(request.Text);
        MessageRules.CheckModel(request.ModelId);
        await connections.CheckAsync(request.Connection, request.AgentId, cancellationToken);
        return await SaveAsync(
            request.UserId,
            async context =>
            {
                var conversation = await GetOrAddConversationAsync(context, request, text, cancellationToken);
                if (await FindEarlierAsync(context, conversation.Id, request.ClientRequestId, cancellationToken) is { } earlier)
                {
                    return earlier;
                }

                if (request.Tools is { } tools)
                {
                    conversation.ToolChoice = (await grants.CheckAsync(context, request.UserId, conversation.AgentId, tools, cancellationToken)).ToJson();
                }

                return AddTurn(context, conversation, conversation.ActiveRunId, request.ClientRequestId, text, request.ModelId);
            },
            cancellationToken);
    }

    /// <summary>Sends another version of a message; the old one stays as a sibling.</summary>
    public async Task<StartedRun> EditAsync(
        string userId, Guid turnId, Guid clientRequestId, string text, CancellationToken cancellationToken = default)
    {
        var clean = MessageRules.Clean(text);
        return await SaveAsync(
            userId,
            async context =>
            {
                var (turn, conversation) = await context.OwnTurnAsync(userId, turnId, cancellationToken);
                return await FindEarlierAsync(context, conversation.Id, clientRequestId, cancellationToken)
                    ?? AddTurn(context, conversation, turn.ParentRunId, clientRequestId, clean, modelId: null);
            },
            cancellationToken);
    }

    /// <summary>Asks for another answer to the same message; the old one stays as a sibling.</summary>
    public Task<StartedRun> RegenerateAsync(
        string userId, Guid runId, Guid clientRequestId, CancellationToken cancellationToken = default) =>
        SaveAsync(
            userId,
            async context =>
            {
                var (run, conversation) = await context.OwnRunAsync(userId, runId, cancellationToken);
                return await FindEarlierAsync(context, conversation.Id, clientRequestId, cancellationToken)
                    ?? AddRun(context, conversation, run.TurnId, clientRequestId, modelId: null, run.ToolChoice);
            },
            cancellationToken);

    /// <summary>Lets a cut-off answer go on where it stopped; asked for again while it does, it is the same.</summary>
    public Task<StartedRun> ContinueAsync(string userId, Guid runId, CancellationToken cancellationToken = default) =>
        SaveAsync(
            userId,
            async context =>
            {
                var (run, conversation) = await context.OwnRunAsync(userId, runId, cancellationToken);
                if (ItemProjection.ToState(run).IsActive)
                {
                    return new PendingRun(run, [], IsNew: false);
                }

                if (conversation.ActiveRunId != run.Id || !ItemProjection.ToState(run).CanContinue)
                {
                    throw new RunRequestException(RunRequestError.Invalid, "Only the last answer can be continued, and only when it was cut off.");
                }

                (run.Status, run.EndedAt, run.FinishReason) = (RunStatus.Queued, null, null);
                (run.ErrorKind, run.ErrorMessage, run.CorrelationId, run.StopRequested) = (null, null, null, false);
                conversation.UpdatedAt = time.GetUtcNow();
                return new PendingRun(run, await context.Items.Where(i => i.RunId == run.Id).OrderBy(i => i.Seq).ToListAsync(cancellationToken));
            },
            cancellationToken);

    /// <summary>Stops a run; what it said so far stays. Stopping a run that has ended changes nothing.</summary>
    public async Task StopAsync(string userId, Guid runId, CancellationToken cancellationToken = default)
    {
        var stopped = await database.WriteAsync(
            async context =>
            {
                var (run, _) = await context.OwnRunAsync(userId, runId, cancellationToken);
                MarkStopped(run);
                return new StoppedRuns([run], await approvals.CloseAsync(context, a => a.RunId == runId, "The answer was stopped.", cancellationToken));
            },
            cancellationToken);
        CarryOutStops(stopped);
        conversations.Publish(userId, stopped.Runs[0].ConversationId);
    }

    /// <summary>Marks a conversation's active runs in the caller's transaction; <see cref="CarryOutStops"/> follows its commit.</summary>
    internal async Task<StoppedRuns> MarkStoppedAsync(AppDbContext context, Guid conversationId, CancellationToken cancellationToken)
    {
        var active = await Active(context, conversationId).ToListAsync(cancellationToken);
        active.ForEach(MarkStopped);
        return new StoppedRuns(
            active, await approvals.CloseAsync(context, a => a.ConversationId == conversationId, "The conversation was deleted.", cancellationToken));
    }

    /// <summary>Stops whatever runs or waits for a person who lost access, and withdraws their requests, in the caller's transaction.</summary>
    /// <returns>Call it after the commit.</returns>
    internal async Task<Action> StopAllOfAsync(AppDbContext context, string userId, string cause, CancellationToken cancellationToken = default)
    {
        var active = await context.Runs
            .Where(r => (r.Status == RunStatus.Queued || r.Status == RunStatus.Running || r.Status == RunStatus.AwaitingApproval)
                && context.Conversations.Any(c => c.Id == r.ConversationId && c.UserId == userId))
            .ToListAsync(cancellationToken);
        active.ForEach(MarkStopped);
        var stopped = new StoppedRuns(active, await approvals.CloseAsync(context, a => a.RequesterId == userId, cause, cancellationToken));
        await approvals.FreeAsync(context, userId, stopped.Changes, cancellationToken);
        return () =>
        {
            CarryOutStops(stopped);
            foreach (var conversationId in stopped.Runs.Select(run => run.ConversationId).Distinct())
            {
                conversations.Publish(userId, conversationId);
            }
        };
    }

    internal void CarryOutStops(StoppedRuns stopped)
    {
        approvals.Publish(stopped.Changes);
        foreach (var run in stopped.Runs)
        {
            // A run that was still queued, or waited for people, has no writer that would tell its readers.
            if (run.Status is RunStatus.Stopped && feed.Find(run.Id) is { State.Status: RunStatus.Queued or RunStatus.AwaitingApproval } view)
            {
                view.Set(ItemProjection.ToState(run));
                feed.Close(view);
            }

            queue.RequestStop(run.Id);
        }
    }

    private static IQueryable<Run> Active(AppDbContext context, Guid conversationId) => context.Runs.Where(r =>
        r.ConversationId == conversationId
        && (r.Status == RunStatus.Queued || r.Status == RunStatus.Running || r.Status == RunStatus.AwaitingApproval));

    private static async Task<PendingRun?> FindEarlierAsync(
        AppDbContext context, Guid conversationId, Guid clientRequestId, CancellationToken cancellationToken)
    {
        var run = await context.Runs.SingleOrDefaultAsync(
            r => r.ConversationId == conversationId && r.ClientRequestId == clientRequestId, cancellationToken);
        return run is null ? null : new PendingRun(run, [], IsNew: false);
    }

    private void MarkStopped(Run run)
    {
        if (run.Status is RunStatus.Queued or RunStatus.AwaitingApproval)
        {
            (run.Status, run.EndedAt) = (RunStatus.Stopped, time.GetUtcNow());
        }
        else if (ItemProjection.ToState(run).IsActive)
        {
            run.StopRequested = true;
        }
    }

    private async Task<StartedRun> SaveAsync(string userId, Func<AppDbContext, Task<PendingRun>> save, CancellationToken cancellationToken)
    {
        var pending = await database.WriteAsync(
            async context =>
            {
                var saved = await save(context);
                if (saved.IsNew && await Active(context, saved.Run.ConversationId).AnyAsync(r => r.Id != saved.Run.Id, cancellationToken))
                {
                    throw new RunRequestException(RunRequestError.Busy, "An answer is still being written here. Wait for it or stop it, then send again.");
                }

                return saved;
            },
            cancellationToken);
        if (pending.IsNew)
        {
            feed.Open(ItemProjection.ToView(pending.Run, pending.Items));
            queue.Enqueue(pending.Run.Id);
            conversations.Publish(userId, pending.Run.ConversationId);
        }

        return new StartedRun(pending.Run.ConversationId, pending.Run.TurnId, pending.Run.Id);
    }

    private async Task<Conversation> GetOrAddConversationAsync(
        AppDbContext context, StartRun request, string text, CancellationToken cancellationToken)
    {
        var existing = await context.Conversations.SingleOrDefaultAsync(c => c.Id == request.ConversationId, cancellationToken);
        if (existing is not null)
        {
            return existing.UserId == request.UserId && existing.DeletedAt is null ? existing : throw ConversationAccess.NotFound();
        }

        if (agents.Find(request.AgentId) is null)
        {
            throw new RunRequestException(RunRequestError.Invalid, "The agent does not exist. Choose one from the list.");
        }

        var conversation = new Conversation
        {
            Id = request.ConversationId,
            UserId = request.UserId,
            Title = Titles.FromFirstWords(text),
            AgentId = request.AgentId,
            ModelId = request.ModelId,
            CreatedAt = time.GetUtcNow(),
            UpdatedAt = time.GetUtcNow(),
        };
        conversation.WriteConnection(request.Connection);
        context.Conversations.Add(conversation);
        return conversation;
    }

    private PendingRun AddTurn(AppDbContext context, Conversation conversation, Guid? parentRunId, Guid clientRequestId, string text, string? modelId)
    {
        var turn = new Turn
        {
            Id = Guid.CreateVersion7(),
            ConversationId = conversation.Id,
            ParentRunId = parentRunId,
            ClientRequestId = clientRequestId,
            Text = text,
            CreatedAt = time.GetUtcNow(),
        };
        context.Turns.Add(turn);
        return AddRun(context, conversation, turn.Id, clientRequestId, modelId, conversation.ToolChoice);
    }

    private PendingRun AddRun(AppDbContext context, Conversation conversation, Guid turnId, Guid clientRequestId, string? modelId, string toolChoice)
    {
        var run = new Run
        {
            Id = Guid.CreateVersion7(),
            ConversationId = conversation.Id,
            TurnId = turnId,
            ClientRequestId = clientRequestId,
            Status = RunStatus.Queued,
            AgentId = conversation.AgentId,
            ModelId = modelId ?? conversation.ModelId,
            ProviderId = conversation.ProviderId,
            ClientType = conversation.ClientType,
            Memory = conversation.Memory,
            HostedTools = conversation.HostedTools,
            ToolChoice = toolChoice,
            CreatedAt = time.GetUtcNow(),
        };
        context.Runs.Add(run);
        (conversation.ActiveRunId, conversation.UpdatedAt) = (run.Id, time.GetUtcNow());
        return new PendingRun(run, []);
    }

    private sealed record PendingRun(Run Run, IReadOnlyList<ConversationItem> Items, bool IsNew = true);
}
