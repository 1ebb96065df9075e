using System.Text.Json;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Demo.Extract;

/// <summary>One node of a JSON schema with its references resolved and "or null" taken off.</summary>
internal sealed class SchemaNode
{
    private const int MostReferences = 8;

    private readonly JsonElement _root;
    private readonly JsonElement _node;

    public SchemaNode(JsonElement root, JsonElement node, string name = "", bool required = true, int depth = 0)
    {
        _root = root;
        Name = name;
        Depth = depth;
        (_node, Nullable) = Unwrap(root, node);
        Required = required && _node.Member("default") is null;
        Description = node.Text("description") ?? _node.Text("description") ?? "";
    }

    public string Name { get; }

    public int Depth { get; }

    /// <summary>Must be given: listed as required and without a default.</summary>
    public bool Required { get; }

    public bool Nullable { get; }

    public string Description { get; }

    public string? Format => _node.Text("format");

    public JsonElement? Const => _node.Member("const");

    public IReadOnlyList<string> Enum => [.. _node.Items("enum").Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)];

    public double? Minimum => Number("minimum") ?? Number("exclusiveMinimum");

    public double? Maximum => Number("maximum") ?? Number("exclusiveMaximum");

    public int MinItems => _node.Int("minItems") ?? 0;

    public JsonElement? Default => _node.Member("default");

    public string Type => _node.Member("type") switch
    {
        { ValueKind: JsonValueKind.String } => _node.Text("type") ?? "string",
        { ValueKind: JsonValueKind.Array } many => many.EnumerateArray().Select(item => item.ToString()).FirstOrDefault(type => type != "null") ?? "null",
        _ => _node.Member("properties") is not null ? "object" : _node.Member("items") is not null ? "array" : "string",
    };

    public IReadOnlyList<SchemaNode> Properties
    {
        get
        {
            if (_node.Member("properties") is not { ValueKind: JsonValueKind.Object } properties)
            {
                return [];
            }

            var required = _node.Items("required").Select(item => item.ToString()).ToHashSet();
            return [.. properties.EnumerateObject().Select(property => new SchemaNode(_root, property.Value, property.Name, required.Contains(property.Name), Depth + 1))];
        }
    }

    public SchemaNode Items => new(_root, _node.Member("items") ?? default, Name, Required, Depth + 1);

    /// <summary>Stems of the name and the description.</summary>
    public IReadOnlyList<string> NameWords => Words.Content(Name);

    private static (JsonElement Node, bool Nullable) Unwrap(JsonElement root, JsonElement node)
    {
        var nullable = false;
        for (var hop = 0; hop < MostReferences; hop++)
        {
            nullable |= node.Items("type").Any(item => item.ToString() == "null");
            var options = node.Items("anyOf").Concat(node.Items("oneOf")).ToList();
            if (node.Text("$ref") is { } path)
            {
                node = Follow(root, path);
            }
            else if (options.Count > 0)
            {
                nullable |= options.Any(option => option.Text("type") == "null");
                node = options.FirstOrDefault(option => option.Text("type") != "null");
            }
            else if (node.Items("allOf").FirstOrDefault() is { ValueKind: JsonValueKind.Object } only)
            {
                node = only;
            }
            else
            {
                break;
            }
        }

        return (node, nullable);
    }

    private static JsonElement Follow(JsonElement root, string path)
    {
        var at = root;
        foreach (var part in path.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            at = at.Member(part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)) ?? default;
        }

        return at;
    }

    private double? Number(string name) =>
        _node.Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var value) ? value : null;
}
