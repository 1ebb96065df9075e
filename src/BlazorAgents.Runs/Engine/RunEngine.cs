using System.Collections.Concurrent;
using BlazorAgents.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BlazorAgents.Runs;

/// <summary>Carries out runs, outside any circuit, from the queue to the stored end; recovers at start and drains at shutdown.</summary>
public sealed partial class RunEngine(
    RunQueue queue,
    RunFeed feed,
    RunStore store,
    RunExecution execution,
    RunSettlement settlement,
    TitleMaker titles,
    ApprovalService approvals,
    ConversationFeed conversations,
    IOptions<RunsOptions> options,
    TimeProvider time,
    ILogger<RunEngine> logger) : BackgroundService
{
    // After an interruption only the last saves are due; a model client that ignores it is left behind.
    private static readonly TimeSpan s_interruptPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_purgeInterval = TimeSpan.FromHours(6);

    private readonly ConcurrentDictionary<Guid, RunStop> _stops = new();
    private readonly ConcurrentDictionary<Guid, bool> _again = new();
    private readonly ConcurrentDictionary<RunStop, Task> _work = new();
    private readonly SemaphoreSlim _slots = new(options.Value.MaxConcurrent, options.Value.MaxConcurrent);
    private long? _purgedAt;

    /// <summary>Closes what an earlier process left, and queues again what it had accepted. Later starts wait for it.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        queue.StopRequested += StopRun;
        await RecoverAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Waits for the runs at work, then interrupts them; each one's end is stored before this returns.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (!await DrainAsync(TimeSpan.FromSeconds(options.Value.DrainSeconds), cancellationToken))
        {
            LogInterrupting(_stops.Count);
            foreach (var stop in _stops.Values)
            {
                stop.Stop(RunStopReason.Shutdown);
            }

            // Not cut short by the host's own patience: the last saves take moments, and without them text is lost.
            if (!await DrainAsync(s_interruptPatience, CancellationToken.None))
            {
                LogAbandoned(_stops.Count);
            }
        }

        queue.StopRequested -= StopRun;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var recovery = RecoverRegularlyAsync(stoppingToken);
        try
        {
            await foreach (var runId in queue.ReadAllAsync(stoppingToken))
            {
                await _slots.WaitAsync(stoppingToken);
                Begin(runId, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Runs still in the queue are stored as queued and taken at the next start.
        }

        await recovery;
    }

    private async Task<bool> DrainAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var drained = Task.WhenAll(_work.Values);
        var ended = await Task.WhenAny(drained, Task.Delay(patience, time, over.Token));
        await over.CancelAsync();
        return ended == drained || drained.IsCompleted;
    }

    private void Begin(Guid runId, CancellationToken stoppingToken)
    {
        var stop = new RunStop();
        if (!_stops.TryAdd(runId, stop))
        {
            // Continued so soon that its last stretch is still tidied up: it begins when that is done.
            stop.Dispose();
            _slots.Release();
            _again[runId] = true;
            if (!_stops.ContainsKey(runId))
            {
                EnqueueAgain(runId);
            }

            return;
        }

        // Registered before it runs, so that a shutdown cannot overlook it.
        var work = new Task<Task>(() => WorkAsync(runId, stop, stoppingToken));
        _work[stop] = work.Unwrap();
        work.Start(TaskScheduler.Default);
    }

    private async Task WorkAsync(Guid runId, RunStop stop, CancellationToken stoppingToken)
    {
        var needsTitle = await AnswerAsync(runId, stop);
        _stops.TryRemove(runId, out _);
        stop.Dispose();
        _slots.Release();
        EnqueueAgain(runId);
        await ResumeIfDecidedAsync(runId);
        if (needsTitle is not null)
        {
            await titles.MakeAsync(needsTitle, stoppingToken);
        }

        _work.TryRemove(stop, out _);
    }

    /// <summary>Carries out the run if it still waits, whatever happens; returns its claim when it was a first answer that came to its end.</summary>
    private async Task<RunClaim?> AnswerAsync(Guid runId, RunStop stop)
    {
        RunClaim? claim;
        try
        {
            claim = await store.ClaimAsync(runId, CancellationToken.None);
        }
        catch (Exception exception)
        {
            LogNotTaken(exception, runId);
            return null;
        }

        if (claim is null)
        {
            await (feed.Find(runId) is { } followed ? settlement.FollowAsync(followed) : Task.CompletedTask);
            return null;
        }

        var view = feed.Open(ItemProjection.ToView(claim.Run, claim.Items));
        if (claim.Run.StopRequested)
        {
            stop.Stop(RunStopReason.User);
        }

        try
        {
            await execution.RunAsync(claim, view, stop);
        }
        catch (Exception exception)
        {
            LogLost(exception, runId);
        }

        await settlement.CloseAsync(view, claim.UserId);
        return options.Value.MakeTitles && view.State.Status is RunStatus.Completed && claim.ParentRunId is null ? claim : null;
    }

    // Someone may have decided before the run was stored as waiting, or stopped it before its view said so.
    private async Task ResumeIfDecidedAsync(Guid runId)
    {
        if (feed.Find(runId) is not { State.Status: RunStatus.AwaitingApproval } view)
        {
            return;
        }

        try
        {
            if (!await approvals.ResumeIfDecidedAsync(runId))
            {
                await settlement.FollowAsync(view);
            }
        }
        catch (Exception exception)
        {
            LogNotResumed(exception, runId); // the approvals' own sweep finds it
        }
    }

    private void EnqueueAgain(Guid runId)
    {
        if (_again.TryRemove(runId, out _))
        {
            queue.Enqueue(runId);
        }
    }

    private void StopRun(Guid runId)
    {
        if (_stops.TryGetValue(runId, out var stop))
        {
            stop.Stop(RunStopReason.User);
        }
    }

    private async Task RecoverRegularlyAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.LeaseSeconds), time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await RecoverAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Shutdown.
        }
    }

    private async Task RecoverAsync(CancellationToken cancellationToken)
    {
        try
        {
            var recovered = await store.RecoverAsync(_stops.ContainsKey, cancellationToken);
            await approvals.CloseLostCallsAsync(cancellationToken);
            if (recovered.Interrupted.Count > 0)
            {
                LogInterrupted(recovered.Interrupted.Count);
                recovered.UserIds.ToList().ForEach(userId => conversations.Publish(userId, conversationId: null));
            }

            foreach (var runId in recovered.Queued.Where(id => !_stops.ContainsKey(id)))
            {
                queue.Enqueue(runId);
            }

            foreach (var view in feed.Views.Where(view => !_stops.ContainsKey(view.Id)))
            {
                await settlement.FollowAsync(view);
            }

            if (_purgedAt is null || time.GetElapsedTime(_purgedAt.Value) >= s_purgeInterval)
            {
                var now = time.GetTimestamp();
                await store.PurgeAsync(cancellationToken);
                _purgedAt = now;
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogRecoveryFailed(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} answers were cut off by an earlier stop of the server; they can be continued")]
    private partial void LogInterrupted(int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "Shutting down: {Count} answers are interrupted; they can be continued")]
    private partial void LogInterrupting(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Shutting down without {Count} answers that did not stop when asked; the next start closes them")]
    private partial void LogAbandoned(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Run {RunId} could not be taken from the queue; it is tried again")]
    private partial void LogNotTaken(Exception exception, Guid runId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Run {RunId} could not be looked at after it began to wait for a decision; it is tried again")]
    private partial void LogNotResumed(Exception exception, Guid runId);

    [LoggerMessage(Level = LogLevel.Error, Message = "The end of run {RunId} could not be stored; recovery closes it")]
    private partial void LogLost(Exception exception, Guid runId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Recovering runs failed; it is tried again")]
    private partial void LogRecoveryFailed(Exception exception);
}
