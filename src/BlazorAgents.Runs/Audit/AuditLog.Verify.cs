using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Runs;

/// <content>The check of the chain.</content>
public sealed partial class AuditLog
{
    private const int CheckedAtOnce = 1_000;

    /// <summary>Reads the whole chain, for an administrator, and finds the first event that was changed, removed or put in; then tells the audit.</summary>
    /// <inheritdoc cref="VerifyAsync(IProgress{long}?, CancellationToken)"/>
    /// <exception cref="UnauthorizedAccessException">The person is no administrator now.</exception>
    public async Task<AuditCheck> VerifyAsync(Actor actor, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        var current = await database.ReadAsync(context => DemandAsync(context, actor, cancellationToken), cancellationToken);
        var check = await VerifyAsync(progress, cancellationToken);
        var summary = check.Problem is null ? "Checked the audit: all events are sound" : $"Checked the audit: {check.Problem}";
        await AppendAsync(new AuditEntry(current, AuditActions.AuditVerified, "audit", "events", summary, check), cancellationToken);
        return check;
    }

    /// <summary>Reads the whole chain and finds the first event that was changed, removed or put in.</summary>
    /// <remarks>The last events taken away together leave a chain that is sound: only a hash that was written down elsewhere shows that.</remarks>
    /// <param name="progress">Told how many events were checked, now and then.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    public async Task<AuditCheck> VerifyAsync(IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        var (count, size, previous) = (0L, CheckedAtOnce, AuditChain.Root);
        while (true)
        {
            List<AuditEvent> page;
            try
            {
                page = await database.ReadAsync(context => After(context, count).Take(size).ToListAsync(cancellationToken), cancellationToken);
            }
            catch (Exception exception) when (IsUnreadable(exception))
            {
                if (size > 1)
                {
                    size = 1; // a value that is none was written into a row: look for it one by one
                    continue;
                }

                var unreadable = await database.ReadAsync(context => After(context, count).Select(e => e.Id).FirstAsync(cancellationToken), cancellationToken);
                return new AuditCheck(count, unreadable, $"Event {unreadable} cannot be read: it was changed after it was written.");
            }

            foreach (var row in page)
            {
                if (FindProblem(row, count + 1, previous) is { } problem)
                {
                    return new AuditCheck(count, row.Id, problem);
                }

                (count, previous) = (row.Id, row.Hash);
            }

            if (page.Count < size)
            {
                return new AuditCheck(count);
            }

            progress?.Report(count);
        }
    }

    // Before the first one no bound: an event may have been put in there.
    private static IQueryable<AuditEvent> After(AppDbContext context, long count) =>
        (count == 0 ? context.AuditEvents : context.AuditEvents.Where(e => e.Id > count)).OrderBy(e => e.Id);

    private static string? FindProblem(AuditEvent row, long expectedId, string previous)
    {
        if (row.Id != expectedId)
        {
            return row.Id < expectedId ? $"Event {row.Id} was put in before the first one."
                : row.Id == expectedId + 1 ? $"Event {expectedId} is missing."
                : $"Events {expectedId} to {row.Id - 1} are missing.";
        }

        return row.PreviousHash != previous ? $"Event {row.Id} does not follow from the event before it."
            : row.Hash != AuditChain.HashOf(row) ? $"Event {row.Id} was changed after it was written."
            : null;
    }
}
