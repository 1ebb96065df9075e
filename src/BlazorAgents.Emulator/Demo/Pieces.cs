namespace BlazorAgents.Emulator.Demo;

/// <summary>Cuts text into the pieces of a stream: words with the white space before them.</summary>
internal static class Pieces
{
    private const int Longest = 24;

    public static IEnumerable<string> Of(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = start;
            while (end < text.Length && char.IsWhiteSpace(text[end]))
            {
                end++;
            }

            while (end < text.Length && end - start < Longest && !char.IsWhiteSpace(text[end]))
            {
                end++;
            }

            if (end < text.Length && char.IsHighSurrogate(text[end - 1]))
            {
                end++;
            }

            yield return text[start..end];
            start = end;
        }
    }
}
