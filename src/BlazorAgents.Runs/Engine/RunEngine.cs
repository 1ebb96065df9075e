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
    TitleMaker titles,
    ConversationFeed conversations,
    IOptions<RunsOptions> options,
    TimeProvider time,
    ILogger<RunEngine> logger) : BackgroundService
{
    private readonly ConcurrentDictionary<Guid, RunStop> _stops = new();
    private readonly ConcurrentDictionary<Guid, Task> _work = new();
    private readonly SemaphoreSlim _slots = new(options.Value.MaxConcurrent, options.Value.MaxConcurrent);

    /// <summary>Closes what an earlier process left, and queues again what it had accepted. Later starts wait for it.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        queue.StopRequested += StopRun;
        await RecoverAsync(cancellationToken);
        await store.PurgeAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Waits for the runs at work, then interrupts them; each one's end is stored before this returns.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.StopRequested -= StopRun;
        await base.StopAsync(cancellationToken);
        var drained = Task.WhenAll(_work.Values);
        var patience = Task.Delay(TimeSpan.FromSeconds(options.Value.DrainSeconds), time, cancellationToken);
        if (await Task.WhenAny(drained, patience) != drained)
        {
            LogInterrupting(_stops.Count);
            foreach (var stop in _stops.Values)
            {
                stop.Stop(RunStopReason.Shutdown);
            }

            await drained;
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _slots.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var recovery = RecoverRegularlyAsync(stoppingToken);
        try
        {
            await foreach (var runId in queue.Runs.ReadAllAsync(stoppingToken))
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

    private void Begin(Guid runId, CancellationToken stoppingToken)
    {
        if (!_stops.TryAdd(runId, new RunStop()))
        {
            _slots.Release();
            return;
        }

        // Registered before it runs, so that a shutdown cannot overlook it.
        var work = new Task<Task>(() => WorkAsync(runId, stoppingToken));
        _work[runId] = work.Unwrap();
        work.Start(TaskScheduler.Default);
    }

    private async Task WorkAsync(Guid runId, CancellationToken stoppingToken)
    {
        var stop = _stops[runId];
        try
        {
            if (await store.ClaimAsync(runId, CancellationToken.None) is { } claim)
            {
                await WorkAsync(claim, stop, stoppingToken);
            }
        }
        catch (Exception exception)
        {
            // The end could not be stored (a full disk, say): the lease runs out and recovery closes the run.
            LogLost(exception, runId);
        }
        finally
        {
            feed.Close(runId);
            _stops.TryRemove(runId, out _);
            stop.Dispose();
            _slots.Release();
            _work.TryRemove(runId, out _);
        }
    }

    private async Task WorkAsync(RunClaim claim, RunStop stop, CancellationToken stoppingToken)
    {
        var view = feed.Find(claim.Run.Id);
        if (view is null)
        {
            view = ItemProjection.ToView(claim.Run, claim.Items);
            feed.Open(view);
        }

        if (claim.Run.StopRequested)
        {
            stop.Stop(RunStopReason.User);
        }

        await execution.RunAsync(claim, view, stop);
        feed.Close(claim.Run.Id);
        conversations.Publish(claim.UserId);
        if (options.Value.MakeTitles && view.State.Status is RunStatus.Completed && claim.ParentRunId is null)
        {
            await titles.MakeAsync(claim, stoppingToken);
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
            var recovered = await store.RecoverAsync(cancellationToken);
            if (recovered.Interrupted.Count > 0)
            {
                LogInterrupted(recovered.Interrupted.Count);
            }

            foreach (var runId in recovered.Queued.Where(id => !_stops.ContainsKey(id)))
            {
                queue.Enqueue(runId);
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

    [LoggerMessage(Level = LogLevel.Error, Message = "The end of run {RunId} could not be stored")]
    private partial void LogLost(Exception exception, Guid runId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Recovering runs failed; it is tried again")]
    private partial void LogRecoveryFailed(Exception exception);
}
