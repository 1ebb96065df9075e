using System.Globalization;
using System.Text.RegularExpressions;

namespace BlazorAgents.Emulator.Demo.Extract;

/// <summary>Finds numbers: digits and small number words, but not those inside ids, dates and times.</summary>
internal static partial class Numbers
{
    private static readonly string[] s_words =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

    public static IReadOnlyList<(double Value, int Index, int Length)> In(string text) =>
    [
        .. Pattern().Matches(text).Select(match => (Value: Parse(match.Value), match.Index, match.Length)).Where(number => number.Value is not null)
            .Select(number => (number.Value!.Value, number.Index, number.Length)),
    ];

    /// <summary>The number beside one of the words ("3 results", "quantity of 2", "top 5"), or null.</summary>
    public static double? Near(string text, IReadOnlyList<string> stems)
    {
        foreach (var (value, index, length) in In(text))
        {
            var before = Words.All(text[Math.Max(0, index - 24)..index]).TakeLast(2);
            var after = Words.All(text[(index + length)..Math.Min(text.Length, index + length + 24)]).Take(1);
            if (before.Concat(after).Any(word => stems.Contains(Words.Stem(word))))
            {
                return value;
            }
        }

        return null;
    }

    private static double? Parse(string text)
    {
        var word = Array.IndexOf(s_words, text.ToLowerInvariant());
        if (word >= 0)
        {
            return word;
        }

        return text.ToLowerInvariant() switch
        {
            "a couple" => 2,
            "a dozen" => 12,
            _ => double.TryParse(text.Replace(",", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null,
        };
    }

    [GeneratedRegex(@"\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a couple|a dozen)\b|(?<![\w.,:/#-])-?\d{1,15}(?:,\d{3})*(?:\.\d+)?(?![\w:/-]|\.\d)|(?<![\w.,:/#-])-?\d{1,15}(?:\.\d+)?(?=\s?(?:°|%|km|kg|k\b|°F|°C))", RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();
}
