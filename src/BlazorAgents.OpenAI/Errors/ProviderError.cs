using System.Text.Json;

namespace BlazorAgents.OpenAI.Errors;

/// <summary>The "error" object of the wire; each field may be missing.</summary>
internal sealed record ProviderError(string? Message, string? Type, string? Code, string? Param)
{
    public static ProviderError Empty { get; } = new(null, null, null, null);

    /// <summary>Reads {"error":{..}}, {"error":"text"}, or the inner object alone; anything else is empty.</summary>
    public static ProviderError Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("error", out var inner))
            {
                root = inner;
            }

            return root.ValueKind switch
            {
                JsonValueKind.String => new ProviderError(root.GetString(), null, null, null),
                JsonValueKind.Object => new ProviderError(Text(root, "message"), Text(root, "type"), Text(root, "code"), Text(root, "param")),
                _ => Empty,
            };
        }
        catch (JsonException)
        {
            return Empty;
        }
    }

    public bool Is(params ReadOnlySpan<string> codes) => codes.Contains(Code) || codes.Contains(Type);

    public bool Says(string words) => Message?.Contains(words, StringComparison.OrdinalIgnoreCase) == true;

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        }
        : null;
}
