using System.Text.RegularExpressions;

namespace BlazorAgents.Emulator.Demo.Extract;

/// <summary>Tells from its name, format and description what a string parameter is for.</summary>
internal static partial class StringKinds
{
    private static readonly (StringKind Kind, string Names)[] s_byName =
    [
        (StringKind.Zone, "timezone tz time_zone zone"),
        (StringKind.Email, "email mail recipient_email"),
        (StringKind.Phone, "phone telephone mobile tel"),
        (StringKind.Url, "url uri link website webpage"),
        (StringKind.Place, "location city place town country region address destination origin where venue"),
        (StringKind.Query, "query q search keyword keywords topic question term terms search_query searchterm text_query"),
        (StringKind.Expression, "expression formula equation calculation"),
        (StringKind.Code, "code script program source python"),
        (StringKind.Date, "date day due deadline birthday when"),
        (StringKind.Time, "time hour"),
        (StringKind.Company, "company organisation organization employer"),
        (StringKind.Person, "person recipient assignee attendee author name fullname full_name customer_name to contact"),
        (StringKind.Message, "message body content text note comment description reason summary details"),
        (StringKind.Subject, "subject title headline label"),
        (StringKind.Language, "language lang target_language"),
    ];

    public static StringKind Of(SchemaNode parameter)
    {
        if (parameter.Type != "string" || parameter.Enum.Count > 0)
        {
            return StringKind.Free;
        }

        return parameter.Format switch
        {
            "date" or "date-time" => StringKind.Date,
            "time" => StringKind.Time,
            "email" => StringKind.Email,
            "uri" or "url" => StringKind.Url,
            "uuid" => StringKind.Id,
            _ when IdName().IsMatch(parameter.Name) => StringKind.Id,
            _ => ByName(parameter.Name) ?? ByDescription(parameter.Description),
        };
    }

    /// <summary>Whether the values can be told by their form alone.</summary>
    public static bool HasForm(SchemaNode parameter) => Of(parameter) is StringKind.Id or StringKind.Email or StringKind.Url or StringKind.Phone or StringKind.Date;

    private static StringKind? ByName(string name)
    {
        var words = Words.All(name);
        var whole = string.Join('_', words);
        foreach (var (kind, names) in s_byName)
        {
            var known = names.Split(' ');
            if (known.Contains(whole) || (words.Count > 0 && known.Contains(words[^1])))
            {
                return kind;
            }
        }

        return null;
    }

    private static StringKind ByDescription(string description) => description switch
    {
        _ when PlaceDescription().IsMatch(description) => StringKind.Place,
        _ when IdDescription().IsMatch(description) => StringKind.Id,
        _ when QueryDescription().IsMatch(description) => StringKind.Query,
        _ => StringKind.Free,
    };

    [GeneratedRegex("(?:^|_|[a-z])(?:id|Id|ID|sku|number|identifier)$|^id$")]
    private static partial Regex IdName();

    [GeneratedRegex(@"\b(?:city|town|place|location|country)\b", RegexOptions.IgnoreCase)]
    private static partial Regex PlaceDescription();

    [GeneratedRegex(@"\b(?:identifier|id)\b", RegexOptions.IgnoreCase)]
    private static partial Regex IdDescription();

    [GeneratedRegex(@"\b(?:query|search|keywords?|question)\b", RegexOptions.IgnoreCase)]
    private static partial Regex QueryDescription();
}
