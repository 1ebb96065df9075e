using System.Text.RegularExpressions;
using BlazorAgents.Emulator.Demo.Extract;

namespace BlazorAgents.Emulator.Demo.Talk;

/// <summary>Does small sums.</summary>
internal static partial class Arithmetic
{
    public static string? Answer(Conversation conversation) =>
        Sums.In(conversation.Question) is { } sum && Sums.TryCompute(sum, out var value)
            ? $"{PercentOf().Replace(sum, "$1% of ").Replace("*", "×", StringComparison.Ordinal)} = **{Sums.Format(value)}**"
            : null;

    [GeneratedRegex(@"\((\d+(?:\.\d+)?)/100\)\*")]
    private static partial Regex PercentOf();
}
