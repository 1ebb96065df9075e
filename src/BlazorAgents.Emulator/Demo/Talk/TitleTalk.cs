using System.Text.RegularExpressions;
using BlazorAgents.Emulator.Demo.Extract;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Demo.Talk;

/// <summary>Writes a conversation's title, at most six words, when the instructions ask for one.</summary>
internal static partial class TitleTalk
{
    private const int MostWords = 6;

    public static string? Answer(Conversation conversation)
    {
        if (conversation.Request.Tools.Count > 0 || conversation.Request.Schema is not null)
        {
            return null;
        }

        if (TitleRequest.Asks(conversation.Instructions) && About().IsMatch(conversation.Instructions))
        {
            var first = conversation.Turns.FirstOrDefault(turn => turn.Role == "user")?.Text ?? "";
            return Title(Transcript().Match(first) is { Success: true } line ? line.Groups[1].Value : first);
        }

        return TitleRequest.Asks(conversation.Question) && About().IsMatch(conversation.Question) && Transcript().Match(conversation.Question) is { Success: true } said
            ? Title(said.Groups[1].Value)
            : null;
    }

    private static string Title(string message)
    {
        var subject = Queries.Of(message) ?? message;
        var words = Separators().Split(subject).Where(word => word.Length > 0).Take(MostWords).ToList();
        while (words.Count > 1 && Words.IsStop(words[^1]))
        {
            words.RemoveAt(words.Count - 1);
        }

        var title = string.Join(' ', words).Trim('.', ',', '?', '!', ':', ';');
        return title.Length == 0 ? "New conversation" : char.ToUpperInvariant(title[0]) + title[1..];
    }

    [GeneratedRegex(@"\b(?:conversation|chat|message|dialog(?:ue)?|thread|discussion)\b", RegexOptions.IgnoreCase)]
    private static partial Regex About();

    [GeneratedRegex(@"^\s*(?:user|customer|human)\s*:\s*(.+)$", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Transcript();

    [GeneratedRegex(@"[\s""“”`*#<>\[\]()]+")]
    private static partial Regex Separators();
}
