using System.Globalization;
using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Runs;

/// <content>What administrators see of the audit.</content>
public sealed partial class AuditLog
{
    private const int MaxPage = 1_000;

    /// <summary>A part of the audit, the newest first.</summary>
    /// <param name="actor">Who reads.</param>
    /// <param name="filter">Which events.</param>
    /// <param name="before">Only events before this one; null for the newest.</param>
    /// <param name="take">How many, at most 1,000.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="UnauthorizedAccessException">The person is no administrator now.</exception>
    /// <exception cref="InvalidDataException">An event of the page was changed to something that cannot be read.</exception>
    public async Task<AuditPage> ListAsync(Actor actor, AuditFilter filter, long? before, int take, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var size = Math.Clamp(take, 1, MaxPage);
        try
        {
            return await database.ReadAsync(
                async context =>
                {
                    await DemandAsync(context, actor, cancellationToken);
                    var rows = before is null ? context.AuditEvents : context.AuditEvents.Where(e => e.Id < before);
                    var found = await rows.Matching(filter).OrderByDescending(e => e.Id).Take(size + 1).ToListAsync(cancellationToken);
                    return new AuditPage(found.Take(size).ToList(), found.Count > size);
                },
                cancellationToken);
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            throw new InvalidDataException("Some of these events cannot be read: they were changed after they were written. Verify the chain to find the first.", exception);
        }
    }

    /// <summary>The number of the newest event; 0 when there is none.</summary>
    /// <exception cref="UnauthorizedAccessException">The person is no administrator now.</exception>
    public Task<long> NewestIdAsync(Actor actor, CancellationToken cancellationToken = default) => database.ReadAsync(
        async context =>
        {
            await DemandAsync(context, actor, cancellationToken);
            return await context.AuditEvents.MaxAsync(e => (long?)e.Id, cancellationToken) ?? 0;
        },
        cancellationToken);

    /// <summary>Writes all matching events as CSV, the newest first, page by page; returns how many there were. The export is an event itself.</summary>
    /// <exception cref="UnauthorizedAccessException">The person is no administrator now; nothing was written if they were none before.</exception>
    public async Task<long> ExportAsync(Actor actor, AuditFilter filter, TextWriter writer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(writer);

        // Before the first line leaves: an export that breaks off has told something all the same.
        await database.WriteAsync(
            async context =>
            {
                var current = await DemandAsync(context, actor, cancellationToken);
                await AppendAsync(context, new AuditEntry(current, AuditActions.AuditExported, "audit", "events", "Exported the audit", filter), cancellationToken);
            },
            cancellationToken);
        var (count, before) = (0L, (long?)null);
        while (true)
        {
            var page = await ListAsync(actor, filter, before, MaxPage, cancellationToken);
            if (before is null)
            {
                await writer.WriteAsync("Id,Time,Actor,Actor id,Action,Subject type,Subject id,Summary,Details,Previous hash,Hash\r\n".AsMemory(), cancellationToken);
            }

            foreach (var row in page.Events)
            {
                await writer.WriteAsync($"{Line(row)}\r\n".AsMemory(), cancellationToken);
            }

            count += page.Events.Count;
            if (!page.HasOlder)
            {
                return count;
            }

            before = page.Events[^1].Id;
        }
    }

    // What the database's values become when someone wrote others into a row.
    private static bool IsUnreadable(Exception exception) => exception is ArgumentOutOfRangeException or FormatException or InvalidCastException;

    private static string Line(AuditEvent row) => CsvText.Line(
    [
        row.Id.ToString(CultureInfo.InvariantCulture), row.At.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture),
        row.ActorName, row.ActorId, row.Action, row.SubjectType, row.SubjectId, row.Summary, row.Details, row.PreviousHash, row.Hash,
    ]);

    private static async Task<Actor> DemandAsync(AppDbContext context, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return await context.FindCurrentAsync(actor, cancellationToken) is { } current && current.Is(Roles.Admin)
            ? current
            : throw new UnauthorizedAccessException("Only administrators see the audit.");
    }
}
