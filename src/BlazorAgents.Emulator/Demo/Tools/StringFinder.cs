using System.Text.RegularExpressions;
using BlazorAgents.Emulator.Demo.Extract;

namespace BlazorAgents.Emulator.Demo.Tools;

/// <summary>Finds the text of a string parameter by what the parameter is for.</summary>
internal sealed partial class StringFinder(Evidence evidence)
{
    private string Text => evidence.Text;

    public string? Find(SchemaNode parameter, bool onlyOne)
    {
        // "This Python code: ..." says where the code is, not what it is.
        if (StringKinds.Of(parameter) != StringKind.Code && Phrases.After(Text, Words.All(parameter.Name)) is { } said && !StringKinds.HasForm(parameter))
        {
            return said;
        }

        var found = ByKind(parameter, onlyOne);
        if (found is null && evidence.Asked == parameter.Name)
        {
            found = Places.In(evidence.Reply) is [var place] && StringKinds.Of(parameter) == StringKind.Place ? place : evidence.Reply.Trim().TrimEnd('.', '!');
        }

        return found ?? (parameter.Required ? FromHistory(parameter) : null);
    }

    private string? ByKind(SchemaNode parameter, bool onlyOne) => StringKinds.Of(parameter) switch
    {
        StringKind.Id => Ids.InText(Text, parameter, onlyOne),
        StringKind.Place => Places.First(Text),
        StringKind.Query => parameter.Required || onlyOne ? Queries.Of(Text) : null,
        StringKind.Expression => Sums.In(Text),
        StringKind.Code => CodeWriter.For(Text),
        StringKind.Url => Phrases.Url(Text),
        StringKind.Email => Phrases.Email(Text),
        StringKind.Phone => Phrases.Phone(Text),
        StringKind.Date => Dates.DateIn(Text) is { } date ? Dates.Iso(date, evidence.Time) ?? date : null,
        StringKind.Time => Dates.TimeIn(Text),
        StringKind.Zone => Zone(),
        StringKind.Person => Phrases.Person(Text) ?? Called(),
        StringKind.Company => Phrases.Company(Text),
        StringKind.Message => Group(Saying(), Text) ?? Group(Reason(), Text) ?? (parameter.Required ? Phrases.Quoted(Text) ?? Group(Colon(), Text) : null),
        StringKind.Subject => Phrases.Quoted(Text) ?? Called() ?? Group(About(), Text) ?? Group(Colon(), Text),
        StringKind.Language => Group(Language(), Text),
        _ => Phrases.Quoted(Text) ?? (parameter.Required ? Called() ?? (parameter.NameWords.Contains("valu") ? Group(NewValue(), Text) : null) ?? (onlyOne ? Group(Colon(), Text) ?? (TakesAnything().IsMatch(parameter.Name) ? Queries.Of(Text) : Group(InTheThing(), Text)) : null) : null),
    };

    /// <summary>What was said or found earlier for the parameter, or null.</summary>
    public string? FromHistory(SchemaNode parameter) => StringKinds.Of(parameter) switch
    {
        StringKind.Id => Ids.InSteps(evidence.Steps, parameter, evidence.Things) ?? evidence.Earlier.Select(text => Ids.InText(text, parameter, false)).FirstOrDefault(id => id is not null),
        StringKind.Place => evidence.EarlierArgument(parameter.Name) ?? evidence.Earlier.SelectMany(Places.In).FirstOrDefault(),
        StringKind.Email when evidence.PointsBack => evidence.Earlier.Select(Phrases.Email).FirstOrDefault(email => email is not null),
        StringKind.Person when evidence.PointsBack => evidence.Earlier.Select(Phrases.Person).FirstOrDefault(name => name is not null),
        _ => null,
    };

    private string? Zone() => Group(ZoneName(), Text) ?? Places.In(Text).Select(Places.ZoneOf).FirstOrDefault(zone => zone is not null);

    private string? Called() => Group(CalledPattern(), Text);

    private static string? Group(Regex pattern, string text) =>
        pattern.Match(text) is { Success: true } match ? match.Groups[1].Value.Trim().Trim('"').TrimEnd('.', ',') : null;

    [GeneratedRegex(@"\b(?:saying|that says|says|message|text|note|comment)\b[:\s]+(?:that\s+)?(.+)$", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Saying();

    [GeneratedRegex(@":\s+(\S.*)$", RegexOptions.Singleline)]
    private static partial Regex Colon();

    [GeneratedRegex(@"\b(?:because(?: of)?|due to)\s+([^.!?\n]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Reason();

    [GeneratedRegex(@"\b(?:called|named|titled|entitled)\s+[""“]?([^"".,;!?\n]+)", RegexOptions.IgnoreCase)]
    private static partial Regex CalledPattern();

    [GeneratedRegex(@"\b(?:about|regarding|subject|on)\s+([^.,;!?\n]+?)(?=\s+(?:saying|that says|and)\b|[.,;!?\n]|$)", RegexOptions.IgnoreCase)]
    private static partial Regex About();

    [GeneratedRegex(@"\bto\s+([^.,;!?\n]+?)\s*[.!]?$", RegexOptions.IgnoreCase)]
    private static partial Regex NewValue();

    [GeneratedRegex("input|prompt|request|value|data|string", RegexOptions.IgnoreCase)]
    private static partial Regex TakesAnything();

    [GeneratedRegex(@"\b(?:in|of|for|at|from)\s+(?:the\s+|my\s+)?([^.,;!?\n]+?)(?=\s+(?:and|to|with|please)\b|[.,;!?\n]|$)", RegexOptions.IgnoreCase)]
    private static partial Regex InTheThing();

    [GeneratedRegex(@"\b(?:to|into|in)\s+(\p{Lu}\p{Ll}+)\b")]
    private static partial Regex Language();

    [GeneratedRegex(@"\b((?:Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific|Etc)/[A-Z]\w+(?:/[A-Z]\w+)?|UTC(?:[+-]\d{1,2})?|GMT|EST|PST|CET)\b")]
    private static partial Regex ZoneName();
}
