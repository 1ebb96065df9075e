using System.Text.Json;
using System.Text.Json.Nodes;

namespace BlazorAgents.Testing.Specification;

/// <summary>Which event of a stream follows which part of the stream's schema.</summary>
internal sealed class EventNames
{
    /// <summary>What ends a stream of chat chunks.</summary>
    private const string Done = "[DONE]";

    private readonly string _stream;
    private readonly string? _tag;

    private EventNames(string stream, string? tag, Dictionary<string, JsonObject> byEvent) => (_stream, _tag, ByEvent) = (stream, tag, byEvent);

    /// <summary>The schemas by the names of their events; one nameless for a stream that knows one kind only.</summary>
    public Dictionary<string, JsonObject> ByEvent { get; }

    /// <summary>Reads the alternatives of a stream's schema: told apart by "event" with "data" beside it, or by "type" inside the data.</summary>
    public static EventNames Read(JsonObject components, string stream)
    {
        var forms = Forms((JsonObject)components[stream]!).ToList();
        var tag = new[] { "event", "type" }.FirstOrDefault(name => forms.All(form => Name(form, name) is not null));
        return new EventNames(stream, tag, forms.ToDictionary(form => tag is null ? string.Empty : Name(form, tag)!));

        IEnumerable<JsonObject> Forms(JsonObject schema) =>
            schema["$ref"] is { } reference ? Forms((JsonObject)components[((string)reference!).Split('/')[^1]]!)
            : (schema["oneOf"] ?? schema["anyOf"]) is JsonArray forms ? forms.SelectMany(form => Forms((JsonObject)form!))
            : [schema];
    }

    /// <summary>The name of the definition of one event.</summary>
    public string DefinitionOf(string name) => $"{_stream} {name}";

    /// <summary>The definition that an event must follow and the JSON to judge, or what is wrong with it; neither for the end of a stream.</summary>
    public (string? Definition, string Json, string? Problem) Find(string? name, string data)
    {
        if (_tag is null)
        {
            return data == Done ? (null, data, null) : name is null ? (DefinitionOf(string.Empty), data, null) : (null, data, $"must have no name, not {name}");
        }

        var kind = KindOf(name, data);
        if (kind is null || !ByEvent.ContainsKey(kind))
        {
            return (null, data, $"is no event of {_stream}: {kind ?? data}");
        }

        if (_tag == "event")
        {
            var quoted = data == Done ? JsonSerializer.Serialize(data) : data;
            return (DefinitionOf(kind), $$"""{"event":{{JsonSerializer.Serialize(name)}},"data":{{quoted}}}""", null);
        }

        return name is null || name == kind ? (DefinitionOf(kind), data, null) : (null, data, $"is named {name}, but its type is {kind}");
    }

    /// <summary>Which event this is; empty for the only kind, null for none.</summary>
    public string? KindOf(string? name, string data) => _tag switch
    {
        null => data == Done ? null : string.Empty,
        "event" => name,
        _ => TypeOf(data),
    };

    private static string? TypeOf(string data)
    {
        try
        {
            return JsonNode.Parse(data) is JsonObject found ? (string?)found["type"] : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Name(JsonObject form, string tag) =>
        form["properties"]?[tag]?["enum"] is JsonArray { Count: 1 } names ? (string?)names[0] : null;
}
