using System.Text.Json;

namespace BlazorAgents.Agents.Schema;

/// <summary>What a JSON schema is made of.</summary>
public static class SchemaForms
{
    private const int MaxDepth = 16;
    private const int MaxForms = 200;

    /// <summary>The schema and all that may apply beside it or in its place: what it refers to in <paramref name="root"/>, and its alternatives.</summary>
    /// <returns>At most some hundred, for schemas that go round in circles.</returns>
    public static IReadOnlyList<JsonElement> Of(JsonElement schema, JsonElement root)
    {
        var found = new List<JsonElement>();
        Add(schema, root, found, 0);
        return found;
    }

    private static void Add(JsonElement schema, JsonElement root, List<JsonElement> found, int depth)
    {
        if (schema.ValueKind != JsonValueKind.Object || depth > MaxDepth || found.Count > MaxForms)
        {
            return;
        }

        found.Add(schema);
        if (schema.TryGetProperty("$ref", out var reference) && SchemaReference.Resolve(root, reference) is { } target)
        {
            Add(target, root, found, depth + 1);
        }

        foreach (var name in (ReadOnlySpan<string>)["anyOf", "oneOf", "allOf"])
        {
            if (schema.TryGetProperty(name, out var parts) && parts.ValueKind == JsonValueKind.Array)
            {
                foreach (var part in parts.EnumerateArray())
                {
                    Add(part, root, found, depth + 1);
                }
            }
        }
    }
}
