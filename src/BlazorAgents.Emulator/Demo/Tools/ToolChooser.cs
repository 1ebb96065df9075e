using System.Text.RegularExpressions;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Demo.Tools;

/// <summary>Chooses tools for a text by the words it shares with their names, descriptions and parameters.</summary>
internal sealed partial class ToolChooser(IReadOnlyList<ToolSpec> tools)
{
    private const double Enough = 3;

    private readonly IReadOnlyList<ToolWords> _tools = [.. tools.Select(tool => new ToolWords(tool))];

    /// <summary>The best tool, then others that fit a clause of their own ("the weather and the time").</summary>
    public IReadOnlyList<ToolSpec> Choose(string text)
    {
        var clauses = Clauses.Of(text).Select(clause => Words.Content(clause).Select(Synonyms.Canonical).Distinct().ToList()).ToList();
        if (clauses.Count > 0 && Searching().IsMatch(text))
        {
            clauses[0].Add("search");
        }

        var all = clauses.SelectMany(words => words).Distinct().ToList();
        if (Best(all, [], text) is not { } first)
        {
            return [];
        }

        var chosen = new List<ToolWords> { first };
        var consumed = all.Where(first.Mentions).ToHashSet();
        clauses.Remove(clauses.MaxBy(clause => first.Score(clause))!);
        foreach (var clause in clauses)
        {
            if (Best([.. clause.Where(word => !consumed.Contains(word))], chosen) is { } next)
            {
                chosen.Add(next);
                consumed.UnionWith(clause.Where(next.Mentions));
            }
        }

        return [.. chosen.Select(words => words.Tool)];
    }

    /// <summary>The one tool that a line of instructions is about, or null.</summary>
    public ToolSpec? About(string line) => Best([.. Words.Content(line).Select(Synonyms.Canonical).Distinct()], [])?.Tool;

    [GeneratedRegex(@"\b(?:do|have) you (?:have|got|sell|carry)\b|\bshow me\b(?!.*\b(?:table|markdown|code|formatting)\b)|\bhow much (?:is|are)\b|\b(?:price|cost) of\b|\bi(?:'d| would)? (?:need|want|like) (?:a|an|some|the)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Searching();

    private ToolWords? Best(List<string> words, List<ToolWords> taken, string text = "")
    {
        var best = _tools.Except(taken).Select(tool => (Tool: tool, Score: tool.Score(words) is > 0 and var score ? score + tool.IdScore(text) : 0)).OrderByDescending(entry => entry.Score).FirstOrDefault();
        return best.Tool is not null && best.Score >= Enough ? best.Tool : null;
    }
}
