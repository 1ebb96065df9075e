using System.Text.Json;

namespace BlazorAgents.OpenAI.Responses;

/// <summary>Reads the arguments of an MCP call.</summary>
internal static class JsonArguments
{
    private static readonly JsonElement s_any = JsonElement.Parse("""{"type":"object"}""");

    /// <summary>A schema as it came; one of any object when the text is no JSON.</summary>
    public static JsonElement ReadSchema(BinaryData? json)
    {
        try
        {
            return json is not null ? JsonElement.Parse(json.ToMemory().Span) : s_any;
        }
        catch (JsonException)
        {
            return s_any;
        }
    }

    /// <summary>The arguments by name, or null when the text is no JSON object.</summary>
    public static IDictionary<string, object?>? Read(BinaryData? json)
    {
        try
        {
            return json is not null && JsonElement.Parse(json.ToMemory().Span) is { ValueKind: JsonValueKind.Object } arguments
                ? arguments.EnumerateObject().GroupBy(p => p.Name, StringComparer.Ordinal)
                    .ToDictionary(g => g.Key, g => (object?)g.Last().Value, StringComparer.Ordinal)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
