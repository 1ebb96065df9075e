using BlazorAgents.Emulator.Demo;

namespace BlazorAgents.Emulator.VectorStores;

/// <summary>Cuts a text into overlapping pieces, at line ends or spaces where there are some.</summary>
internal static class Chunker
{
    /// <summary>How far back from a full chunk's end a cut may move, as a part of the chunk.</summary>
    private const int SlackPart = 5;

    public static IEnumerable<(int Start, int Length)> Cut(string text, ChunkingStrategy strategy)
    {
        var size = strategy.MaxTokens * Tokens.CharactersEach;
        var overlap = strategy.OverlapTokens * Tokens.CharactersEach;
        for (var start = 0; start < text.Length;)
        {
            var end = text.Length - start <= size ? text.Length : CutBefore(text, start + size, size / SlackPart);
            yield return (start, end - start);
            if (end == text.Length)
            {
                yield break;
            }

            start = NextStart(text, Math.Max(end - overlap, start + 1), end);
        }
    }

    private static int CutBefore(string text, int end, int slack)
    {
        var line = text.LastIndexOf('\n', end - 1, slack);
        if (line > 0)
        {
            return line + 1;
        }

        for (var at = end; at > end - slack; at--)
        {
            if (char.IsWhiteSpace(text[at - 1]))
            {
                return at;
            }
        }

        return char.IsHighSurrogate(text[end - 1]) ? end - 1 : end;
    }

    private static int NextStart(string text, int wanted, int end)
    {
        for (var at = wanted; at < end; at++)
        {
            if (char.IsWhiteSpace(text[at - 1]))
            {
                return at;
            }
        }

        return char.IsLowSurrogate(text[wanted]) ? wanted + 1 : wanted;
    }
}
