namespace BlazorAgents.Runs;

/// <summary>How titles are made.</summary>
internal static class Titles
{
    /// <summary>What the model is asked.</summary>
    public const string Instructions =
        "Write a title for this conversation: at most six words, in the language of the user's message, no quotes, no full stop. Answer with the title alone.";

    private const int FirstWordsLength = 60;
    private const int MaxLength = 80;

    /// <summary>The beginning of a message, cut at a word.</summary>
    public static string FromFirstWords(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, 24, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= FirstWordsLength)
        {
            return line;
        }

        var cut = line.LastIndexOf(' ', FirstWordsLength);
        return line[..(cut > 20 ? cut : SafeCut(line, FirstWordsLength))] + "…";
    }

    /// <summary>A model's title, made fit to show; null when nothing usable is left.</summary>
    public static string? FromModel(string text)
    {
        var line = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() ?? "";
        line = string.Concat(line.Where(c => !char.IsControl(c))).Trim(' ', '"', '\'', '*', '#', '“', '”', '.', '`');
        return line.Length switch
        {
            0 => null,
            > MaxLength => line[..SafeCut(line, MaxLength)] + "…",
            _ => line,
        };
    }

    // Never between the two halves of a surrogate pair.
    private static int SafeCut(string text, int at) => char.IsLowSurrogate(text[at]) ? at - 1 : at;
}
