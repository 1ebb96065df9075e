using System.Text.Json;
using System.Text.Json.Nodes;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Responses;

/// <summary>Reads the content parts of an input message.</summary>
internal static class ContentReader
{
    public static JsonObject Text(string text, string role) => role == "assistant"
        ? new JsonObject { ["type"] = "output_text", ["text"] = text, ["annotations"] = new JsonArray(), ["logprobs"] = new JsonArray() }
        : new JsonObject { ["type"] = "input_text", ["text"] = text };

    public static JsonArray ReadParts(JsonElement parts, string role, string at) =>
        new([.. parts.EnumerateArray().Select((part, index) => (JsonNode)ReadPart(part, role, $"{at}[{index}]"))]);

    private static JsonObject ReadPart(JsonElement part, string role, string at)
    {
        if (part.ValueKind != JsonValueKind.Object)
        {
            throw new ApiErrorException(ApiError.WrongType(at, "an object"));
        }

        var type = part.Text("type") ?? throw new ApiErrorException(ApiError.Missing($"{at}.type"));
        var read = (JsonObject)JsonNode.Parse(part.GetRawText())!;
        switch (type, role)
        {
            case ("input_text", not "assistant"):
                RequireText(part, "text", at);
                break;
            case ("output_text", "assistant"):
                RequireText(part, "text", at);
                read["annotations"] ??= new JsonArray();
                read["logprobs"] ??= new JsonArray();
                break;
            case ("refusal", "assistant"):
                RequireText(part, "refusal", at);
                break;
            case ("input_image", not "assistant"):
                if (part.Text("image_url") is null && part.Text("file_id") is null)
                {
                    throw new ApiErrorException(ApiError.Missing($"{at}.image_url"));
                }

                read["detail"] ??= "auto";
                break;
            case ("input_file", not "assistant"):
                if (part.Text("file_id") is null && part.Text("file_data") is null && part.Text("file_url") is null)
                {
                    throw new ApiErrorException(ApiError.Missing($"{at}.file_id"));
                }

                break;
            default:
                var supported = role == "assistant" ? "'output_text' and 'refusal'" : "'input_text', 'input_image', and 'input_file'";
                throw new ApiErrorException(ApiError.Invalid($"{at}.type", $"Invalid value: '{type}'. Supported values are: {supported}."));
        }

        return read;
    }

    private static void RequireText(JsonElement part, string name, string at)
    {
        if (part.Text(name) is null)
        {
            throw new ApiErrorException(ApiError.Missing($"{at}.{name}"));
        }
    }
}
