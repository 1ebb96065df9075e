using System.Text;
using BlazorAgents.Agents.Tools;
using BlazorAgents.Runs;

namespace BlazorAgents.Web.Features.Chat;

/// <summary>Tool names in words: <c>get_weather</c> is "Get weather" and, while it runs, "Getting weather".</summary>
public static class ToolWords
{
    private const int MaxLength = 60;

    private static readonly Dictionary<string, string> s_doing = new(StringComparer.Ordinal)
    {
        ["add"] = "adding", ["ask"] = "asking", ["book"] = "booking", ["calculate"] = "calculating", ["call"] = "calling",
        ["cancel"] = "cancelling", ["check"] = "checking", ["compare"] = "comparing", ["compute"] = "computing", ["convert"] = "converting",
        ["count"] = "counting", ["create"] = "creating", ["delete"] = "deleting", ["draw"] = "drawing", ["execute"] = "executing",
        ["fetch"] = "fetching", ["find"] = "finding", ["get"] = "getting", ["list"] = "listing", ["load"] = "loading", ["look"] = "looking",
        ["make"] = "making", ["open"] = "opening", ["order"] = "ordering", ["place"] = "placing", ["plan"] = "planning", ["query"] = "querying",
        ["read"] = "reading", ["remove"] = "removing", ["roll"] = "rolling", ["run"] = "running", ["save"] = "saving", ["search"] = "searching",
        ["send"] = "sending", ["set"] = "setting", ["show"] = "showing", ["submit"] = "submitting", ["summarize"] = "summarizing",
        ["translate"] = "translating", ["update"] = "updating", ["upload"] = "uploading", ["validate"] = "validating", ["write"] = "writing",
    };

    /// <summary>What a call does, as a title: with the MCP server where it goes to one.</summary>
    public static string Title(ToolCallState call) => call.Server is { } server
        ? $"{Title(HostedMcpFunction.ToolNameOf(server, call.Name))} · {OutsideText.Line(server, MaxLength)}"
        : Title(call.Name);

    /// <summary>What the tool does, as a title.</summary>
    public static string Title(string tool)
    {
        var words = Words(tool);
        return words.Count == 0 ? "Use a tool" : Sentence(words);
    }

    /// <summary>What is going on while a call runs.</summary>
    public static string Doing(ToolCallState call) => Doing(call.Server is { } server ? HostedMcpFunction.ToolNameOf(server, call.Name) : call.Name);

    /// <summary>What is going on while the tool runs.</summary>
    public static string Doing(string tool)
    {
        var words = Words(tool);
        if (words.Count == 0)
        {
            return "Using a tool";
        }

        if (s_doing.TryGetValue(words[0], out var doing))
        {
            words[0] = doing;
            return Sentence(words);
        }

        return "Using " + string.Join(' ', words);
    }

    private static string Sentence(List<string> words)
    {
        var text = string.Join(' ', words);
        return char.ToUpperInvariant(text[0]) + text[1..];
    }

    // Snake, kebab, dotted and camel case; anything else than letters and digits separates words.
    private static List<string> Words(string tool)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        for (var i = 0; i < tool.Length && i < MaxLength; i++)
        {
            var c = tool[i];
            var startsWord = char.IsUpper(c) && i > 0 && char.IsLower(tool[i - 1]);
            if ((startsWord || !char.IsLetterOrDigit(c)) && word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }

            if (char.IsLetterOrDigit(c))
            {
                word.Append(char.ToLowerInvariant(c));
            }
        }

        if (word.Length > 0)
        {
            words.Add(word.ToString());
        }

        return words;
    }
}
