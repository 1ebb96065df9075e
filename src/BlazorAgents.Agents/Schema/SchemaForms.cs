using System.Text.Json;

namespace BlazorAgents.Agents.Schema;

/// <summary>What JSON schemas are made of.</summary>
public static class SchemaForms
{
    private const int MaxForms = 200;

    /// <summary>The schemas and all that may apply beside or in place of one: what they refer to in <paramref name="root"/>, and their alternatives.</summary>
    /// <returns>The forms, and whether they are all: at most 200.</returns>
    public static (IReadOnlyList<JsonElement> Forms, bool AreAll) Of(IEnumerable<JsonElement> schemas, JsonElement root)
    {
        ArgumentNullException.ThrowIfNull(schemas);
        var (found, followed) = (new List<JsonElement>(), new HashSet<string>(StringComparer.Ordinal));
        var areAll = schemas.All(schema => Add(schema, root, found, followed));
        return (found, areAll);
    }

    // Each reference is followed once: it leads to the same each time, and schemas may go round in circles.
    private static bool Add(JsonElement schema, JsonElement root, List<JsonElement> found, HashSet<string> followed)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        if (found.Count >= MaxForms)
        {
            return false;
        }

        found.Add(schema);
        var areAll = !schema.TryGetProperty("$ref", out var reference) || SchemaReference.Resolve(root, reference) is not { } target
            || !followed.Add(SchemaReference.PlaceOf(reference)!) || Add(target, root, found, followed);
        foreach (var name in (ReadOnlySpan<string>)["anyOf", "oneOf", "allOf"])
        {
            if (schema.TryGetProperty(name, out var parts) && parts.ValueKind == JsonValueKind.Array)
            {
                areAll &= parts.EnumerateArray().All(part => Add(part, root, found, followed));
            }
        }

        return areAll;
    }
}
