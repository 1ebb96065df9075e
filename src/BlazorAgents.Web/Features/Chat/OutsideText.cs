using System.Globalization;
using System.Text;

namespace BlazorAgents.Web.Features.Chat;

/// <summary>Names and texts from the provider's side, bounded for reading. They stay text: nothing here makes markup of them.</summary>
internal static class OutsideText
{
    private const int MaxLine = 120;
    private const int MaxText = 20_000;

    /// <summary>One line without characters that are not seen or turn the direction of others; "" when nothing is left.</summary>
    public static string Line(string? text, int max = MaxLine)
    {
        var line = new StringBuilder();
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            if (line.Length >= max)
            {
                return line.Append('…').ToString();
            }

            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
            {
                if (line.Length > 0 && line[^1] != ' ')
                {
                    line.Append(' ');
                }
            }
            else if (Rune.GetUnicodeCategory(rune) is not UnicodeCategory.Format)
            {
                line.Append(rune.ToString());
            }
        }

        return line.ToString().TrimEnd();
    }

    /// <summary>A longer text; what is beyond the limit is counted and not shown.</summary>
    public static string Body(string text, int max = MaxText)
    {
        if (text.Length <= max)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[max - 1]) ? max - 1 : max;
        return string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, end)}… ({text.Length:N0} characters)");
    }

    /// <summary>The lines that say something.</summary>
    public static IReadOnlyList<string> Lines(string text, int max = 50) =>
        [.. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(max).Select(line => Line(line, 500)).Where(line => line.Length > 0)];
}
