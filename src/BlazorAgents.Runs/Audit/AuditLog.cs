using System.Text;
using System.Text.Json;
using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs;

/// <summary>Writes and checks the audit. Rows are only ever added; the database refuses anything else.</summary>
public sealed class AuditLog(Database database, TimeProvider time)
{
    private const int PageSize = 1_000;
    private const int MaxDetails = 8_000;

    /// <summary>Adds an event in the caller's write transaction; it is stored or undone with the rest of it.</summary>
    /// <remarks>Written at once, so that the next event of the same transaction finds it. Writers follow each other, so the chain has no forks.</remarks>
    public async Task AppendAsync(AppDbContext context, AuditEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(entry);
        var last = await context.AuditEvents.AsNoTracking().OrderByDescending(e => e.Id).Select(e => new { e.Id, e.Hash }).FirstOrDefaultAsync(cancellationToken);
        var (id, previous, at) = ((last?.Id ?? 0) + 1, last?.Hash ?? AuditChain.Root, time.GetUtcNow());
        var (actorName, action, type) = (Clean(entry.Actor?.Name ?? "BlazorAgents", 120), Clean(entry.Action, 60), Clean(entry.SubjectType, 30));
        var (subjectId, summary, details) = (Clean(entry.SubjectId, 200), Clean(entry.Summary, 500), DetailsOf(entry.Details));
        var hash = AuditChain.HashOf(id, at, entry.Actor?.Id, actorName, action, type, subjectId, summary, details, previous);
        await context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "AuditEvents" ("Id", "At", "ActorId", "ActorName", "Action", "SubjectType", "SubjectId", "Summary", "Details", "PreviousHash", "Hash")
            VALUES ({id}, {at.UtcTicks}, {entry.Actor?.Id}, {actorName}, {action}, {type}, {subjectId}, {summary}, {details}, {previous}, {hash})
            """,
            cancellationToken);
    }

    /// <summary>Adds an event on its own.</summary>
    public Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken = default) =>
        database.WriteAsync(context => AppendAsync(context, entry, cancellationToken), cancellationToken);

    /// <summary>Reads the whole chain and finds the first event that was changed, removed or put in.</summary>
    /// <param name="progress">Told how many events were checked, now and then.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    public async Task<AuditCheck> VerifyAsync(IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        var (checkedSoFar, previous) = (0L, AuditChain.Root);
        while (true)
        {
            var after = checkedSoFar;
            var page = await database.ReadAsync(
                context => context.AuditEvents.Where(e => e.Id > after).OrderBy(e => e.Id).Take(PageSize).ToListAsync(cancellationToken), cancellationToken);
            if (page.Count == 0)
            {
                return new AuditCheck(checkedSoFar);
            }

            foreach (var row in page)
            {
                if (FindProblem(row, checkedSoFar + 1, previous) is { } problem)
                {
                    return new AuditCheck(checkedSoFar, row.Id, problem);
                }

                (checkedSoFar, previous) = (row.Id, row.Hash);
            }

            progress?.Report(checkedSoFar);
        }
    }

    private static string? FindProblem(AuditEvent row, long expectedId, string previous)
    {
        if (row.Id != expectedId)
        {
            return row.Id == expectedId + 1 ? $"Event {expectedId} is missing." : $"Events {expectedId} to {row.Id - 1} are missing.";
        }

        return row.PreviousHash != previous ? $"Event {row.Id} does not follow from the event before it."
            : row.Hash != AuditChain.HashOf(row) ? $"Event {row.Id} was changed after it was written."
            : null;
    }

    private static string DetailsOf(object? details)
    {
        var json = details is null ? "{}" : JsonSerializer.Serialize(details, AIJsonUtilities.DefaultOptions);
        return json.Length <= MaxDetails ? json : JsonSerializer.Serialize(new { shortened = json[..(MaxDetails - 100)] }, AIJsonUtilities.DefaultOptions);
    }

    /// <summary>One line without control characters, at most so long.</summary>
    private static string Clean(string text, int length)
    {
        var clean = new StringBuilder(Math.Min(text.Length, length));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength >= length)
            {
                clean.Append('…');
                break;
            }

            clean.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        }

        return clean.ToString();
    }
}
