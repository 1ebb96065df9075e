using System.Text.Json;

namespace BlazorAgents.Agents.Schema;

/// <summary>The "type" keyword.</summary>
internal static class SchemaTypes
{
    /// <summary>True when the value has one of the rule's types, or the rule names none.</summary>
    public static bool Matches(JsonElement rule, JsonElement value, out string expected)
    {
        expected = string.Empty;
        if (!rule.TryGetProperty("type", out var type))
        {
            return true;
        }

        string[] names = type.ValueKind switch
        {
            JsonValueKind.String => [type.GetString()!],
            JsonValueKind.Array => [.. type.EnumerateArray().Where(t => t.ValueKind == JsonValueKind.String).Select(t => t.GetString()!)],
            _ => [],
        };
        expected = string.Join(" or ", names.Select(Article));
        return names.Length == 0 || names.Any(name => Is(name, value));
    }

    public static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        JsonValueKind.Number => "the number " + value.GetRawText(),
        _ => "null",
    };

    private static bool Is(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "number" => value.ValueKind == JsonValueKind.Number,

        // 5.0 is an integer to JSON Schema, and so is one of 40 digits, but .NET reads neither into an int: better said than failed.
        "integer" => value.ValueKind == JsonValueKind.Number && value.GetRawText().AsSpan().IndexOfAny(".eE") < 0
            && (value.TryGetInt64(out _) || value.TryGetUInt64(out _)),
        _ => true,
    };

    private static string Article(string type) => type is "null" ? type : type is "object" or "array" or "integer" ? $"an {type}" : $"a {type}";
}
