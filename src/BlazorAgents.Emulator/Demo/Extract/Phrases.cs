using System.Text.RegularExpressions;

namespace BlazorAgents.Emulator.Demo.Extract;

/// <summary>Finds pieces of text with a form of their own: addresses, names, quotes, lists.</summary>
internal static partial class Phrases
{
    public static string? Email(string text) => First(EmailPattern(), text);

    public static string? Url(string text) => First(UrlPattern(), text)?.TrimEnd('.', ',', ')');

    public static string? Phone(string text) => First(PhonePattern(), text)?.Trim();

    public static string? Quoted(string text) => QuotedPattern().Match(text) is { Success: true } match ? match.Groups[1].Value + match.Groups[2].Value : null;

    /// <summary>Capitalised first and last names, in order.</summary>
    public static IReadOnlyList<string> FullNames(string text) =>
        [.. FullNamePattern().Matches(text).Select(match => match.Value).Where(name => !Words.All(name).Any(Words.IsStop)).Distinct()];

    /// <summary>The name somebody gives as their own, or that is introduced by "to", "with", "for", "add".</summary>
    public static string? Person(string text) =>
        NamePattern().Match(text) is { Success: true } match ? match.Groups[1].Value : FullNames(text) is [var first, ..] ? first : null;

    public static string? Company(string text) => CompanyPattern().Match(text) is { Success: true } match
        ? match.Groups[1].Value.Trim().TrimEnd('.', ',')
        : First(LegalFormPattern(), text);

    /// <summary>Who speaks in a transcript ("Anna: ..."), and who is met ("with Dana and Eve"), in order.</summary>
    public static IReadOnlyList<string> Participants(string text) =>
        SpeakerPattern().Matches(text).Select(match => match.Groups[1].Value).Distinct().ToList() is { Count: > 1 } speakers ? speakers
        : CompanionPattern().Match(text) is { Success: true } match ? Split(match.Groups[1].Value)
        : [];

    /// <summary>The items of "a, b, and c" after the given opening (a regular expression), or empty.</summary>
    public static IReadOnlyList<string> ListAfter(string text, string opening)
    {
        var match = Regex.Match(text, $@"\b(?:{opening})\b\s*(?:will be|are|is|include[sd]?|of|:)?\s*:?\s*([^.;!?\n]+)", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));
        return match.Success ? Split(match.Groups[1].Value) : [];
    }

    public static IReadOnlyList<string> Split(string list) =>
        [.. ListSeparator().Split(list).Select(item => item.Trim().Trim('"')).Where(item => item.Length > 0)];

    /// <summary>What follows "WORDS is", "WORDS:" or "WORDS =", up to the end of the clause.</summary>
    public static string? After(string text, IEnumerable<string> words)
    {
        var label = string.Join(@"[\s_-]+", words.Select(Regex.Escape));
        if (label.Length == 0)
        {
            return null;
        }

        var match = Regex.Match(text, $@"\b{label}\b\s*(?:\bis\b|:|=)\s*[""“]?([^""”.,;!?\n]+)", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));
        return match.Success ? match.Groups[1].Value.Trim() : null;
    }

    private static string? First(Regex pattern, string text) => pattern.Match(text) is { Success: true } match ? match.Value : null;

    [GeneratedRegex(@"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")]
    private static partial Regex EmailPattern();

    [GeneratedRegex(@"https?://[^\s""'<>]+")]
    private static partial Regex UrlPattern();

    [GeneratedRegex(@"\+\d{1,3}(?:[ -]?\(?\d{1,8}\)?){1,6}(?![\w-])|(?<![\w-])(?!\d{4}-\d{2}-\d{2}\b)(?:\(\d{2,4}\)[ -]?)?\d{2,4}(?:[ -]\d{2,4}){1,4}(?![\w-])")]
    private static partial Regex PhonePattern();

    [GeneratedRegex("[\"“]([^\"”]+)[\"”]|(?<!\\w)'([^']+)'(?!\\w)")]
    private static partial Regex QuotedPattern();

    [GeneratedRegex(@"\b\p{Lu}\p{Ll}+(?: (?:\p{Lu}\.|\p{Lu}[\p{L}'’-]+)){1,2}\b")]
    private static partial Regex FullNamePattern();

    [GeneratedRegex(@"(?:[Mm]y name is|[Ii]'m|[Ii] am|[Cc]all me|[Nn]amed|[Nn]ame:|[Aa]dd|[Cc]ontact|[Ww]ith|[Tt]o|[Ff]or)\s+(\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+){0,2})")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"(?:works? (?:at|for)|working (?:at|for)|employed (?:at|by)|company(?: is|:)?|from the company)\s+(\p{Lu}[\w&'-]*(?: \p{Lu}[\w&'-]*){0,3})")]
    private static partial Regex CompanyPattern();

    [GeneratedRegex(@"\b\p{Lu}[\w&'-]*(?: \p{Lu}[\w&'-]*){0,3} (?:GmbH|Inc|Ltd|LLC|Corp|AG|BV|SA|Oy|AB|PLC)\b")]
    private static partial Regex LegalFormPattern();

    [GeneratedRegex(@"^\s*(\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)?):\s", RegexOptions.Multiline)]
    private static partial Regex SpeakerPattern();

    [GeneratedRegex(@"\bwith\s+(\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)?(?:(?:,\s*(?:and\s+)?|\s+and\s+)\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)?)*)")]
    private static partial Regex CompanionPattern();

    [GeneratedRegex(@"\s*,\s*(?:and\s+|or\s+)?|\s+and\s+|\s*&\s*|\s*\n\s*[-*]?\s*", RegexOptions.IgnoreCase)]
    private static partial Regex ListSeparator();
}
