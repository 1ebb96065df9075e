using System.Text.RegularExpressions;

namespace BlazorAgents.Emulator.Demo.Talk;

/// <summary>Stories, and answers that show what the renderer can do.</summary>
internal static partial class Showcase
{
    public static string? Answer(Conversation conversation) => conversation.Question switch
    {
        var asked when Long().IsMatch(asked) => ShowcaseTexts.LongAnswer,
        var asked when Story().IsMatch(asked) => ShowcaseTexts.Story,
        var asked when Everything().IsMatch(asked) => ShowcaseTexts.Everything,
        var asked when Table().IsMatch(asked) => ShowcaseTexts.Table,
        var asked when Code().IsMatch(asked) => ShowcaseTexts.Code,
        _ => null,
    };

    [GeneratedRegex(@"\b(?:long|lengthy|detailed) (?:answer|text|response|reply|essay)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Long();

    [GeneratedRegex(@"\b(?:tell|write|make up|give|read)\b.{0,30}\b(?:story|tale)\b|\bonce upon a time\b", RegexOptions.IgnoreCase)]
    private static partial Regex Story();

    [GeneratedRegex(@"\bmarkdown\b|\bformatting\b|\brich (?:text|answer)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Everything();

    [GeneratedRegex(@"\b(?:show|give|make|draw|example)\b.{0,30}\btable\b", RegexOptions.IgnoreCase)]
    private static partial Regex Table();

    [GeneratedRegex(@"\b(?:show|give|write|example)\b.{0,40}\b(?:code|c#|csharp|python|json|function|snippet|program)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Code();
}
