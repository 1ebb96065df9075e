using System.Text.Json;
using BlazorAgents.Agents.ToolLoop;

namespace BlazorAgents.Agents.Schema;

/// <summary>
/// A place in a JSON schema as forms and tables show it: behind local references, and behind an alternative to null. Reading never
/// throws, as schemas also come from other servers; who descends sets how deep and how far, for a schema may hold itself, many times.
/// </summary>
public sealed class SchemaNode
{
    private const int MaxLayers = 8;

    private static readonly JsonElement s_any = JsonElement.Parse("true");

    private readonly JsonElement _root;

    // As it is written, then what stands behind it: the first that has a keyword counts.
    private readonly List<JsonElement> _layers = [];

    private SchemaNode(JsonElement root, JsonElement written)
    {
        _root = root;
        for (JsonElement? at = written; at is { } layer && _layers.Count < MaxLayers; at = Behind(layer))
        {
            _layers.Add(layer);
        }

        var types = Keyword("type") is { ValueKind: JsonValueKind.String } one ? Texts([one]) : Texts(Keyword("type"));
        IsNullable |= types.Contains("null");
        Types = [.. types.Where(type => type != "null")];
    }

    /// <summary>The root of a schema; one that is JSON but no text, for half of a surrogate pair, says nothing.</summary>
    public static SchemaNode Of(JsonElement schema) => CanonicalJson.IsText(schema) ? new SchemaNode(schema, schema) : new SchemaNode(s_any, s_any);

    /// <summary>True where null may stand in place of a value.</summary>
    public bool IsNullable { get; private set; }

    /// <summary>The types as JSON Schema names them, without "null"; empty where it names none.</summary>
    public IReadOnlyList<string> Types { get; }

    /// <summary>The type where there is one; an enumeration of texts is "string" also without saying so.</summary>
    public string? Type => Types switch
    {
        [var only] => only,
        [] when Choices.Count > 0 => "string",
        _ => null,
    };

    /// <summary>The description, the nearest one.</summary>
    public string? Description => Keyword("description") is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>The members, in the schema's order.</summary>
    public IEnumerable<(string Name, SchemaNode Schema)> Properties => Keyword("properties") is { ValueKind: JsonValueKind.Object } properties
        ? properties.EnumerateObject().Select(property => (property.Name, new SchemaNode(_root, property.Value)))
        : [];

    /// <summary>True when it says which members a value has.</summary>
    public bool HasProperties => Keyword("properties") is { ValueKind: JsonValueKind.Object };

    /// <summary>The names of the members that must be given, in the schema's order.</summary>
    public IReadOnlyList<string> Required => [.. Texts(Keyword("required")).Distinct(StringComparer.Ordinal)];

    /// <summary>The schema of a list's items.</summary>
    public SchemaNode? Items => Keyword("items") is { ValueKind: JsonValueKind.Object } items ? new SchemaNode(_root, items) : null;

    /// <summary>The values that are allowed, without null; empty where any is.</summary>
    public IReadOnlyList<JsonElement> Values => Keyword("enum") is { ValueKind: JsonValueKind.Array } values
        ? [.. values.EnumerateArray().Where(value => value.ValueKind is not JsonValueKind.Null)]
        : Keyword("const") is { ValueKind: not JsonValueKind.Null } only ? [only] : [];

    /// <summary>The allowed values where each is a text.</summary>
    public IReadOnlyList<string> Choices =>
        Keyword("enum") is not null && Values is var values && values.All(value => value.ValueKind is JsonValueKind.String) ? Texts(values) : [];

    /// <summary>The schemas that may apply here, and whether these are all.</summary>
    public (IReadOnlyList<JsonElement> Forms, bool AreAll) Forms => SchemaForms.Of([_layers[0]], _root);

    /// <summary>A keyword's value, the nearest one; null where it does not stand.</summary>
    public JsonElement? Keyword(string name) =>
        _layers.Select(layer => Member(layer, name)).FirstOrDefault(value => value is { ValueKind: not JsonValueKind.Undefined });

    private JsonElement? Behind(JsonElement layer)
    {
        if (Member(layer, "$ref") is { } reference && SchemaReference.Resolve(_root, reference) is { } target)
        {
            return target;
        }

        if (Parts(layer, "allOf") is [var only])
        {
            return only;
        }

        // One form or null: other alternatives are no single form.
        List<JsonElement> any = [.. Parts(layer, "anyOf"), .. Parts(layer, "oneOf")];
        var forms = any.Where(form => Member(form, "type") is not { ValueKind: JsonValueKind.String } type || !type.ValueEquals("null")).ToList();
        if (any.Count != 2 || forms.Count != 1)
        {
            return null;
        }

        IsNullable = true;
        return forms[0];
    }

    private static List<JsonElement> Parts(JsonElement layer, string name) =>
        Member(layer, name) is { ValueKind: JsonValueKind.Array } parts ? [.. parts.EnumerateArray()] : [];

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

    private static List<string> Texts(JsonElement? list) => list is { ValueKind: JsonValueKind.Array } texts ? Texts(texts.EnumerateArray()) : [];

    private static List<string> Texts(IEnumerable<JsonElement> values) =>
        [.. values.Where(value => value.ValueKind is JsonValueKind.String).Select(value => value.GetString()!)];
}
