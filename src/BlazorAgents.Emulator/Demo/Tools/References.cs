using System.Collections.Frozen;
using System.Text.RegularExpressions;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Demo.Tools;

/// <summary>Tells whether a text points back ("is it in stock?") or names a thing of its own ("order a keyboard").</summary>
internal static partial class References
{
    private static readonly FrozenSet<string> s_light = "one two three four five six seven eight nine ten number unit piece item now today".Split(' ').ToFrozenSet();

    public static bool PointsBack(string text) => Pronoun().IsMatch(text);

    /// <summary>Stems of the things named, apart from the words of the tools themselves.</summary>
    public static IReadOnlyList<string> Things(string text, IEnumerable<ToolSpec> tools)
    {
        var known = tools.Select(tool => new ToolWords(tool)).ToList();
        return [.. Words.Content(text).Where(word => !word.Any(char.IsDigit) && !s_light.Contains(word) && !known.Any(tool => tool.Mentions(Synonyms.Canonical(word))))];
    }

    [GeneratedRegex(@"\b(?:it|its|that|this|them|those|these|him|her|same)\b|\bone\b(?=\s*(?:$|[.,;!?]|for\b|please\b|now\b))", RegexOptions.IgnoreCase)]
    private static partial Regex Pronoun();
}
