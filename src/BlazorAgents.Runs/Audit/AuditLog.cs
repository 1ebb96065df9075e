using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Runs;

/// <summary>Writes, shows and checks the audit. Rows are only ever added; the database refuses anything else.</summary>
public sealed partial class AuditLog(Database database, TimeProvider time)
{
    /// <summary>Adds an event in the caller's write transaction; it is stored or undone with the rest of it.</summary>
    /// <remarks>Written at once, so that the next event of the same transaction finds it. Writers follow each other, so the chain has no forks.</remarks>
    public async Task AppendAsync(AppDbContext context, AuditEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(entry);
        var last = await context.AuditEvents.AsNoTracking().OrderByDescending(e => e.Id).Select(e => new { e.Id, e.Hash }).FirstOrDefaultAsync(cancellationToken);
        var (id, previous, at) = ((last?.Id ?? 0) + 1, last?.Hash ?? AuditChain.Root, time.GetUtcNow());
        var (actorName, action, type) = (AuditText.Clean(entry.Actor?.Name ?? "BlazorAgents", 120), AuditText.Clean(entry.Action, 60), AuditText.Clean(entry.SubjectType, 30));
        var (subjectId, summary, details) = (AuditText.Clean(entry.SubjectId, 200), AuditText.Clean(entry.Summary, 500), AuditText.DetailsOf(entry.Details));
        var hash = AuditChain.HashOf(id, at, entry.Actor?.Id, actorName, action, type, subjectId, summary, details, previous);
        await context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "AuditEvents" ("Id", "At", "ActorId", "ActorName", "Action", "SubjectType", "SubjectId", "Summary", "Details", "PreviousHash", "Hash")
            VALUES ({id}, {at.UtcTicks}, {entry.Actor?.Id}, {actorName}, {action}, {type}, {subjectId}, {summary}, {details}, {previous}, {hash})
            """,
            cancellationToken);
    }

    /// <summary>Adds an event on its own; not inside a write transaction, which it would wait for.</summary>
    public Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken = default) =>
        database.WriteAsync(context => AppendAsync(context, entry, cancellationToken), cancellationToken);
}
