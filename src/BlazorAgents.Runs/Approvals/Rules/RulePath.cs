using System.Globalization;
using System.Text.Json;

namespace BlazorAgents.Runs;

/// <summary>A path into a call's arguments: <c>$.a.b</c>, <c>$.items[0].x</c>, <c>$.items[*].x</c>.</summary>
internal sealed class RulePath
{
    private const int MaxLength = 200;
    private const int AnyIndex = -1;
    private readonly Step[] _steps;

    private RulePath(Step[] steps) => _steps = steps;

    /// <summary>What the test says of the value at the path.</summary>
    /// <param name="root">The arguments.</param>
    /// <param name="test">What is asked of the value.</param>
    /// <param name="ofAll">
    /// Of several values all must fit: a wrong type counts most, then one that does not fit, then one that is not there. Else one that fits is
    /// enough, and only a wrong type counts more. No elements are a value that is not there.
    /// </param>
    public ConditionFit Test(in JsonElement root, ConditionTest test, bool ofAll) => Walk(root, 0, test, ofAll);

    public static RulePath? TryParse(string text, out string error)
    {
        error = "";
        if (text.Length is 0 or > MaxLength || text[0] != '$')
        {
            error = $"A path begins with $ and has at most {MaxLength} characters: $.quantity.";
            return null;
        }

        var steps = new List<Step>();
        var at = 1;
        while (at < text.Length)
        {
            var begin = at;
            if (text[at] == '.')
            {
                at++;
                while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '-'))
                {
                    at++;
                }

                if (at == begin + 1)
                {
                    error = $"A name is missing after the dot at character {begin + 1}.";
                    return null;
                }

                steps.Add(new Step(text[(begin + 1)..at], 0));
            }
            else if (text[at] == '[' && text.IndexOf(']', at) is var end and > 0)
            {
                if (!TryIndex(text.AsSpan(begin + 1, end - begin - 1), out var index))
                {
                    error = $"Between the brackets at character {begin + 1} stands neither a number nor *.";
                    return null;
                }

                steps.Add(new Step(null, index));
                at = end + 1;
            }
            else
            {
                error = text[at] == '['
                    ? $"The bracket at character {begin + 1} is not closed."
                    : $"Character {begin + 1} is neither a dot nor a bracket.";
                return null;
            }
        }

        if (steps.Count > 0)
        {
            return new RulePath([.. steps]);
        }

        error = "The path names no argument. Write it as $.quantity.";
        return null;
    }

    private static bool TryIndex(ReadOnlySpan<char> text, out int index)
    {
        index = AnyIndex;
        return text is "*" || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out index);
    }

    // The order in which fits count where all elements must fit.
    private static int Weight(ConditionFit fit) => fit switch
    {
        ConditionFit.Yes => 0,
        ConditionFit.Missing => 1,
        ConditionFit.No => 2,
        _ => 3,
    };

    private ConditionFit Walk(in JsonElement node, int depth, ConditionTest test, bool ofAll)
    {
        if (depth == _steps.Length)
        {
            return test.Test(node);
        }

        var step = _steps[depth];
        switch (node.ValueKind)
        {
            case JsonValueKind.Object when step.Name is not null:
                return node.TryGetProperty(step.Name, out var property) ? Walk(property, depth + 1, test, ofAll) : ConditionFit.Missing;
            case JsonValueKind.Array when step.Name is null && step.Index == AnyIndex:
                ConditionFit? fit = null;
                foreach (var element in node.EnumerateArray())
                {
                    var next = Walk(element, depth + 1, test, ofAll);
                    var isStronger = fit is not { } known || (ofAll ? Weight(next) > Weight(known) : next > known);
                    fit = isStronger ? next : fit;
                }

                return fit ?? ConditionFit.Missing;
            case JsonValueKind.Array when step.Name is null:
                return step.Index < node.GetArrayLength() ? Walk(node[step.Index], depth + 1, test, ofAll) : ConditionFit.Missing;
            case JsonValueKind.Null or JsonValueKind.Undefined:
                return ConditionFit.Missing;
            default:
                return ConditionFit.WrongType;
        }
    }

    private readonly record struct Step(string? Name, int Index);
}
