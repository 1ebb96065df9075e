using System.Text.Json.Nodes;

namespace BlazorAgents.Testing.Specification;

/// <summary>
/// Writes the specification's schemas (JSON Schema 2020-12) in the words that the validator library reads (draft 4), and closes each
/// object that lists its properties: a property that the specification does not know is an error, as it would be a typing error of ours.
/// </summary>
internal sealed class SchemaRewriter(JsonObject components)
{
    private const string RefPrefix = "#/components/schemas/";

    /// <summary>Words that restrict nothing.</summary>
    private static readonly HashSet<string> s_annotations =
        ["title", "description", "default", "deprecated", "discriminator", "example", "examples", "nullable", "readOnly", "writeOnly", "format"];

    /// <summary>The schema of a media type, parameter or component.</summary>
    public JsonNode Rewrite(JsonNode schema)
    {
        if (schema is not JsonObject source)
        {
            return schema.DeepClone();
        }

        var result = source.ContainsKey("allOf") ? RewriteAllOf(source) : source.ContainsKey("$ref") ? RewriteReference(source) : RewriteWords(source);
        return IsNullable(source) ? new JsonObject { ["anyOf"] = new JsonArray(result, new JsonObject { ["type"] = "null" }) } : result;
    }

    /// <summary>OpenAPI 3.0's word for "or null": no keyword of 3.1, but still in this specification and still meant.</summary>
    private static bool IsNullable(JsonObject schema) =>
        (bool?)schema["nullable"] == true || (schema["allOf"] is JsonArray parts && parts.Any(part => (bool?)part!["nullable"] == true));

    private static bool Restricts(JsonObject schema) => schema.Any(word => !s_annotations.Contains(word.Key));

    private JsonObject RewriteReference(JsonObject source)
    {
        var reference = new JsonObject { ["$ref"] = "#/definitions/" + Name(source) };
        var rest = (JsonObject)source.DeepClone();
        rest.Remove("$ref");
        rest.Remove("nullable");
        return Restricts(rest) ? new JsonObject { ["allOf"] = new JsonArray(reference, Rewrite(rest)) } : reference;
    }

    private JsonObject RewriteWords(JsonObject source)
    {
        var result = new JsonObject();
        foreach (var (word, value) in source)
        {
            switch (word)
            {
                case "properties":
                    result[word] = new JsonObject(((JsonObject)value!).Select(p => KeyValuePair.Create(p.Key, (JsonNode?)Rewrite(p.Value!))));
                    break;
                case "anyOf" or "oneOf":
                    result[word] = new JsonArray([.. ((JsonArray)value!).Select(form => Rewrite(form!))]);
                    break;
                case "items" or "additionalProperties":
                    result[word] = Rewrite(value!);
                    break;
                case "required" when (string?)(source["type"] as JsonValue) == "array":
                    break; // says nothing about an array, but the library demands the properties of it all the same
                case "title" or "format" or "type" or "enum" or "required" or "pattern":
                    result[word] = value!.DeepClone();
                    break;
                case "propertyNames":
                    break;
                case var _ when !s_annotations.Contains(word):
                    result[word] = value?.DeepClone();
                    break;
            }
        }

        LimitNames(source, result);
        if (result["properties"] is JsonObject { Count: > 0 } && !result.ContainsKey("additionalProperties"))
        {
            result["additionalProperties"] = false;
        }

        return result;
    }

    /// <summary>The library does not know propertyNames; a pattern over the names says the same.</summary>
    private static void LimitNames(JsonObject source, JsonObject result)
    {
        if (source["propertyNames"]?["maxLength"] is { } longest)
        {
            result["patternProperties"] = new JsonObject { [$"^[\\s\\S]{{0,{longest}}}$"] = result["additionalProperties"]!.DeepClone() };
            result["additionalProperties"] = false;
        }
    }

    /// <summary>Objects that extend one another become one object, so that it can be closed; anything else stays a conjunction.</summary>
    private JsonNode RewriteAllOf(JsonObject source)
    {
        var parts = ((JsonArray)source["allOf"]!).Select(part => (JsonObject)part!).Where(Restricts).ToList();
        if (parts.Count == 1)
        {
            return Rewrite(parts[0]);
        }

        if (TryMerge(source) is { } merged)
        {
            return RewriteWords(merged);
        }

        return new JsonObject { ["allOf"] = new JsonArray([.. parts.Select(Rewrite)]) };
    }

    private JsonObject? TryMerge(JsonObject schema)
    {
        var target = schema;
        while (target.ContainsKey("$ref"))
        {
            target = (JsonObject)components[Name(target)]!;
        }

        if (target["allOf"] is not JsonArray parts)
        {
            return target.ContainsKey("properties") ? target : null;
        }

        var (properties, required) = (new JsonObject(), new HashSet<string>());
        foreach (var part in parts)
        {
            if (TryMerge((JsonObject)part!) is not { } one)
            {
                return null;
            }

            foreach (var (name, value) in (JsonObject)one["properties"]!)
            {
                properties[name] = properties[name] is { } other && !JsonNode.DeepEquals(other, value)
                    ? new JsonObject { ["allOf"] = new JsonArray(other.DeepClone(), value!.DeepClone()) }
                    : value!.DeepClone();
            }

            required.UnionWith((one["required"] as JsonArray)?.Select(name => (string)name!) ?? []);
        }

        return new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = new JsonArray([.. required.Select(name => (JsonNode)name)]) };
    }

    private static string Name(JsonObject reference) => ((string)reference["$ref"]!)[RefPrefix.Length..];
}
