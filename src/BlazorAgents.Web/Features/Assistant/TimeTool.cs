using System.ComponentModel;
using System.Globalization;

namespace BlazorAgents.Web.Features.Assistant;

/// <summary>The current time in any time zone.</summary>
public sealed class TimeTool(TimeProvider time)
{
    /// <summary>The time in a zone named by its IANA id or by its city.</summary>
    /// <returns>An object with the zone and its local time, or with <c>error</c>.</returns>
    [Description("Get the current date and time in a time zone or a city.")]
    public object GetTime(
        [Description("An IANA time zone such as 'Europe/Paris', or a city such as 'Tokyo'; UTC when left out")] string? timezone = null)
    {
        if (Find(timezone) is not { } zone)
        {
            return new { error = $"No time zone or city named '{timezone}' is known. Give an IANA time zone such as 'Europe/Paris'." };
        }

        var local = TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone);
        return new
        {
            timezone = zone.Id,
            time = local.ToString("HH:mm", CultureInfo.InvariantCulture),
            date = local.ToString("dddd, d MMMM yyyy", CultureInfo.InvariantCulture),
            utc_offset = local.ToString("zzz", CultureInfo.InvariantCulture),
        };
    }

    private static TimeZoneInfo? Find(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return TimeZoneInfo.Utc;
        }

        var wanted = name.Trim().Replace(' ', '_');
        return TimeZoneInfo.TryFindSystemTimeZoneById(wanted, out var zone)
            ? zone
            : TimeZoneInfo.GetSystemTimeZones().FirstOrDefault(z => IsCityOf(z.Id, wanted) || IsCityOf(z.Id, wanted.Split(',')[0]));
    }

    private static bool IsCityOf(string id, string city) =>
        id[(id.LastIndexOf('/') + 1)..].Equals(city, StringComparison.OrdinalIgnoreCase);
}
