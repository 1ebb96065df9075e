using System.Text.Json;
using System.Text.RegularExpressions;
using BlazorAgents.Emulator.Demo.Tools;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Demo.Extract;

/// <summary>Finds the id a parameter means: in the text by its prefix or the words before it, in tool results by its key.</summary>
internal static partial class Ids
{
    private const double ExactKey = 10;
    private const double OwnKey = 6;
    private const double Prefix = 6;
    private const double Letter = 4;
    private const double Introduced = 5;
    private const double NamedRow = 6;
    private const double EnoughInText = 1;
    private const double EnoughInHistory = 3;

    /// <summary>The id written in the text for this parameter, or null.</summary>
    public static string? InText(string text, SchemaNode parameter, bool onlyOne) =>
        Best(Written(text, parameter, onlyOne ? EnoughInText : 0), EnoughInText);

    /// <summary>The id in earlier tool results (latest first) or in the arguments of earlier calls, or null.</summary>
    /// <param name="things">Stems the user names: then only a row that holds one of them will do. Empty if the user points back.</param>
    public static string? InSteps(IReadOnlyList<ToolStep> steps, SchemaNode parameter, IReadOnlyList<string> things)
    {
        var enough = things.Count > 0 && Nouns(parameter).Count > 0 ? ExactKey : EnoughInHistory;
        var found = new List<(string Id, double Score)>();
        foreach (var (age, step) in steps.Reverse().Index())
        {
            var older = age * 0.5;
            var fromResult = WireJson.TryParse(step.Result, out var json) && json.ValueKind is JsonValueKind.Object or JsonValueKind.Array
                ? InJson(json, parameter, step.Call.Name, things)
                : Written(step.Result, parameter, 0);
            found.AddRange(fromResult.Select(hit => (hit.Id, hit.Score - older)));
            if (WireJson.TryParse(step.Call.Arguments, out var arguments) && arguments.ValueKind == JsonValueKind.Object)
            {
                found.AddRange(InJson(arguments, parameter, step.Call.Name, []).Select(hit => (hit.Id, hit.Score - older - 1)));
            }
        }

        return Best(found, enough);
    }

    /// <summary>What an id is of: "product" for product_id.</summary>
    public static IReadOnlyList<string> Nouns(SchemaNode parameter) =>
        [.. parameter.NameWords.Where(word => word is not ("id" or "number" or "identifi" or "sku" or "cod"))];

    private static IEnumerable<(string Id, double Score)> Written(string text, SchemaNode parameter, double start)
    {
        var nouns = Nouns(parameter);
        foreach (Match match in IdPattern().Matches(text))
        {
            var letters = string.Concat(match.Value.TakeWhile(char.IsLetter)).ToLowerInvariant();
            var score = start + PrefixScore(letters, nouns, parameter.Description);
            var before = Words.All(text[Math.Max(0, match.Index - 40)..match.Index]).TakeLast(4).Select(Words.Stem).ToList();
            if (ShowsAnotherForm(parameter.Description, letters) && !before.Any(word => word is "id" or "number" or "no" or "is"))
            {
                // "Order two for CUST001" gives a customer, though an order stands before it.
                before = [.. before.TakeLast(1)];
            }

            if (before.Any(nouns.Contains))
            {
                score += Introduced;
            }
            else if (letters.Length > 0 && nouns.Count > 0 && score <= start && start > 0 && parameter.Description.Length > 0 && IdPattern().IsMatch(parameter.Description))
            {
                // The description shows another form of id.
                score = 0;
            }

            yield return (match.Value.TrimStart('#'), score);
        }
    }

    private static bool ShowsAnotherForm(string description, string letters) =>
        letters.Length > 0 && IdPattern().Match(description) is { Success: true } shown
        && !string.Concat(shown.Value.TakeWhile(char.IsLetter)).Equals(letters, StringComparison.OrdinalIgnoreCase);

    private static double PrefixScore(string letters, IReadOnlyList<string> nouns, string description)
    {
        if (letters.Length == 0)
        {
            return 0;
        }

        var shown = IdPattern().Match(description) is { Success: true } example ? string.Concat(example.Value.TakeWhile(char.IsLetter)) : "";
        if (shown.Equals(letters, StringComparison.OrdinalIgnoreCase) || ShownForm().Match(description).Groups[1].Value.Equals(letters, StringComparison.OrdinalIgnoreCase))
        {
            return Prefix;
        }

        return nouns.Any(noun => noun.StartsWith(letters, StringComparison.Ordinal) || letters.StartsWith(noun, StringComparison.Ordinal)) ? letters.Length > 1 ? Prefix : Letter : 0;
    }

    private static IEnumerable<(string Id, double Score)> InJson(JsonElement json, SchemaNode parameter, string tool, IReadOnlyList<string> things, int depth = 0)
    {
        if (depth > 4)
        {
            return [];
        }

        return json.ValueKind switch
        {
            JsonValueKind.Array => json.EnumerateArray().SelectMany(item => InJson(item, parameter, tool, things, depth + 1)),
            JsonValueKind.Object => InObject(json, parameter, tool, things, depth),
            JsonValueKind.String => Written(json.ToString(), parameter, 0),
            _ => [],
        };
    }

    private static IEnumerable<(string Id, double Score)> InObject(JsonElement row, SchemaNode parameter, string tool, IReadOnlyList<string> things, int depth)
    {
        var nouns = Nouns(parameter);
        var named = row.EnumerateObject().Any(property => property.Value.ValueKind == JsonValueKind.String && Words.Content(property.Value.ToString()).Any(things.Contains)) ? NamedRow : things.Count > 0 ? -NamedRow : 0;
        foreach (var property in row.EnumerateObject())
        {
            if (property.Value.ValueKind is JsonValueKind.Array or JsonValueKind.Object)
            {
                foreach (var inner in InJson(property.Value, parameter, tool, things, depth + 1))
                {
                    yield return inner;
                }
            }
            else if (KeyScore(property.Name, parameter.Name, nouns, tool) is > 0 and var score && property.Value.ToString() is { Length: > 0 and < 80 } id)
            {
                yield return (id, score + named);
            }
        }
    }

    private static double KeyScore(string key, string parameter, IReadOnlyList<string> nouns, string tool)
    {
        var words = Words.All(key);
        if (words.SequenceEqual(Words.All(parameter)))
        {
            return ExactKey;
        }

        var isId = words is ["id"] or ["sku"] or ["code"] or ["key"] or ["number"];
        return isId && Words.Content(tool).Any(nouns.Contains) ? OwnKey : 0;
    }

    private static string? Best(IEnumerable<(string Id, double Score)> found, double enough)
    {
        var best = found.OrderByDescending(hit => hit.Score).FirstOrDefault();
        return best.Id is not null && best.Score >= enough ? best.Id : null;
    }

    [GeneratedRegex(@"\b[A-Za-z]{1,8}[-_]?\d{2,12}(?:-[A-Za-z0-9]{1,12})*\b|(?<![\w.,/:$€£-])#?\d{3,12}(?![\w.,/:%°]\w|[%°])|\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b")]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"\b([A-Z]{2,8})[-_]?X{2,}")]
    private static partial Regex ShownForm();
}
