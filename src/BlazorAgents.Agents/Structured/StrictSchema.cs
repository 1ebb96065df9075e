using System.Text.Json;
using System.Text.Json.Nodes;

namespace BlazorAgents.Agents.Structured;

/// <summary>
/// A schema as a strict provider takes it: an object at the root, every field required (null stands for one left out), nothing beyond the
/// named fields, and only the keywords it knows; what the others say goes into the description.
/// </summary>
/// <param name="Schema">The schema to send.</param>
/// <param name="IsStrict">False when the form cannot be said strictly; then only the root was changed.</param>
/// <param name="IsWrapped">The value stands in the field "value" of an object.</param>
internal sealed record StrictSchema(JsonElement Schema, bool IsStrict, bool IsWrapped)
{
    /// <summary>The field that carries a value which is no object.</summary>
    public const string WrapperName = "value";

    private static readonly HashSet<string> s_keywords = new(StringComparer.Ordinal)
    {
        "type", "properties", "required", "additionalProperties", "items", "enum", "const", "anyOf", "$ref", "$defs", "definitions",
        "description", "title", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minItems", "maxItems",
    };

    private static readonly HashSet<string> s_notes = new(StringComparer.Ordinal) { "$schema", "$id", "$comment", "examples", "deprecated", "readOnly", "writeOnly" };

    private static readonly HashSet<string> s_formats = new(StringComparer.Ordinal)
    {
        "date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid",
    };

    public static StrictSchema Of(JsonElement schema)
    {
        var isWrapped = !(schema.TryGetProperty("type", out var type) && type.ValueKind is JsonValueKind.String && type.ValueEquals("object"));
        var root = JsonObject.Create(schema)!;
        root = isWrapped ? Wrap(root) : root;
        var plain = JsonSerializer.SerializeToElement(root);
        return MakeStrict(root)
            ? new StrictSchema(JsonSerializer.SerializeToElement(root), true, isWrapped)
            : new StrictSchema(plain, false, isWrapped);
    }

    private static JsonObject Wrap(JsonObject value)
    {
        var root = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject(), ["required"] = new JsonArray(WrapperName), ["additionalProperties"] = false };
        foreach (var definitions in (string[])["$defs", "definitions"])
        {
            if (value.Remove(definitions, out var kept))
            {
                Rebase(kept);
                root[definitions] = kept;
            }
        }

        Rebase(value);
        root["properties"]![WrapperName] = value;
        return root;
    }

    // References from the root lead through the wrapper now.
    private static void Rebase(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                if (fields["$ref"] is JsonValue reference && reference.TryGetValue<string>(out var path) && path.StartsWith('#')
                    && !path.StartsWith("#/$defs/", StringComparison.Ordinal) && !path.StartsWith("#/definitions/", StringComparison.Ordinal))
                {
                    fields["$ref"] = $"#/properties/{WrapperName}{path[1..].TrimEnd('/')}";
                }

                foreach (var (_, field) in fields)
                {
                    Rebase(field);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Rebase(item);
                }

                break;
        }
    }

    /// <summary>False when something in the schema cannot be strict.</summary>
    private static bool MakeStrict(JsonNode? node)
    {
        if (node is not JsonObject rule || !Narrow(rule) || !SaysWhatItIs(rule))
        {
            return false;
        }

        var required = (rule["required"] as JsonArray)?.Select(name => $"{name}").ToHashSet(StringComparer.Ordinal) ?? [];
        if (rule["properties"] is JsonObject properties)
        {
            foreach (var (name, property) in properties.ToList())
            {
                if (!MakeStrict(property))
                {
                    return false;
                }

                if (!required.Contains(name) && OrNull((JsonObject)property!) is var optional && !ReferenceEquals(optional, property))
                {
                    properties[name] = optional;
                }
            }

            rule["required"] = new JsonArray([.. properties.Select(property => (JsonNode)property.Key)]);
            rule["additionalProperties"] = false;
        }

        return (rule["items"] is not { } items || MakeStrict(items))
            && (rule["anyOf"] is not JsonArray forms || forms.All(MakeStrict))
            && (rule["$defs"] is not JsonObject defs || defs.All(def => MakeStrict(def.Value)))
            && (rule["definitions"] is not JsonObject definitions || definitions.All(def => MakeStrict(def.Value)));
    }

    /// <summary>Moves what a strict provider does not know into the description; false for what changes the meaning.</summary>
    private static bool Narrow(JsonObject rule)
    {
        if (rule.Remove("oneOf", out var one) && !rule.TryAdd("anyOf", one))
        {
            return false;
        }

        var notes = new List<string>();
        foreach (var (keyword, value) in rule.ToList())
        {
            switch (keyword)
            {
                case "additionalProperties" when value?.GetValueKind() is not JsonValueKind.False:
                case "allOf" or "if" or "patternProperties" or "prefixItems" or "dependentSchemas" or "dependentRequired" or "unevaluatedProperties":
                    return false;
                case "format" when s_formats.Contains($"{value}"):
                case "pattern" when !$"{value}".Contains("(?", StringComparison.Ordinal):
                case var _ when s_keywords.Contains(keyword):
                    continue;
                case "default" when value is null:
                    break;
                case var _ when !s_notes.Contains(keyword):
                    notes.Add($"{keyword}: {value?.ToJsonString()}");
                    break;
            }

            rule.Remove(keyword);
        }

        if (notes.Count > 0)
        {
            rule["description"] = $"{rule["description"]} ({string.Join(", ", notes)})".TrimStart();
        }

        return true;
    }

    // "Anything" and "an object of any fields" have no strict form.
    private static bool SaysWhatItIs(JsonObject rule) =>
        rule.ContainsKey("anyOf") || rule.ContainsKey("enum") || rule.ContainsKey("const")
        || (rule["$ref"] is { } reference
            ? $"{reference}".StartsWith('#')
            : rule["type"] is { } type
                && (!IsType(type, "object") || rule.ContainsKey("properties"))
                && (!IsType(type, "array") || rule.ContainsKey("items")));

    private static bool IsType(JsonNode type, string name) => type is JsonArray many ? many.Any(item => $"{item}" == name) : $"{type}" == name;

    private static JsonObject OrNull(JsonObject rule)
    {
        if (rule["anyOf"] is JsonArray forms)
        {
            if (!forms.Any(form => form is JsonObject one && one["type"] is { } each && IsType(each, "null")))
            {
                forms.Add(new JsonObject { ["type"] = "null" });
            }

            return rule;
        }

        if (rule["type"] is { } type && !rule.ContainsKey("const"))
        {
            if (!IsType(type, "null"))
            {
                rule["type"] = type is JsonArray many ? new JsonArray([.. many.Select(item => item!.DeepClone()), "null"]) : new JsonArray(type.DeepClone(), "null");
            }

            if (rule["enum"] is JsonArray allowed && !allowed.Any(item => item is null))
            {
                allowed.Add(null);
            }

            return rule;
        }

        var described = new JsonObject();
        if (rule.Remove("description", out var description))
        {
            described["description"] = description;
        }

        var copy = (JsonObject)rule.DeepClone();
        described["anyOf"] = new JsonArray(copy, new JsonObject { ["type"] = "null" });
        return described;
    }
}
