using System.Text.RegularExpressions;

namespace BlazorAgents.Emulator.Demo.Talk;

/// <summary>Remembers what the user said about themselves: "My name is Alice", "my favourite colour is green".</summary>
internal static partial class Memory
{
    public static string? Answer(Conversation conversation)
    {
        if (Question().Match(conversation.Question) is { Success: true } question)
        {
            var thing = question.Groups["thing"].Success ? question.Groups["thing"].Value.Trim() : "name";
            return Recall(conversation, thing) is { } known
                ? thing == "name" ? $"Your name is {known}." : $"Your {thing} is {known}."
                : $"You have not told me your {thing} in this conversation. What is it?";
        }

        if (Told(conversation.Question, "name") is { } name)
        {
            return $"Nice to meet you, {name}! How can I help you?";
        }

        return Statement().Match(conversation.Question) is { Success: true } fact
            ? $"Got it: your {fact.Groups["thing"].Value.Trim()} is {Clean(fact.Groups["value"].Value)}. I will remember that in this conversation."
            : null;
    }

    private static string? Recall(Conversation conversation, string thing) =>
        conversation.EarlierUserTexts.Select(text => Told(text, thing)).FirstOrDefault(value => value is not null);

    private static string? Told(string text, string thing)
    {
        if (thing == "name" && Introduction().Match(text) is { Success: true } introduction)
        {
            return introduction.Groups[1].Value + introduction.Groups[2].Value;
        }

        return Statement().Matches(text).Where(match => Same(match.Groups["thing"].Value, thing)).Select(match => Clean(match.Groups["value"].Value)).FirstOrDefault();
    }

    private static bool Same(string left, string right) => Words.All(left).SequenceEqual(Words.All(right));

    private static string Clean(string value) => value.Trim().TrimEnd('.', '!', ',');

    [GeneratedRegex(@"\bwhat(?:'s|’s| is| was)\s+my\s+(?<thing>\p{L}+(?:\s\p{L}+){0,2})\s*\??\s*$|\b(?:do you (?:know|remember) my name|who am i)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Question();

    [GeneratedRegex(@"\b(?:[Mm]y name(?:'s|’s| is)|[Cc]all me|[Ii]'m called)\s+(\p{L}[\p{L}'’-]*(?:\s\p{Lu}[\p{L}'’-]*){0,2})|\b(?:[Ii] am|[Ii]['’]m)\s+(\p{Lu}\p{Ll}+)\s*[.!]*$")]
    private static partial Regex Introduction();

    [GeneratedRegex(@"\bmy\s+(?<thing>\p{L}+(?:\s\p{L}+){0,2}?)\s+is\s+(?<value>[^.!?\n]{1,80})", RegexOptions.IgnoreCase)]
    private static partial Regex Statement();
}
