using System.Text.RegularExpressions;

namespace BlazorAgents.Emulator.Demo.Tools;

/// <summary>Cuts a text where one wish ends and another may begin.</summary>
internal static partial class Clauses
{
    public static IReadOnlyList<string> Of(string text) => [.. Separator().Split(text).Where(clause => !string.IsNullOrWhiteSpace(clause))];

    [GeneratedRegex(@"\band\b|\bthen\b|\balso\b|\bas well as\b|\bplus\b|[,;.!?&+/\n](?=\s|$)|\s[&+/]\s", RegexOptions.IgnoreCase)]
    private static partial Regex Separator();
}
