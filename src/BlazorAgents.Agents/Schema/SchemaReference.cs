using System.Globalization;
using System.Text.Json;

namespace BlazorAgents.Agents.Schema;

/// <summary>The "$ref" keyword, as far as it points into the same schema.</summary>
internal static class SchemaReference
{
    /// <summary>Follows a reference inside <paramref name="schema"/> ("#/$defs/City"); null for any other.</summary>
    public static JsonElement? Resolve(JsonElement schema, JsonElement reference)
    {
        if (reference.ValueKind != JsonValueKind.String || reference.GetString() is not { } text || !text.StartsWith('#'))
        {
            return null;
        }

        var current = schema;
        foreach (var part in text.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
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

        return current;
    }
}
