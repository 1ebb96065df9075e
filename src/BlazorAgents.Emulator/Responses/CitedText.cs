namespace BlazorAgents.Emulator.Responses;

/// <summary>A text with its annotations in the order of their places.</summary>
internal sealed record CitedText(string Text, IReadOnlyList<Citation> Citations)
{
    public static CitedText Plain(string text) => new(text, []);

    /// <summary>The text up to a length, with the citations that lie within.</summary>
    public CitedText Cut(int length) =>
        length >= Text.Length ? this : new(Text[..(length > 0 && char.IsHighSurrogate(Text[length - 1]) ? length - 1 : length)], [.. Citations.Where(citation => citation.End <= length)]);
}
