using System.Text.RegularExpressions;

namespace BlazorAgents.Emulator.Demo.Extract;

/// <summary>Finds the text of one field of a structured answer by its name, description and format.</summary>
internal sealed partial class FieldFinder(string text, TimeProvider time)
{
    private static readonly string[] s_conditions =
        ["sunny", "cloudy", "overcast", "rainy", "raining", "snowy", "snowing", "windy", "foggy", "stormy", "clear", "humid", "hot", "cold", "warm", "mild", "partly cloudy"];

    private static readonly string[] s_good = ["love", "great", "good", "excellent", "happy", "perfect", "wonderful", "like", "amazing", "fantastic", "best"];
    private static readonly string[] s_bad = ["hate", "bad", "terrible", "awful", "broken", "poor", "worst", "angry", "disappointed", "slow", "never"];

    /// <summary>The value the text gives a string field, or null.</summary>
    public string? Text(SchemaNode field)
    {
        var found = StringKinds.HasForm(field) ? ByKind(field) : Phrases.After(text, Words.All(field.Name)) ?? ByName(field) ?? ByKind(field);
        return found is { Length: > 0 } ? InFormat(found, field) : null;
    }

    /// <summary>The enum value the text names, or that its mood suggests, or null.</summary>
    public string? Choice(SchemaNode field)
    {
        var said = Words.All(text).Select(Words.Stem).ToList();
        if (field.Enum.FirstOrDefault(choice => Words.All(choice) is { Count: > 0 } words && words.Select(Words.Stem).All(said.Contains)) is { } named)
        {
            return named;
        }

        var mood = said.Count(word => s_good.Contains(word) || s_good.Select(Words.Stem).Contains(word)) - said.Count(word => s_bad.Select(Words.Stem).Contains(word));
        var wanted = mood > 0 ? "positive" : mood < 0 ? "negative" : "neutral";
        return field.Enum.FirstOrDefault(choice => choice.Equals(wanted, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The items of a list field, such as the attendees.</summary>
    public IReadOnlyList<string> List(SchemaNode field)
    {
        var words = field.NameWords.Select(word => Regex.Escape(word) + @"\w*").ToList();
        var items = words.Count > 0 ? Phrases.ListAfter(text, string.Join('|', words)) : [];
        return items.Count > 0 || !People().IsMatch(field.Name) ? items
            : Phrases.Participants(text) is { Count: > 0 } participants ? participants
            : Phrases.FullNames(text);
    }

    private string? ByName(SchemaNode field) => field.NameWords switch
    {
        var words when words.Contains("topic") || words.Contains("subject") || words.Contains("agenda") || words.Contains("titl") => Group(Discuss(), text) ?? Group(Meeting(), text) ?? Group(AboutPattern(), text),
        var words when words.Contains("condition") || words.Contains("weather") || words.Contains("sky") => s_conditions.Where(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)).MaxBy(word => word.Length),
        var words when words.Contains("summary") || words.Contains("abstract") => Sentence().Match(text.Trim()).Value,
        var words when words.Contains("answer") || words.Contains("respons") || words.Contains("reply") || words.Contains("text") => text.Trim(),
        var words when words.Contains("room") || words.Contains("locat") || words.Contains("location") || words.Contains("place") || words.Contains("venue") => Group(Room(), text) ?? Group(BareRoom(), text) ?? Places.First(text),
        var words when words.Contains("currency") => text.Contains('€') ? "EUR" : text.Contains('$') ? "USD" : text.Contains('£') ? "GBP" : null,
        _ => null,
    };

    private string? ByKind(SchemaNode field) => StringKinds.Of(field) switch
    {
        StringKind.Email => Phrases.Email(text),
        StringKind.Phone => Phrases.Phone(text),
        StringKind.Url => Phrases.Url(text),
        StringKind.Date => Dates.DateIn(text),
        StringKind.Time => Dates.TimeIn(text),
        StringKind.Place => Places.First(text),
        StringKind.Company => Phrases.Company(text),
        StringKind.Person => Phrases.Person(text),
        StringKind.Id => Ids.InText(text, field, false),
        StringKind.Query or StringKind.Subject => Queries.Of(text),
        StringKind.Expression => Sums.In(text),
        StringKind.Message => text.Trim(),
        _ => field.Description.Contains("name", StringComparison.OrdinalIgnoreCase) ? Phrases.Person(text) : null,
    };

    private string? InFormat(string found, SchemaNode field) => field.Format switch
    {
        "date" => Dates.Iso(Dates.DateIn(found) ?? found, time),
        "date-time" => Dates.Iso(Dates.DateIn(found) ?? found, time) is { } day ? $"{day}T{(Dates.TimeIn(text) is { } at ? Dates.Iso24(at) : null) ?? "00:00"}:00Z" : null,
        "time" => Dates.Iso24(found) is { } at ? at + ":00Z" : null,
        "email" => Phrases.Email(found),
        "uri" => Phrases.Url(found),
        "uuid" => Guid.TryParse(found, out var id) ? id.ToString() : null,
        _ => found,
    };

    private static string? Group(Regex pattern, string text) => pattern.Match(text) is { Success: true } match ? match.Groups[1].Value.Trim().TrimEnd('.', ',') : null;

    [GeneratedRegex("attendees?|people|participants?|names|persons|guests|members", RegexOptions.IgnoreCase)]
    private static partial Regex People();

    [GeneratedRegex(@"\b(?:to discuss|discuss(?:ing)?|discussion (?:of|about)|to talk about|regarding)\s+(?:the\s+)?([^.;!?\n]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Discuss();

    [GeneratedRegex(@"\b(?:a|an|the)\s+([\w ]{2,40}?)\s+meeting\b", RegexOptions.IgnoreCase)]
    private static partial Regex Meeting();

    [GeneratedRegex(@"\babout\s+(?:the\s+)?([^.,;!?\n]+)", RegexOptions.IgnoreCase)]
    private static partial Regex AboutPattern();

    [GeneratedRegex(@"\b(?:in|at)\s+(?:the\s+)?((?:Conference |Meeting )?Room \w+|\w+ (?:Hall|Office|Room|Building)(?: \w\b)?)")]
    private static partial Regex Room();

    [GeneratedRegex(@"\b((?:Conference |Meeting )?Room (?:\p{Lu}|\d)\w*)")]
    private static partial Regex BareRoom();

    [GeneratedRegex(@"^[^.!?\n]+[.!?]?")]
    private static partial Regex Sentence();
}
