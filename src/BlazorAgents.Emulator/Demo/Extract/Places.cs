using System.Globalization;
using System.Text.RegularExpressions;

namespace BlazorAgents.Emulator.Demo.Extract;

/// <summary>Finds place names: well-known cities anywhere, capitalised words after in, for, at, near, and lower-case ones after "in".</summary>
internal static partial class Places
{
    private static readonly Dictionary<string, string> s_zones = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Amsterdam"] = "Europe/Amsterdam", ["Athens"] = "Europe/Athens", ["Auckland"] = "Pacific/Auckland", ["Bangkok"] = "Asia/Bangkok",
        ["Barcelona"] = "Europe/Madrid", ["Beijing"] = "Asia/Shanghai", ["Berlin"] = "Europe/Berlin", ["Boston"] = "America/New_York",
        ["Brussels"] = "Europe/Brussels", ["Buenos Aires"] = "America/Argentina/Buenos_Aires", ["Cairo"] = "Africa/Cairo", ["Cape Town"] = "Africa/Johannesburg",
        ["Chicago"] = "America/Chicago", ["Copenhagen"] = "Europe/Copenhagen", ["Delhi"] = "Asia/Kolkata", ["Denver"] = "America/Denver",
        ["Dubai"] = "Asia/Dubai", ["Dublin"] = "Europe/Dublin", ["Frankfurt"] = "Europe/Berlin", ["Geneva"] = "Europe/Zurich",
        ["Helsinki"] = "Europe/Helsinki", ["Hong Kong"] = "Asia/Hong_Kong", ["Istanbul"] = "Europe/Istanbul", ["Lisbon"] = "Europe/Lisbon",
        ["London"] = "Europe/London", ["Los Angeles"] = "America/Los_Angeles", ["Madrid"] = "Europe/Madrid", ["Melbourne"] = "Australia/Melbourne",
        ["Mexico City"] = "America/Mexico_City", ["Miami"] = "America/New_York", ["Milan"] = "Europe/Rome", ["Moscow"] = "Europe/Moscow",
        ["Mumbai"] = "Asia/Kolkata", ["Munich"] = "Europe/Berlin", ["Nairobi"] = "Africa/Nairobi", ["New York"] = "America/New_York",
        ["Oslo"] = "Europe/Oslo", ["Paris"] = "Europe/Paris", ["Prague"] = "Europe/Prague", ["Rio de Janeiro"] = "America/Sao_Paulo",
        ["Rome"] = "Europe/Rome", ["San Francisco"] = "America/Los_Angeles", ["Seattle"] = "America/Los_Angeles", ["Seoul"] = "Asia/Seoul",
        ["Shanghai"] = "Asia/Shanghai", ["Singapore"] = "Asia/Singapore", ["Stockholm"] = "Europe/Stockholm", ["Sydney"] = "Australia/Sydney",
        ["Tokyo"] = "Asia/Tokyo", ["Toronto"] = "America/Toronto", ["Vancouver"] = "America/Vancouver", ["Vienna"] = "Europe/Vienna",
        ["Warsaw"] = "Europe/Warsaw", ["Washington"] = "America/New_York", ["Zurich"] = "Europe/Zurich",
    };

    private static readonly HashSet<string> s_notPlaces = new(("""
        stock celsius fahrenheit kelvin general english german french spanish italian python json markdown detail short total euros dollars usd eur
        january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday
        today tomorrow tonight yesterday morning evening afternoon night advance order time weather me us you it them fact case general particular
        stock? percent minutes hours days weeks months years i utc gmt
        """).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);

    /// <summary>Places in the order they are named, without repeats.</summary>
    public static IReadOnlyList<string> In(string text)
    {
        var found = new SortedDictionary<int, string>();
        foreach (Match match in AfterPreposition().Matches(text))
        {
            AddEach(found, match.Groups["place"]);
        }

        foreach (var city in s_zones.Keys)
        {
            var at = text.IndexOf(city, StringComparison.OrdinalIgnoreCase);
            if (at >= 0 && IsWord(text, at, city.Length) && !found.Any(known => known.Key <= at && at < known.Key + known.Value.Length))
            {
                found[at] = city;
            }
        }

        if (found.Count == 0)
        {
            foreach (Match match in LowerCase().Matches(text))
            {
                var words = match.Groups["place"].Value.Split(' ').TakeWhile(word => !s_notPlaces.Contains(word) && !Words.IsStop(word)).ToArray();
                if (words.Length > 0)
                {
                    found[match.Index] = CultureInfo.InvariantCulture.TextInfo.ToTitleCase(string.Join(' ', words));
                }
            }
        }

        return [.. found.Values.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>The first place named, or null.</summary>
    public static string? First(string text) => In(text) is [var first, ..] ? first : null;

    /// <summary>IANA zone of a well-known city, or null.</summary>
    public static string? ZoneOf(string place) => s_zones.GetValueOrDefault(place);

    private static void AddEach(SortedDictionary<int, string> found, Group group)
    {
        var at = group.Index;
        foreach (var part in Separator().Split(group.Value))
        {
            var offset = group.Value.IndexOf(part, at - group.Index, StringComparison.Ordinal);
            at = group.Index + offset;
            if (part.Length > 1 && !s_notPlaces.Contains(part))
            {
                found[at] = part.Trim().TrimEnd('.');
            }
        }
    }

    private static bool IsWord(string text, int at, int length) =>
        (at == 0 || !char.IsLetter(text[at - 1])) && (at + length == text.Length || !char.IsLetter(text[at + length]));

    // Capitalised words, joined by spaces, hyphens, "and" or a comma ("Paris, London and Rome"; "Seattle, WA" stays one).
    [GeneratedRegex(@"\b(?:[Ii]n|[Ff]or|[Aa]t|[Nn]ear|[Tt]o|[Ff]rom|[Aa]bout)\s+(?<place>\p{Lu}[\p{L}'’-]*(?:(?:\s+(?:de|of|la|el)\s+|\s|,\s*(?:and\s+)?|\s+and\s+)\p{Lu}[\p{L}'’.-]*)*)")]
    private static partial Regex AfterPreposition();

    [GeneratedRegex(@"\s+and\s+|,\s*and\s+|,\s*(?!\p{Lu}{2}\b)")]
    private static partial Regex Separator();

    [GeneratedRegex(@"\b(?:in|at|near)\s+(?<place>\p{Ll}+(?: \p{Ll}+)?)")]
    private static partial Regex LowerCase();
}
