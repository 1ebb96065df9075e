using BlazorAgents.Emulator.Demo.Tools;

namespace BlazorAgents.Emulator.Demo.Talk;

/// <summary>The honest answer when no rule fits.</summary>
internal static class Fallback
{
    private const int MostTools = 8;
    private const int MostKeywords = 6;

    public static string Answer(Conversation conversation)
    {
        var words = Words.All(conversation.Question).Where(word => !Words.IsStop(word)).Distinct().Take(MostKeywords).ToList();
        var understood = words.Count > 0 ? $" I noticed these words: {string.Join(", ", words.Select(word => $"*{word}*"))}." : "";
        var tools = conversation.Request.Tools.Take(MostTools).Select(tool => $"- **{Names.Title(tool.Name)}**{(tool.Description.Length > 0 ? ": " + FirstLine(tool.Description) : "")}").ToList();
        var offer = tools.Count > 0
            ? "I can use these tools; a question close to their words works best:\n\n" + string.Join('\n', tools)
            : "Things that work here: sums (\"12 * 7\"), \"My name is Alice\" and later \"What's my name?\", \"Tell me a story\", \"Show me Markdown\", \"Help\".";
        return $"This is the offline demo, which works by rules, and I have no rule that answers this.{understood}\n\n{offer}\n\nConnect a real model (`OPENAI_API_KEY`) to get a real answer.";
    }

    private static string FirstLine(string text)
    {
        var line = text.Split('\n')[0].Trim();
        return line.Length <= 120 ? line : line[..120] + " …";
    }
}
