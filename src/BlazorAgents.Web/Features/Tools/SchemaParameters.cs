using System.Text.Json;

namespace BlazorAgents.Web.Features.Tools;

/// <summary>A tool's JSON schema as a list of arguments. Bounded; reading never throws, as schemas also come from other servers.</summary>
internal sealed class SchemaParameters
{
    private const int MaxRows = 100;
    private const int MaxDepth = 5;
    private const int MaxText = 500;

    private static readonly (string Keyword, string Words)[] s_limits =
    [
        ("minimum", "at least {0}"), ("exclusiveMinimum", "more than {0}"), ("maximum", "at most {0}"), ("exclusiveMaximum", "less than {0}"),
        ("multipleOf", "a multiple of {0}"), ("minLength", "at least {0} characters"), ("maxLength", "at most {0} characters"),
        ("minItems", "at least {0} items"), ("maxItems", "at most {0} items"), ("format", "as {0}"), ("pattern", "fits {0}"), ("default", "{0} when left out"),
    ];

    private readonly List<SchemaParameter> _rows = [];
    private readonly JsonElement _root;

    private SchemaParameters(JsonElement root) => _root = root;

    /// <summary>The arguments in the schema's order, members of a group after it.</summary>
    public static IReadOnlyList<SchemaParameter> Read(string schema)
    {
        try
        {
            using var document = JsonDocument.Parse(schema);
            var reader = new SchemaParameters(document.RootElement);
            reader.AddMembers(document.RootElement, "", 0);
            return reader._rows;
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private void AddMembers(JsonElement schema, string prefix, int depth)
    {
        if (Member(schema, "properties") is not { ValueKind: JsonValueKind.Object } properties || depth > MaxDepth)
        {
            return;
        }

        var required = Texts(Member(schema, "required"));
        foreach (var property in properties.EnumerateObject())
        {
            if (_rows.Count == MaxRows)
            {
                return;
            }

            var (own, isNullable) = Resolve(property.Value);
            var name = prefix + property.Name;
            var item = Member(own, "items") is { } items ? Resolve(items).Schema : (JsonElement?)null;
            _rows.Add(new SchemaParameter(
                Cut(name), TypeOf(own, item, isNullable), required.Contains(property.Name), Values(own, item), [.. Limits(own)],
                (Text(property.Value, "description") ?? Text(own, "description")) is { } words ? Cut(words) : null));
            AddMembers(own, $"{name}.", depth + 1);
            if (item is { } element)
            {
                AddMembers(element, $"{name}[].", depth + 1);
            }
        }
    }

    /// <summary>The schema behind references, and the one that remains when the other may only be null.</summary>
    private (JsonElement Schema, bool IsNullable) Resolve(JsonElement schema)
    {
        var isNullable = false;
        for (var step = 0; step < MaxDepth; step++)
        {
            if (Text(schema, "$ref") is { } reference && Find(reference) is { } target)
            {
                schema = target;
            }
            else if (Member(schema, "anyOf") is { ValueKind: JsonValueKind.Array } any
                && any.EnumerateArray().Where(one => Text(one, "type") != "null").Take(2).ToList() is [var only] && any.GetArrayLength() == 2)
            {
                (schema, isNullable) = (only, true);
            }
            else
            {
                break;
            }
        }

        return (schema, isNullable);
    }

    private JsonElement? Find(string reference)
    {
        JsonElement? at = reference.StartsWith('#') ? _root : null;
        foreach (var part in reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            at = at is { } here ? Member(here, part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)) : null;
        }

        return at;
    }

    private static string TypeOf(JsonElement schema, JsonElement? item, bool isNullable)
    {
        var types = Member(schema, "type") is { ValueKind: JsonValueKind.String } one ? [one.GetString()!] : Texts(Member(schema, "type"));
        var words = types.Where(type => type != "null").Select(type => type switch
        {
            "string" => "text",
            "integer" => "whole number",
            "number" => "number",
            "boolean" => "yes or no",
            "object" => "group",
            "array" => item is { } of && TypeOf(of, null, isNullable: false) is var inner and not "any" ? $"list of {inner}" : "list",
            _ => Cut(type),
        }).ToList();
        if (words.Count == 0)
        {
            words.Add(Member(schema, "enum") is null ? "any" : "choice");
        }

        return string.Join(" or ", isNullable || types.Contains("null") ? [.. words, "nothing"] : words);
    }

    private static IReadOnlyList<string> Values(JsonElement schema, JsonElement? item) =>
        (Member(schema, "enum") ?? Member(item, "enum")) is { ValueKind: JsonValueKind.Array } values
            ? [.. values.EnumerateArray().Where(value => value.ValueKind is not JsonValueKind.Null).Take(MaxRows).Select(Show)]
            : Member(schema, "const") is { } only ? [Show(only)] : [];

    private static IEnumerable<string> Limits(JsonElement schema) =>
        from limit in s_limits
        let value = Member(schema, limit.Keyword)
        where value is { ValueKind: not JsonValueKind.Null }
        select limit.Words.Replace("{0}", Show(value.Value), StringComparison.Ordinal);

    private static HashSet<string> Texts(JsonElement? element) => element is { ValueKind: JsonValueKind.Array } list
        ? [.. list.EnumerateArray().Where(text => text.ValueKind is JsonValueKind.String).Select(text => text.GetString()!)]
        : [];

    private static string Show(JsonElement value) => Cut(value.ValueKind is JsonValueKind.String ? value.GetString()! : value.GetRawText());

    private static string? Text(JsonElement element, string name) => Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement? Member(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } group && group.TryGetProperty(name, out var member) ? member : null;

    private static string Cut(string text) => Approvals.Parts.ApprovalWords.Cut(text, MaxText);
}
