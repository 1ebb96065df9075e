using System.Text.Json;

namespace BlazorAgents.OpenAI.Responses;

/// <summary>Reads the arguments of an MCP call.</summary>
internal static class JsonArguments
{
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
