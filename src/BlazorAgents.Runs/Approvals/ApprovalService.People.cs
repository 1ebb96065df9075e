using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Runs;

/// <content>What becomes of requests when people lose rights.</content>
public sealed partial class ApprovalService
{
    /// <summary>
    /// Withdraws a person's open requests, in the caller's transaction: their role is another one now, so what they may ask for has to be
    /// looked at anew. Their runs go on and are told. Requests that they took on are free again.
    /// </summary>
    /// <returns>Call it after the commit.</returns>
    internal async Task<Action> WithdrawAllOfAsync(AppDbContext context, string personId, string cause, CancellationToken cancellationToken = default)
    {
        var changes = await CloseAsync(context, a => a.RequesterId == personId, cause, cancellationToken);
        await FreeAsync(context, personId, changes, cancellationToken);
        return () => Publish(changes);
    }

    /// <summary>Gives back, in the caller's transaction, what a person took on and can no longer decide.</summary>
    internal async Task FreeAsync(AppDbContext context, string personId, ApprovalChanges changes, CancellationToken cancellationToken = default)
    {
        var taken = await context.Approvals.AsNoTracking().Where(a => a.State == ApprovalState.Pending && a.AssigneeId == personId).ToListAsync(cancellationToken);
        await context.Approvals.Where(a => a.State == ApprovalState.Pending && a.AssigneeId == personId).ExecuteUpdateAsync(
            set => set.SetProperty(a => a.AssigneeId, (string?)null).SetProperty(a => a.AssigneeName, (string?)null), cancellationToken);
        foreach (var row in taken)
        {
            await audit.AppendAsync(
                context,
                new AuditEntry(null, $"{Subject}.unassigned", Subject, row.Id.ToString(), $"{row.ToolName}: unassigned. Because: {row.AssigneeName} lost the right to decide."),
                cancellationToken);
            changes.Add(row, ApprovalState.Pending);
        }
    }
}
