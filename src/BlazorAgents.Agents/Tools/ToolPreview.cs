namespace BlazorAgents.Agents.Tools;

/// <summary>What a call would do, for the person who decides.</summary>
/// <param name="Sentence">One sentence: "Order 2 x Laptop, 1,999.98 $, for CUST001". Line ends become spaces; what is longer than <see cref="MaxSentence"/> is cut.</param>
/// <param name="Effects">What would change, one line each: "Stock of Laptop: 5 → 3".</param>
/// <param name="Target">What the call is about, to find earlier decisions about the same; null when there is no such thing.</param>
/// <param name="Amount">How much money it moves; null for none.</param>
public sealed record ToolPreview(string Sentence, IReadOnlyList<string> Effects, string? Target = null, decimal? Amount = null)
{
    /// <summary>Most characters of a sentence.</summary>
    public const int MaxSentence = 1_000;

    /// <summary>One sentence.</summary>
    public string Sentence { get; } = Cut(Sentence.ReplaceLineEndings(" "));

    private static string Cut(string sentence) => sentence.Length <= MaxSentence ? sentence : $"{sentence[..(MaxSentence - 1)]}…";
}
