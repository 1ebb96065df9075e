using System.Text.Json;

namespace BlazorAgents.OpenAI.Responses;

/// <summary>Reads what an MCP server said about its failure: a text, or an object of one of several shapes.</summary>
internal static class ErrorTexts
{
    public static string Read(BinaryData error)
    {
        try
        {
            var element = JsonElement.Parse(error.ToMemory().Span);
            return element.ValueKind switch
            {
                JsonValueKind.String => element.GetString()!,
                JsonValueKind.Object when element.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String =>
                    message.GetString()!,
                _ => element.GetRawText(),
            };
        }
        catch (JsonException)
        {
            return error.ToString();
        }
    }
}
