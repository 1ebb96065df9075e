using System.Globalization;
using System.Text.Json;

namespace BlazorAgents.Agents.Schema;

/// <summary>The "$ref" keyword, as far as it points into the same schema.</summary>
internal static class SchemaReference
{
    /// <summary>Follows a reference inside <paramref name="schema"/> ("#/$defs/City"); null for any other.</summary>
    public static JsonElement? Resolve(JsonElement schema, JsonElement reference)
    {
        var current = schema;
        foreach (var name in Steps(reference) ?? [])
        {
            if (current.ValueKind == JsonValueKind.Object && current.TryGetProperty(name, out var next))
            {
                current = next;
            }
            else if (current.ValueKind == JsonValueKind.Array && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < current.GetArrayLength())
            {
                current = current[index];
            }
            else
            {
                return null;
            }
        }

        return Steps(reference) is null ? null : current;
    }

    /// <summary>The place that a reference names, the same for each way to write it; null when it leads out of the schema.</summary>
    public static string? PlaceOf(JsonElement reference) =>
        Steps(reference) is { } steps ? string.Join('/', steps.Select(step => step.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal))) : null;

    private static List<string>? Steps(JsonElement reference) =>
        reference.ValueKind == JsonValueKind.String && reference.GetString() is { } text && text.StartsWith('#')
            ? [.. text.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries)
                .Select(part => Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))]
            : null;
}
