using BlazorAgents.Emulator.Demo.Extract;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Demo.Tools;

/// <summary>Which words belong to which tool, where each names a place of its own: "the weather in Seattle, and the time in Tokyo".</summary>
internal static class ClauseOwners
{
    /// <summary>Each tool's words, or null when they share one place ("the weather and the time in Paris").</summary>
    public static IReadOnlyDictionary<ToolSpec, string>? Of(string text, IReadOnlyList<ToolSpec> wanted, ToolChooser chooser)
    {
        if (wanted.Count < 2)
        {
            return null;
        }

        var words = new Dictionary<ToolSpec, string>();
        ToolSpec? owner = null;
        foreach (var clause in Clauses.Of(text))
        {
            owner = chooser.About(clause) is { } about && wanted.Contains(about) ? about : owner;
            if (owner is not null)
            {
                words[owner] = words.TryGetValue(owner, out var before) ? before + " and" + clause : clause;
            }
        }

        return words.Count == wanted.Count && words.Values.All(own => Places.In(own).Count > 0) ? words : null;
    }
}
