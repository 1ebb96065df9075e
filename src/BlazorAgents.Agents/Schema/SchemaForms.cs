using System.Text.Json;

namespace BlazorAgents.Agents.Schema;

/// <summary>What JSON schemas are made of.</summary>
public static class SchemaForms
{
    private const int MaxDepth = 16;
    private const int MaxForms = 200;

    /// <summary>The schemas and all that may apply beside or in place of one: what they refer to in <paramref name="root"/>, and their alternatives.</summary>
    /// <returns>The forms, and whether they are all: schemas that go round in circles are cut at some hundred.</returns>
    public static (IReadOnlyList<JsonElement> Forms, bool AreAll) Of(IEnumerable<JsonElement> schemas, JsonElement root)
    {
        ArgumentNullException.ThrowIfNull(schemas);
        var found = new List<JsonElement>();
        var areAll = schemas.All(schema => Add(schema, root, found, 0));
        return (found, areAll);
    }

    private static bool Add(JsonElement schema, JsonElement root, List<JsonElement> found, int depth)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        if (depth > MaxDepth || found.Count >= MaxForms)
        {
            return false;
        }

        found.Add(schema);
        var areAll = !schema.TryGetProperty("$ref", out var reference) || SchemaReference.Resolve(root, reference) is not { } target
            || Add(target, root, found, depth + 1);
        foreach (var name in (ReadOnlySpan<string>)["anyOf", "oneOf", "allOf"])
        {
            if (schema.TryGetProperty(name, out var parts) && parts.ValueKind == JsonValueKind.Array)
            {
                areAll &= parts.EnumerateArray().All(part => Add(part, root, found, depth + 1));
            }
        }

        return areAll;
    }
}
