using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Runs;

/// <summary>The list of events, in the database.</summary>
internal static class AuditQueries
{
    // No stored text is longer; SQLite refuses patterns beyond 50,000 bytes.
    private const int MaxWords = 500;

    public static IQueryable<AuditEvent> Matching(this IQueryable<AuditEvent> rows, AuditFilter filter)
    {
        var (actor, action, search) = (Words(filter.Actor), Words(filter.Action), Words(filter.Search));
        if (new[] { actor, action, search }.Any(words => words?.Length > MaxWords))
        {
            return rows.Where(e => false);
        }

        if (actor is not null)
        {
            var part = $"%{Escape(actor)}%";
            rows = rows.Where(e => e.ActorId == actor || EF.Functions.Like(e.ActorName, part, @"\"));
        }

        if (action is not null)
        {
            var start = $"{Escape(action)}%";
            rows = rows.Where(e => EF.Functions.Like(e.Action, start, @"\"));
        }

        if (search is not null)
        {
            var part = $"%{Escape(search)}%";
            rows = rows.Where(e => EF.Functions.Like(e.Summary, part, @"\"));
        }

        rows = Words(filter.SubjectType) is { } type ? rows.Where(e => e.SubjectType == type) : rows;
        rows = Words(filter.SubjectId) is { } id ? rows.Where(e => e.SubjectId == id) : rows;
        rows = filter.From is { } from ? rows.Where(e => e.At >= from) : rows;
        return filter.Until is { } until ? rows.Where(e => e.At < until) : rows;
    }

    private static string? Words(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string Escape(string words) =>
        words.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
}
