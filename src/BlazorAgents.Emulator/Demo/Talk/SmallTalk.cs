using System.Text.RegularExpressions;

namespace BlazorAgents.Emulator.Demo.Talk;

/// <summary>Greetings, thanks, farewells, jokes and help.</summary>
internal static partial class SmallTalk
{
    private const int PoliteLength = 60;

    private static readonly (Regex Pattern, string Text)[] s_replies =
    [
        (Help(), """
            This is the **offline demo** (rules, not a language model). These things work here:

            - **Tools**: ask for something one of my tools does, for example "What's the weather in Seattle?"
            - **Memory**: "My name is Alice", later "What's my name?"
            - **Sums**: "What is 15% of 80?"
            - **Stories**: "Tell me a story"
            - **Formatting**: "Show me Markdown", "Show me a table", "Show me code", "Give me a long answer"
            """),
        (HowAreYou(), "I am running well, thank you. I am the offline demo, so I have no moods, but I am ready. What can I do for you?"),
        (Joke(), "Why do programmers mix up Halloween and Christmas? Because Oct 31 equals Dec 25."),
        (Ping(), "Pong."),
        (Thanks(), "You're welcome! Is there anything else I can help you with?"),
        (Bye(), "Goodbye! Come back whenever you like."),
        (Greeting(), "Hello! How can I help you today?"),
    ];

    public static string? Answer(Conversation conversation)
    {
        if (conversation.Question.Length == 0)
        {
            return "Your message is empty. What would you like to know?";
        }

        return s_replies.FirstOrDefault(reply => reply.Pattern.IsMatch(conversation.Question)).Text;
    }

    /// <summary>A greeting, thanks or farewell with nothing else in it: no reason to call a tool.</summary>
    public static bool IsOnlyPolite(string text) =>
        text.Length <= PoliteLength && !text.Contains('?', StringComparison.Ordinal) && (Thanks().IsMatch(text) || Bye().IsMatch(text) || (Greeting().IsMatch(text) && Words.Content(text).Count <= 1));

    [GeneratedRegex(@"^\W*help\W*$|\bwhat can (?:you|i) (?:do|ask)\b|\bhow (?:can|do) (?:you help|i use (?:this|you))\b|\bwhat (?:tools|features) (?:do|can)\b|\bhelp me (?:get started|please)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Help();

    [GeneratedRegex(@"\bhow are you\b|\bhow(?:'s| is) it going\b", RegexOptions.IgnoreCase)]
    private static partial Regex HowAreYou();

    [GeneratedRegex(@"\bjoke\b", RegexOptions.IgnoreCase)]
    private static partial Regex Joke();

    [GeneratedRegex(@"^\W*ping\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex Ping();

    [GeneratedRegex(@"^\W*(?:many |ok(?:ay)?,? |great,? )?(?:thanks|thank you|thx|cheers)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Thanks();

    [GeneratedRegex(@"^\W*(?:bye|goodbye|good night|see you|farewell)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Bye();

    [GeneratedRegex(@"^\W*(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|greetings|welcome)\b[\s,!.]*(?:there|all|again|everyone)?\W*(?:$|\p{Lu}\p{Ll}+\W*$)", RegexOptions.IgnoreCase)]
    private static partial Regex Greeting();
}
