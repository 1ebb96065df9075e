using BlazorAgents.Data;
using Microsoft.Extensions.Logging;

namespace BlazorAgents.Runs;

/// <summary>Closes views that nobody writes any more, so that no reader waits for an end that does not come.</summary>
public sealed partial class RunSettlement(RunStore store, RunFeed feed, ConversationFeed conversations, TimeProvider time, ILogger<RunSettlement> logger)
{
    /// <summary>Closes the view of a run whose work here is over; without a stored end it says so.</summary>
    internal async Task CloseAsync(RunView view, string userId)
    {
        if (view.State.Status is RunStatus.AwaitingApproval)
        {
            // It goes on in this view once people have decided.
            conversations.Publish(userId, view.ConversationId);
            return;
        }

        if (view.State.IsActive)
        {
            var stored = await TryReadAsync(view.Id);
            view.Set(stored is { IsActive: false } ? stored : view.State.WithoutRetry() with
            {
                Status = RunStatus.Interrupted,
                EndedAt = time.GetUtcNow(),
                ErrorMessage = "The end of this answer could not be stored. Reload the page in a minute to see what was kept.",
            });
        }

        feed.Close(view);
        conversations.Publish(userId, view.ConversationId);
    }

    /// <summary>Closes the view of a run that is not at work here, once the run has ended elsewhere.</summary>
    internal async Task FollowAsync(RunView view)
    {
        if (await TryReadAsync(view.Id) is { IsActive: false } stored)
        {
            view.Set(stored);
            feed.Close(view);
        }
    }

    private async Task<RunState?> TryReadAsync(Guid runId)
    {
        try
        {
            return await store.FindStateAsync(runId, CancellationToken.None);
        }
        catch (Exception exception)
        {
            LogUnreadable(exception, runId);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Run {RunId} could not be read")]
    private partial void LogUnreadable(Exception exception, Guid runId);
}
