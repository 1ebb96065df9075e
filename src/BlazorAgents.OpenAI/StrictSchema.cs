using System.Text.Json;
using Microsoft.Extensions.AI;

namespace BlazorAgents.OpenAI;

/// <summary>Schemas in the form that OpenAI enforces: every property required, none besides, no free values.</summary>
internal static class StrictSchema
{
    private static readonly AIJsonSchemaTransformOptions s_strict = new()
    {
        DisallowAdditionalProperties = true,
        RequireAllProperties = true,
        ConvertBooleanSchemas = true,
        MoveDefaultKeywordToDescription = true,
    };

    private static readonly string[] s_unknown =
        ["allOf", "oneOf", "not", "if", "then", "else", "dependentRequired", "dependentSchemas", "patternProperties", "prefixItems"];

    private static readonly string[] s_maps = ["properties", "$defs", "definitions"];

    private static readonly string[] s_typed = ["type", "$ref", "anyOf", "enum", "const"];

    /// <summary>The strict form of <paramref name="schema"/>; false where strict mode would refuse it: maps, free values, conditions.</summary>
    public static bool TryCreate(JsonElement schema, out JsonElement strict)
    {
        var isPossible = schema.ValueKind == JsonValueKind.Object
            && schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("object")
            && IsPossible(schema);
        strict = isPossible ? AIJsonUtilities.TransformSchema(schema, s_strict) : schema;
        return isPossible;
    }

    private static bool IsPossible(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object
            || s_unknown.Any(name => schema.TryGetProperty(name, out _))
            || !s_typed.Any(name => schema.TryGetProperty(name, out _))
            || (schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind != JsonValueKind.False))
        {
            return false;
        }

        return Children(schema).All(IsPossible);
    }

    private static IEnumerable<JsonElement> Children(JsonElement schema)
    {
        foreach (var name in s_maps)
        {
            if (schema.TryGetProperty(name, out var map) && map.ValueKind == JsonValueKind.Object)
            {
                foreach (var child in map.EnumerateObject())
                {
                    yield return child.Value;
                }
            }
        }

        if (schema.TryGetProperty("items", out var items))
        {
            yield return items;
        }

        if (schema.TryGetProperty("anyOf", out var choices) && choices.ValueKind == JsonValueKind.Array)
        {
            foreach (var choice in choices.EnumerateArray())
            {
                yield return choice;
            }
        }
    }
}
