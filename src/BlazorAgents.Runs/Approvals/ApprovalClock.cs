using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BlazorAgents.Runs;

/// <summary>Ends requests that are past their time, at start and every 15 seconds.</summary>
public sealed partial class ApprovalClock(ApprovalService approvals, TimeProvider time, ILogger<ApprovalClock> logger) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(15);

    /// <summary>Looks once; returns how many requests ended.</summary>
    internal Task<int> SweepAsync(CancellationToken cancellationToken = default) => approvals.SweepAsync(cancellationToken);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, time);
        try
        {
            do
            {
                await TrySweepAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end of the process; the next one looks at its start.
        }
    }

    private async Task TrySweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SweepAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogFailed(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Requests past their time could not be ended; the next look is in 15 seconds")]
    private partial void LogFailed(Exception exception);
}
