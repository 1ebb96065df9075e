using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BlazorAgents.Emulator.Demo.Extract;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Demo.Tools;

/// <summary>Fills a tool's arguments from the conversation as its schema asks; what has no evidence stays out.</summary>
internal sealed partial class ArgumentFiller(Evidence evidence)
{
    private const int MostDepth = 5;
    private const int MostValues = 500;

    private readonly StringFinder _strings = new(evidence);
    private IReadOnlyList<string> _toolWords = [];
    private int _values;

    /// <summary>One call, or one for each place when the text names several.</summary>
    public IReadOnlyList<FilledCall> Fill(ToolSpec tool)
    {
        var root = new SchemaNode(tool.Parameters, tool.Parameters);
        _values = 0;
        _toolWords = Words.Content(tool.Name);
        var arguments = FillObject(root, out var missing);
        var calls = new List<FilledCall> { new(tool, arguments, missing) };
        var place = root.Properties.FirstOrDefault(parameter => StringKinds.Of(parameter) == StringKind.Place);
        if (missing is null && place is not null && arguments.ContainsKey(place.Name))
        {
            foreach (var other in Places.In(evidence.Text).Where(other => other != arguments[place.Name]?.ToString()))
            {
                var copy = arguments.DeepClone().AsObject();
                copy[place.Name] = other;
                calls.Add(calls[0] with { Arguments = copy });
            }
        }

        return calls;
    }

    private JsonObject FillObject(SchemaNode node, out SchemaNode? missing)
    {
        missing = null;
        var arguments = new JsonObject();
        var onlyOne = node.Properties.Count(parameter => parameter.Required && parameter.Type == "string") == 1;
        foreach (var parameter in node.Properties)
        {
            if (ValueOf(parameter, onlyOne, ref missing) is { } value)
            {
                arguments[parameter.Name] = value;
            }
            else if (parameter is { Required: true, Nullable: true })
            {
                arguments[parameter.Name] = null;
            }
            else if (parameter.Required)
            {
                missing ??= parameter;
            }
        }

        if (arguments.Count == 0 && node.Depth == 0)
        {
            Recall(node, arguments);
        }

        return arguments;
    }

    /// <summary>"What's my order status?": of ids that may all be left out, the first that was said or found before.</summary>
    private void Recall(SchemaNode node, JsonObject arguments)
    {
        if (node.Properties.Any(parameter => parameter.Required))
        {
            return;
        }

        foreach (var parameter in node.Properties.Where(parameter => StringKinds.Of(parameter) == StringKind.Id))
        {
            if (_strings.FromHistory(parameter) is { Length: > 0 } id)
            {
                arguments[parameter.Name] = id;
                return;
            }
        }
    }

    private JsonNode? ValueOf(SchemaNode parameter, bool onlyOne, ref SchemaNode? missing)
    {
        if (++_values > MostValues)
        {
            return null;
        }

        if (parameter.Const is { } constant)
        {
            return JsonNode.Parse(constant.GetRawText());
        }

        if (Choices(parameter) is { Count: > 0 } choices)
        {
            return Choice(parameter, choices);
        }

        switch (parameter.Type)
        {
            case "integer":
                return Number(parameter) is { } whole && Math.Abs(whole) < long.MaxValue ? (JsonNode)(long)Math.Round(whole) : null;
            case "number":
                return Number(parameter) is { } number ? (JsonNode)number : null;
            case "boolean":
                return Boolean(parameter) is { } boolean ? (JsonNode)boolean : null;
            case "array":
                return Array(parameter);
            case "object" when parameter.Depth < MostDepth && parameter.Properties.Count > 0:
                var inner = FillObject(parameter, out var lacking);
                missing ??= parameter.Required ? lacking : null;
                return inner.Count > 0 && lacking is null || parameter.Required ? inner : null;
            case "string":
                return _strings.Find(parameter, onlyOne) is { Length: > 0 } text ? (JsonNode)text : null;
            default:
                return null;
        }
    }

