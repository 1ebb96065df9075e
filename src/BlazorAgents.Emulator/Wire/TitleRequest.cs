using System.Text.RegularExpressions;

namespace BlazorAgents.Emulator.Wire;

/// <summary>Tells a request for a conversation's title from an ordinary one.</summary>
internal static partial class TitleRequest
{
    public static bool Asks(string instructions) => Pattern().IsMatch(instructions);

    [GeneratedRegex(@"\b(write|generate|create|give|suggest|make|invent|summari[sz]e|name|reply|answer|respond)\b[^.]{0,80}\btitle\b", RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();
}
