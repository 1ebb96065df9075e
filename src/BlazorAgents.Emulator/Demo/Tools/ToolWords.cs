using System.Collections.Frozen;
using System.Text.RegularExpressions;
using BlazorAgents.Emulator.Demo.Extract;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Demo.Tools;

/// <summary>The words of a tool, and how well a text's words fit them.</summary>
internal sealed partial class ToolWords
{
    private const double NameWeight = 3;
    private const double VerbWeight = 1.5;
    private const double MostFromDescription = 2.5;
    private const double MostFromParameters = 1;
    private const double Unasked = 1;

    private static readonly FrozenSet<string> s_weak = Stems("get fetch run execute call tool data info information current given return returns retrieve value result function");
    private static readonly FrozenSet<string> s_verbs = Stems("check search list show create update delete cancel send set validate read write add open close submit");

    private static readonly FrozenSet<string> s_undoing = Stems("cancel delete refund");

    private readonly HashSet<string> _name;
    private readonly HashSet<string> _description;
    private readonly HashSet<string> _parameters;
    private readonly IReadOnlyList<SchemaNode> _ids;
    private readonly bool _searches;

    public ToolWords(ToolSpec tool)
    {
        Tool = tool;
        var parameters = new SchemaNode(tool.Parameters, tool.Parameters).Properties;
        _name = Set(tool.Name);
        _description = Set(tool.Description);
        _parameters = Set(string.Join(' ', parameters.Select(parameter => parameter.Name + " " + Quoted().Replace(parameter.Description, ""))));
        _ids = [.. parameters.Where(parameter => parameter.Required && StringKinds.Of(parameter) == StringKind.Id)];
        _searches = _name.Contains("search") && parameters.Any(parameter => StringKinds.Of(parameter) == StringKind.Query);
    }

    public ToolSpec Tool { get; }

    public bool Mentions(string word) => _name.Contains(word) || _description.Contains(word) || _parameters.Contains(word);

    /// <summary>What an id of the tool's own kind in the text adds ("check p003").</summary>
    public double IdScore(string text) => _ids.Any(parameter => Ids.InText(text, parameter, false) is not null) ? VerbWeight : 0;

    public double Score(IReadOnlyList<string> words)
    {
        // "Cancel my order" is no reason to create one.
        if (_name.Contains("creat") && words.Any(s_undoing.Contains) && !words.Any(word => s_undoing.Contains(word) && _name.Contains(word)))
        {
            return 0;
        }

        // Nor does anything undo an order that the user only asks about.
        if (_name.Overlaps(s_undoing) && !words.Any(s_undoing.Contains))
        {
            return 0;
        }

        double name = 0, description = 0, parameters = 0;
        foreach (var word in words)
        {
            if (_name.Contains(word))
            {
                name += s_verbs.Contains(word) && !(_searches && word == "search") ? VerbWeight : NameWeight;
            }
            else if (_description.Contains(word))
            {
                description += s_verbs.Contains(word) ? 0.5 : 1;
            }
            else if (_parameters.Contains(word))
            {
                parameters += 0.5;
            }
        }

        var score = name + Math.Min(MostFromDescription, description) + Math.Min(MostFromParameters, parameters);
        return _name.Contains("updat") && !words.Contains("updat") ? Math.Max(0, score - Unasked) : score;
    }

    private static HashSet<string> Set(string text) =>
        [.. Words.Content(text).Select(Synonyms.Canonical).Where(word => !s_weak.Contains(word))];

    private static FrozenSet<string> Stems(string words) => words.Split(' ').Select(Words.Stem).Select(Synonyms.Canonical).ToFrozenSet();

    /// <summary>Values that a description quotes are what users say, not what the tool is about.</summary>
    [GeneratedRegex(@"(?<!\w)'[^']{1,40}'(?!\w)")]
    private static partial Regex Quoted();
}