    /// <summary>The values a parameter allows: its enum, or the two or more that its description quotes.</summary>
    private static IReadOnlyList<string> Choices(SchemaNode parameter)
    {
        if (parameter.Enum.Count > 0 || parameter.Type != "string" || Example().IsMatch(parameter.Description))
        {
            return parameter.Enum;
        }

        var quoted = QuotedValue().Matches(parameter.Description).Select(match => match.Groups[1].Value).ToList();
        return quoted.Count > 1 ? quoted : [];
    }

    private JsonNode? Choice(SchemaNode parameter, IReadOnlyList<string> choices)
    {
        var texts = parameter.Required ? evidence.Earlier.Prepend(evidence.Text) : [evidence.Text];
        var words = texts.Select(Words.All).Select(all => all.Select(Words.Stem).ToHashSet());
        return words.Select(said => choices.FirstOrDefault(choice => Words.All(choice).Select(Words.Stem).All(said.Contains))).FirstOrDefault(choice => choice is not null);
    }

    private double? Number(SchemaNode parameter)
    {
        if (evidence.Asked == parameter.Name && Numbers.In(evidence.Reply) is [var answer, ..])
        {
            return answer.Value;
        }

        if (Numbers.Near(evidence.Text, parameter.NameWords) is { } near)
        {
            return near;
        }

        if (!parameter.Required)
        {
            if (parameter.NameWords is ["quantity"] && Numbers.In(evidence.Text) is [var only])
            {
                return only.Value;
            }

            return LimitName().IsMatch(parameter.Name) && Limit().Match(evidence.Text) is { Success: true } limit ? Numbers.In(limit.Value) is [var most, ..] ? most.Value : null : null;
        }

        var numbers = Numbers.In(evidence.Text);
        return numbers.Count > 0 ? numbers[0].Value : QuantityName().IsMatch(parameter.Name) && NamesOne() ? 1 : null;
    }

    /// <summary>"Order a laptop" is one laptop; "place an order" says nothing of how many.</summary>
    private bool NamesOne() => Single().Matches(evidence.Text).Any(match => !_toolWords.Contains(Words.Stem(match.Groups[1].Value.ToLowerInvariant())));

    private bool? Boolean(SchemaNode parameter)
    {
        var said = Words.Content(evidence.Text);
        if (parameter.NameWords.Any(said.Contains))
        {
            return !Negation().IsMatch(evidence.Text);
        }

        return evidence.Asked == parameter.Name ? !Negation().IsMatch(evidence.Reply) : null;
    }

    private JsonArray? Array(SchemaNode parameter)
    {
        if (parameter.Items.Type is "integer" or "number")
        {
            var numbers = Numbers.In(evidence.Text.Replace(",", " , ", StringComparison.Ordinal)).Select(number => (JsonNode)number.Value).ToArray();
            return numbers.Length > 0 ? new JsonArray(numbers) : null;
        }

        var words = string.Join('|', parameter.NameWords.Select(word => Regex.Escape(word) + @"\w*"));
        var items = words.Length > 0 ? Phrases.ListAfter(evidence.Text, words) : [];
        if (items.Count == 0 && evidence.Asked == parameter.Name)
        {
            items = Phrases.Split(evidence.Reply);
        }

        return items.Count > 0 && parameter.Items.Type == "string" ? new JsonArray([.. items.Select(item => (JsonNode)item)]) : null;
    }

    [GeneratedRegex(@"\b(?:e\.g\.|example|such as|for instance)", RegexOptions.IgnoreCase)]
    private static partial Regex Example();

    [GeneratedRegex(@"['""]([\w -]{1,40})['""]")]
    private static partial Regex QuotedValue();

    [GeneratedRegex("max|limit|count|top|results", RegexOptions.IgnoreCase)]
    private static partial Regex LimitName();

    [GeneratedRegex(@"\b(?:top|first|max(?:imum)?|at most|up to|only)\s+(?:\d{1,4}|\w+)\b|\b\d{1,4}\s+(?:results|items|entries|hits)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Limit();

    [GeneratedRegex("quantity|count|amount|units|number", RegexOptions.IgnoreCase)]
    private static partial Regex QuantityName();

    [GeneratedRegex(@"\b(?:a|an|another)\s+(\w+)", RegexOptions.IgnoreCase)]
    private static partial Regex Single();

    [GeneratedRegex(@"\b(?:no|not|don't|without|never|off|false)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Negation();
}
