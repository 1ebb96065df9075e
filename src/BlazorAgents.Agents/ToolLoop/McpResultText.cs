using System.Text.Json;

namespace BlazorAgents.Agents.ToolLoop;

/// <summary>Reads the JSON of an MCP tool result, which reports a failure with "isError" instead of an exception.</summary>
internal static class McpResultText
{
    /// <summary>The result's text and whether it is an error; null when the JSON is not an MCP result.</summary>
    public static (string Text, bool Failed)? TryRead(JsonElement result)
    {
        var failed = result.TryGetProperty("isError", out var isError) && isError.ValueKind == JsonValueKind.True;
        var hasContent = result.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.Array;
        var isMcp = hasContent && content.EnumerateArray().All(b => b.ValueKind == JsonValueKind.Object && b.TryGetProperty("type", out _));
        if (!isMcp)
        {
            return failed ? (result.GetRawText(), true) : null;
        }

        var text = string.Join('\n', content.EnumerateArray().Select(Describe));
        return (text.Length == 0 ? result.GetRawText() : text, failed);
    }

    private static string Describe(JsonElement block)
    {
        if (block.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String)
        {
            return text.GetString()!;
        }

        if (block.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.String)
        {
            var type = block.TryGetProperty("mimeType", out var mime) ? mime.ToString() : "application/octet-stream";
            return ToolResultText.DescribeBinary(type, data.GetString()!.Length * 3L / 4);
        }

        return block.GetRawText();
    }
}
