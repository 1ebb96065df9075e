using System.Globalization;
using System.Text.Json.Nodes;

namespace BlazorAgents.Testing.Specification;

/// <summary>Makes JSON of texts that came as query parameters or form fields, as far as their schema says what they are.</summary>
internal sealed class QueryValues(JsonObject components)
{
    /// <summary>A JSON object of these pairs; "name[]" collects, "name[key]" nests.</summary>
    /// <param name="properties">The schemas of the known names.</param>
    /// <param name="pairs">Names and texts, in order.</param>
    public JsonObject Read(JsonObject properties, IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var result = new JsonObject();
        foreach (var (name, text) in pairs)
        {
            var bracket = name.IndexOf('[', StringComparison.Ordinal);
            var (field, key) = bracket > 0 ? (name[..bracket], name[(bracket + 1)..^1]) : (name, null);
            var schema = properties[field] as JsonObject;
            if (key is { Length: > 0 } && !int.TryParse(key, out _))
            {
                var nested = (JsonObject)(result[field] ??= new JsonObject());
                nested[key] = Value(schema is null ? null : Resolve(schema)["properties"]?[key] as JsonObject, text);
            }
            else if (key is not null || (schema is not null && IsArray(schema)))
            {
                ((JsonArray)(result[field] ??= new JsonArray())).Add(Value(schema is null ? null : Resolve(schema)["items"] as JsonObject, text));
            }
            else
            {
                result[field] = Value(schema, text);
            }
        }

        return result;
    }

    private JsonNode Value(JsonObject? schema, string text)
    {
        var kinds = schema is null ? [] : Kinds(schema).ToHashSet();
        return kinds.Contains("integer") && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole
            : kinds.Contains("number") && double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number
            : kinds.Contains("boolean") && text is "true" or "false" ? text == "true"
            : text;
    }

    private bool IsArray(JsonObject schema) => Kinds(schema).Contains("array");

    private IEnumerable<string> Kinds(JsonObject schema)
    {
        var actual = Resolve(schema);
        var own = actual["type"] switch { JsonArray many => many.Select(kind => (string)kind!), { } one => [(string)one!], _ => [] };
        var forms = (actual["anyOf"] ?? actual["oneOf"]) as JsonArray;
        return own.Concat(forms?.SelectMany(form => Kinds((JsonObject)form!)) ?? []);
    }

    private JsonObject Resolve(JsonObject schema)
    {
        while (schema["$ref"] is { } reference)
        {
            schema = (JsonObject)components[((string)reference!).Split('/')[^1]]!;
        }

        return schema;
    }
}
