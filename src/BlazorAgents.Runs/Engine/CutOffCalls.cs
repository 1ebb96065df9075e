using BlazorAgents.Agents;
using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Runs;

/// <summary>The calls of a run whose process is gone. The journal knows of each whether it began: a call is in it before it begins.</summary>
internal static class CutOffCalls
{
    // A decision that is taken up again and again would let one that kills its process do so for ever.
    private static readonly TimeSpan s_resumeWithin = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Queues the run again when people have approved a call of it that has not begun; true when it did. Nothing has happened since
    /// the decision: an approval is used up when its call begins.
    /// </summary>
    public static async Task<bool> TryResumeAsync(AppDbContext context, Run run, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var requests = await context.Approvals.AsNoTracking().Where(a => a.RunId == run.Id).ToListAsync(cancellationToken);
        if (run.StopRequested || requests.Any(a => a.State is ApprovalState.Pending or ApprovalState.Consumed))
        {
            return false;
        }

        var approved = requests.Where(a => a.State is ApprovalState.Approved && a.DecidedAt > now - s_resumeWithin).Select(a => $"{a.Id}").ToHashSet();
        var isOpen = approved.Count > 0 && (await FindAsync(context, run, cancellationToken)).Open.Any(call => call.RequestId is { } id && approved.Contains(id));
        if (isOpen)
        {
            run.Status = RunStatus.Queued;
        }

        return isOpen;
    }

    /// <summary>Gives each call without a result one that says what is known, so that no model takes it for a call that never was, or that is still to come.</summary>
    public static async Task CloseAsync(AppDbContext context, Run run, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (open, seq) = await FindAsync(context, run, cancellationToken);
        if (open.Count == 0)
        {
            return;
        }

        var begun = (await context.ToolExecutions.AsNoTracking().Where(e => e.RunId == run.Id).OrderBy(e => e.Id).ToListAsync(cancellationToken)).ToLookup(e => e.CallId);
        foreach (var call in open)
        {
            var execution = begun[call.CallId].LastOrDefault();
            var result = new ItemPayload.FunctionResult(
                call.CallId, TextOf(execution?.State), OutcomeOf(execution?.State).ToString(), (execution?.DurationUs ?? 0) / 1000);
            context.Items.Add(new ConversationItem
            {
                Id = Guid.CreateVersion7(now),
                RunId = run.Id,
                ConversationId = run.ConversationId,
                Seq = ++seq,
                Kind = result.Kind,
                Payload = result.ToJson(),
                IsComplete = true,
                CreatedAt = now,
            });
        }
    }

    private static async Task<(IReadOnlyList<ItemPayload.FunctionCall> Open, int LastSeq)> FindAsync(AppDbContext context, Run run, CancellationToken cancellationToken)
    {
        var items = await context.Items.AsNoTracking().Where(i => i.RunId == run.Id).OrderBy(i => i.Seq).ToListAsync(cancellationToken);
        return (DecidedCalls.FindOpen(items), items.Count == 0 ? -1 : items[^1].Seq);
    }

    private static string TextOf(ToolExecutionState? state) => state switch
    {
        null or ToolExecutionState.Refused => HistoryBuilder.NotRun,
        ToolExecutionState.Succeeded => """{"error":"The call was carried out and succeeded, but its result was lost. Do not make it again; look at what it did."}""",
        ToolExecutionState.Failed => """{"error":"The tool failed."}""",
        _ => HistoryBuilder.CutOff,
    };

    private static ToolOutcome OutcomeOf(ToolExecutionState? state) => state switch
    {
        ToolExecutionState.Succeeded => ToolOutcome.Succeeded,
        ToolExecutionState.Failed => ToolOutcome.Failed,
        ToolExecutionState.TimedOut => ToolOutcome.TimedOut,
        _ => ToolOutcome.Cancelled,
    };
}
