using System.Text.RegularExpressions;

namespace BlazorAgents.Emulator.Demo.Talk;

/// <summary>Goes on where the previous answer stopped: the rules give the same answer again, so the rest of it is known.</summary>
internal static partial class Continuation
{
    private const string NothingMore = "There is nothing more to add: the previous answer was complete.";

    public static string? Answer(Conversation conversation, Func<Conversation, DemoAnswer> reply)
    {
        if (!Wish().IsMatch(conversation.Question))
        {
            return null;
        }

        var partial = Array.FindLastIndex([.. conversation.Turns.Take(conversation.LastUser)], turn => turn.Role == "assistant" && turn.Text.Length > 0);
        var asked = Array.FindLastIndex([.. conversation.Turns.Take(conversation.LastUser)], turn => turn.Role == "user");
        if (asked < 0)
        {
            return NothingMore;
        }

        // Without any partial text (stopped before the first word) the whole answer is still due.
        var given = partial > asked ? conversation.Turns[partial].Text : "";
        var earlier = conversation.Until(partial > asked ? partial : conversation.LastUser);
        var whole = Answer(earlier, reply) ?? reply(earlier).Text;
        return Rest(whole, given);
    }

    private static string Rest(string whole, string given)
    {
        var start = given.TrimEnd();
        if (!whole.StartsWith(start, StringComparison.Ordinal))
        {
            return NothingMore;
        }

        var rest = whole[(whole.StartsWith(given, StringComparison.Ordinal) ? given.Length : start.Length)..];
        return string.IsNullOrWhiteSpace(rest) ? NothingMore : rest;
    }

    [GeneratedRegex(@"\b(?:continue|go on|carry on|resume)\b.{0,80}\b(?:stopped|left off|ended|broke off|cut off|interrupted)\b", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Wish();
}
