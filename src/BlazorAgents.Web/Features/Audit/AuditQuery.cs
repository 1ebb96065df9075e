using System.Globalization;
using BlazorAgents.Runs;
using Microsoft.AspNetCore.Http.Extensions;

namespace BlazorAgents.Web.Features.Audit;

/// <summary>The page's filters as they stand in its address; the export takes the same.</summary>
public sealed record AuditQuery
{
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>A part of a name, or an id.</summary>
    public string? Who { get; init; }

    /// <summary>An action or the beginning of one.</summary>
    public string? Action { get; init; }

    /// <summary>The kind of thing.</summary>
    public string? Type { get; init; }

    /// <summary>The thing's id.</summary>
    public string? Id { get; init; }

    /// <summary>The first day, as 2026-01-31.</summary>
    public string? From { get; init; }

    /// <summary>The last day, as 2026-01-31.</summary>
    public string? To { get; init; }

    /// <summary>A part of the summary.</summary>
    public string? Words { get; init; }

    /// <summary>Whether anything is left out.</summary>
    public bool IsEmpty => Parts().All(part => string.IsNullOrWhiteSpace(part.Value));

    /// <summary>The filters of a request.</summary>
    public static AuditQuery Of(IQueryCollection query) => new()
    {
        Who = query["who"], Action = query["action"], Type = query["type"], Id = query["id"], From = query["from"], To = query["to"], Words = query["words"],
    };

    /// <summary>The filter with days as they begin and end in <paramref name="zone"/>, and what is wrong, naming the field.</summary>
    public (AuditFilter Filter, string? Problem) Read(TimeZoneInfo zone)
    {
        var (hasFirst, hasLast) = (Day(From, out var first), Day(To, out var last));
        var problem = !hasFirst ? Wrong("From", From) : !hasLast ? Wrong("To", To) : null;
        problem ??= first > last ? "From: the first day is after the last one." : null;
        return (new AuditFilter
        {
            Actor = Who,
            Action = Action,
            SubjectType = Type,
            SubjectId = Id,
            From = problem is null ? Start(first, zone) : null,
            Until = problem is null && last < DateOnly.MaxValue ? Start(last.Value.AddDays(1), zone) : null,
            Search = Words,
        }, problem);
    }

    /// <summary>An address with these filters and <paramref name="more"/>; what is empty is left out.</summary>
    public string AddressOf(string path, params (string Name, string? Value)[] more)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in Parts().Concat(more))
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                query.Add(name, value.Trim());
            }
        }

        return path + query;
    }

    private (string Name, string? Value)[] Parts() =>
        [("who", Who), ("action", Action), ("type", Type), ("id", Id), ("from", From), ("to", To), ("words", Words)];

    private static bool Day(string? text, out DateOnly? day)
    {
        var isDay = DateOnly.TryParseExact(text?.Trim(), DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed);
        day = isDay ? parsed : null;
        return isDay || string.IsNullOrWhiteSpace(text);
    }

    private static string Wrong(string field, string? text) =>
        $"{field}: \"{(text!.Length > 20 ? text[..20] + "…" : text)}\" is not a day. Write it as 2026-01-31.";

    // A day that begins with the clock put forward begins at the first time that exists.
    private static DateTimeOffset? Start(DateOnly? day, TimeZoneInfo zone)
    {
        if (day is not { } known)
        {
            return null;
        }

        var start = known.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(start))
        {
            start = start.AddMinutes(15);
        }

        var offset = zone.GetUtcOffset(start);
        return start.Ticks - offset.Ticks < 0 ? DateTimeOffset.MinValue
            : start.Ticks - offset.Ticks > DateTime.MaxValue.Ticks ? DateTimeOffset.MaxValue
            : new DateTimeOffset(start, offset).ToUniversalTime();
    }
}
