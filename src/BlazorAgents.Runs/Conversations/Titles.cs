using System.Text;

namespace BlazorAgents.Runs;

/// <summary>How titles are made.</summary>
internal static class Titles
{
    /// <summary>Longest title, in characters.</summary>
    public const int MaxLength = 120;

    /// <summary>What the model is asked.</summary>
    public const string Instructions =
        "Write a title for this conversation: at most six words, in the language of the user's message, no quotes, no full stop. Answer with the title alone.";

    private const int FirstWordsLength = 60;
    private const int ModelLength = 79;

    /// <summary>The beginning of a message, cut at a word.</summary>
    public static string FromFirstWords(string text)
    {
        // More than enough to fill a title; the rest of a long message is not looked at.
        var line = string.Join(' ', Cut(text, 1_000).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= FirstWordsLength)
        {
            return line;
        }

        var cut = line.LastIndexOf(' ', FirstWordsLength);
        return (cut > 20 ? line[..cut] : Cut(line, FirstWordsLength)) + "…";
    }

    /// <summary>A model's title, made fit to show; null when nothing usable is left.</summary>
    public static string? FromModel(string text)
    {
        var line = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() ?? "";
        line = string.Concat(line.EnumerateRunes().Where(IsVisible)).Trim(' ', '"', '\'', '*', '#', '“', '”', '.', '`');
        return !line.EnumerateRunes().Any(Rune.IsLetterOrDigit) ? null
            : line.Length > ModelLength + 1 ? Cut(line, ModelLength) + "…"
            : line;
    }

    /// <summary>The first <paramref name="length"/> characters, one less where that would split a pair.</summary>
    public static string Cut(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsLowSurrogate(text[length]) ? length - 1 : length)];

    // Format characters hide text or turn its direction; the joiner is part of many emoji.
    private static bool IsVisible(Rune rune) => rune.Value is 0x200D
        || Rune.GetUnicodeCategory(rune) is not (System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format);
}
