using System.Text.RegularExpressions;

namespace BlazorAgents.Emulator.Demo.Talk;

/// <summary>Says what the demo is and how to connect a real model.</summary>
internal static partial class Identity
{
    public const string WhoIAm = """
        I am the **offline demo model** of this app: a set of rules, not a language model. I can pick tools, fill their arguments, word their results and show how answers look, but I do not understand language the way a real model does.

        To connect a real model, set these environment variables and restart:

        - `OPENAI_API_KEY`: your key
        - `OPENAI_API_BASE_URL`: only for another OpenAI-compatible server
        - `OPENAI_CHAT_MODEL_ID`: the model, for example `gpt-4o-mini`
        """;

    public static string? Answer(Conversation conversation) => Asked().IsMatch(conversation.Question) ? WhoIAm : null;

    [GeneratedRegex(@"\b(?:who|what) are you\b|\bwhich (?:model|ai|llm)\b|\bwhat (?:model|ai|llm) (?:is|are|do)\b|\bare you (?:a |an )?(?:real|human|bot|robot|ai|chatgpt|gpt|person|language model)\b|\bconnect (?:a|the|my) (?:real )?(?:model|provider)\b|\byour name\b", RegexOptions.IgnoreCase)]
    private static partial Regex Asked();
}
