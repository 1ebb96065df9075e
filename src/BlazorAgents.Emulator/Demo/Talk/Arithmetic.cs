using BlazorAgents.Emulator.Demo.Extract;

namespace BlazorAgents.Emulator.Demo.Talk;

/// <summary>Does small sums.</summary>
internal static class Arithmetic
{
    public static string? Answer(Conversation conversation) =>
        Sums.In(conversation.Question) is { } sum && Sums.TryCompute(sum, out var value)
            ? $"{sum.Replace("*", "×", StringComparison.Ordinal)} = **{Sums.Format(value)}**"
            : null;
}
