namespace BlazorAgents.Agents.Tools;

/// <summary>What a call would do, for the person who decides.</summary>
/// <param name="Sentence">One sentence: "Order 2 x Laptop, 1,999.98 $, for CUST001".</param>
/// <param name="Effects">What would change, one line each: "Stock of Laptop: 5 → 3".</param>
/// <param name="Target">What the call is about, to find earlier decisions about the same; null when there is no such thing.</param>
/// <param name="Amount">How much money it moves; null for none.</param>
public sealed record ToolPreview(string Sentence, IReadOnlyList<string> Effects, string? Target = null, decimal? Amount = null);
