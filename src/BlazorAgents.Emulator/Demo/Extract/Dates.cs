using System.Globalization;
using System.Text.RegularExpressions;

namespace BlazorAgents.Emulator.Demo.Extract;

/// <summary>Finds dates and times of day as they are written, and turns dates into ISO form.</summary>
internal static partial class Dates
{
    public static string? DateIn(string text) => DatePattern().Match(text) is { Success: true } match ? match.Value : null;

    public static string? TimeIn(string text) => TimePattern().Match(text) is { Success: true } match ? match.Value.Trim() : null;

    /// <summary>A written date as yyyy-MM-dd, or null if it cannot be told.</summary>
    public static string? Iso(string written, TimeProvider time)
    {
        var today = DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        var date = written.ToLowerInvariant() switch
        {
            "today" or "tonight" => today,
            "tomorrow" => today.AddDays(1),
            "yesterday" => today.AddDays(-1),
            _ => Weekday(written, today)
                ?? (DateOnly.TryParse(Ordinal().Replace(written, "$1"), CultureInfo.GetCultureInfo("en-US"), out var parsed) ? parsed : null),
        };
        return date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    /// <summary>A written time of day as HH:mm, or null.</summary>
    public static string? Iso24(string written) =>
        TimeOnly.TryParse(written.Replace(".", "", StringComparison.Ordinal), CultureInfo.GetCultureInfo("en-US"), out var time)
            ? time.ToString("HH:mm", CultureInfo.InvariantCulture)
            : null;

    private static DateOnly? Weekday(string written, DateOnly today)
    {
        foreach (var day in Enum.GetValues<DayOfWeek>())
        {
            if (written.EndsWith(day.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                var ahead = ((int)day - (int)today.DayOfWeek + 7) % 7;
                return today.AddDays(ahead == 0 ? 7 : ahead);
            }
        }

        return null;
    }

    private const string Months = "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)";
    private const string Days = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day";

    [GeneratedRegex(@"\b(?:\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}\.\d{1,2}\.\d{4}|" + Months + @"\s+\d{1,2}(?:st|nd|rd|th)?(?:,?\s+\d{4})?|\d{1,2}(?:st|nd|rd|th)?\s+" + Months + @"(?:\s+\d{4})?|(?:(?:next|this|coming)\s+)?" + Days + @"|today|tonight|tomorrow|yesterday|next\s+(?:week|month))\b", RegexOptions.IgnoreCase)]
    private static partial Regex DatePattern();

    [GeneratedRegex(@"\b(?:\d{1,2}:\d{2}(?:\s*[ap]\.?m\b\.?)?|\d{1,2}\s*[ap]\.?m\b|noon|midnight)", RegexOptions.IgnoreCase)]
    private static partial Regex TimePattern();

    [GeneratedRegex(@"(\d)(?:st|nd|rd|th)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Ordinal();
}
