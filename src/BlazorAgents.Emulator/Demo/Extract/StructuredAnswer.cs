using System.Text.Json;
using System.Text.Json.Nodes;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Demo.Extract;

/// <summary>Fills an instance of a JSON schema from the text. What the text does not say is null, empty or the smallest value allowed.</summary>
internal sealed class StructuredAnswer
{
    private const int MostDepth = 8;

    // A schema that refers to itself grows without end otherwise.
    private const int MostValues = 2000;

    private readonly string _text;
    private readonly FieldFinder _fields;

    private int _values;

    private StructuredAnswer(string text, TimeProvider time) => (_text, _fields) = (text, new FieldFinder(text, time));

    public static string Fill(JsonElement schema, Conversation conversation)
    {
        var results = string.Join("\n", conversation.Steps.Select(step => Tools.ToolResults.Unwrap(step.Result)));
        var filler = new StructuredAnswer(results.Length > 0 ? conversation.Question + "\n" + results : conversation.Question, conversation.Time);
        var instance = filler.Value(new SchemaNode(schema, schema));
        return instance?.ToJsonString(WireJson.Options) ?? "null";
    }

    private JsonNode? Value(SchemaNode node)
    {
        if (++_values > MostValues)
        {
            return null;
        }

        if (node.Const is { } constant)
        {
            return JsonNode.Parse(constant.GetRawText());
        }

        if (node.Enum.Count > 0)
        {
            return _fields.Choice(node) ?? (node.Nullable ? null : node.Enum[0]);
        }

        return node.Type switch
        {
            "object" => Object(node),
            "array" => Array(node),
            "integer" => Number(node) is { } whole ? JsonValue.Create((long)Math.Clamp(Math.Round(whole), long.MinValue / 2, long.MaxValue / 2)) : null,
            "number" => Number(node) is { } number ? JsonValue.Create(number) : null,
            "boolean" => Boolean(node),
            "null" => null,
            _ => _fields.Text(node) ?? (node.Nullable ? null : EmptyText(node)),
        };
    }

    private JsonObject Object(SchemaNode node)
    {
        var instance = new JsonObject();
        foreach (var property in node.Properties)
        {
            instance[property.Name] = property.Depth >= MostDepth ? null : Value(property);
        }

        return instance;
    }

    private JsonArray Array(SchemaNode node)
    {
        var items = node.Items;
        var values = items.Type switch
        {
            "string" when items.Enum.Count > 0 => items.Enum.Where(choice => _text.Contains(choice, StringComparison.OrdinalIgnoreCase)).Select(choice => (JsonNode?)choice),
            "string" => _fields.List(node).Select(item => (JsonNode?)item),
            "integer" => Numbers.In(_text).Select(number => (JsonNode?)(long)number.Value),
            "number" => Numbers.In(_text).Select(number => (JsonNode?)number.Value),
            "object" when node.Depth < MostDepth => [Value(items)],
            _ => [],
        };
        var array = new JsonArray([.. values]);
        while (array.Count < node.MinItems && array.Count < 100)
        {
            array.Add(node.Depth < MostDepth ? Value(items) : null);
        }

        return array;
    }

    private double? Number(SchemaNode node)
    {
        var found = Numbers.Near(_text, node.NameWords) ?? Numbers.Near(_text, Words.Content(node.Description)) ?? (Numbers.In(_text) is [var first, ..] ? first.Value : null);
        if (found is null && node.Nullable)
        {
            return null;
        }

        var value = found ?? 0;
        value = node.Minimum is { } least && value < least ? least : value;
        return node.Maximum is { } most && value > most ? most : value;
    }

    private JsonValue? Boolean(SchemaNode node)
    {
        var said = Words.Content(_text);
        return node.NameWords.Any(said.Contains) ? JsonValue.Create(true) : node.Nullable ? null : JsonValue.Create(false);
    }

    private static string EmptyText(SchemaNode node) => node.Format switch
    {
        "date" => "1970-01-01",
        "date-time" => "1970-01-01T00:00:00Z",
        "time" => "00:00:00Z",
        "email" => "unknown@example.com",
        "uri" => "https://example.com",
        "uuid" => Guid.Empty.ToString(),
        _ => "",
    };
}
