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

    /// <summary>True when the thread, conversation or response to go on from is unknown to the server.</summary>
    public bool IsAboutThread =>
        Is("previous_response_not_found", "conversation_not_found", "thread_not_found")
        || (Says("not found") && (Param is "previous_response_id" or "conversation"
            || Says("Previous response") || Says("Conversation with id") || Says("Response with id")))
        || Says("No conversation found") || Says("No thread found");

    /// <summary>True when something that the request brought or named is at fault, such as a picture or a vector store: trying again cannot help.</summary>
    public bool IsAboutInput =>
        Code is { } code && (code.StartsWith("invalid_", StringComparison.Ordinal) || code.StartsWith("image_", StringComparison.Ordinal)
            || code is "unsupported_image_media_type" or "empty_image_file" or "failed_to_download_image" or "data_residency_mismatch")
        || Says("vector store") || Says("container with id") || Says("file with id") || Says("No such File object");

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
