using System.Text.Json;

namespace BlazorAgents.Emulator.Wire;

/// <summary>Reads "messages": roles, text and image parts, tool calls.</summary>
internal static class MessageReader
{
    private static readonly string[] s_roles = ["system", "developer", "user", "assistant", "tool", "function"];

    public static IReadOnlyList<ChatTurn> Read(JsonElement root)
    {
        var messages = root.Member("messages") ?? throw new ApiErrorException(ApiError.Missing("messages"));
        if (messages.ValueKind != JsonValueKind.Array)
        {
            throw new ApiErrorException(ApiError.WrongType("messages", "an array of objects"));
        }

        if (messages.GetArrayLength() == 0)
        {
            throw new ApiErrorException(ApiError.Invalid("messages",
                "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.", "empty_array"));
        }

        return [.. messages.EnumerateArray().Select(ReadOne)];
    }

    private static ChatTurn ReadOne(JsonElement message, int index)
    {
        var at = $"messages[{index}]";
        if (message.ValueKind != JsonValueKind.Object)
        {
            throw new ApiErrorException(ApiError.WrongType(at, "an object"));
        }

        var role = message.Text("role") ?? throw new ApiErrorException(ApiError.Missing($"{at}.role"));
        if (!s_roles.Contains(role))
        {
            throw new ApiErrorException(ApiError.Invalid($"{at}.role",
                $"Invalid value: '{role}'. Supported values are: 'system', 'assistant', 'user', 'function', 'tool', and 'developer'."));
        }

        var calls = ReadCalls(message, at);
        var (text, images) = ReadContent(message, at, optional: role == "assistant" && (calls.Count > 0 || message.Member("refusal") is not null || message.Member("audio") is not null));
        if (role == "tool" && message.Text("tool_call_id") is null)
        {
            throw new ApiErrorException(ApiError.Missing($"{at}.tool_call_id"));
        }

        return new ChatTurn(role, text, images, calls, message.Text("tool_call_id"));
    }

    private static (string Text, int Images) ReadContent(JsonElement message, string at, bool optional)
    {
        switch (message.Member("content"))
        {
            case null when optional:
                return ("", 0);
            case { ValueKind: JsonValueKind.String }:
                return (message.Text("content") ?? throw Unreadable(), 0);
            case { ValueKind: JsonValueKind.Array } parts:
                return ReadParts(parts, at);
            case null:
                throw new ApiErrorException(ApiError.Invalid($"{at}.content", $"Invalid value for 'content': expected a string, got null. ({at}.content)", null));
            default:
                throw new ApiErrorException(ApiError.WrongType($"{at}.content", "one of a string or array of objects"));
        }
    }

    private static (string Text, int Images) ReadParts(JsonElement parts, string at)
    {
        var texts = new List<string>();
        var images = 0;
        foreach (var (index, part) in parts.EnumerateArray().Index())
        {
            switch (part.Text("type"))
            {
                case "text" or "refusal":
                    texts.Add(part.Text("text") ?? part.Text("refusal") ?? throw new ApiErrorException(ApiError.Missing($"{at}.content[{index}].text")));
                    break;
                case "image_url":
                    _ = part.Member("image_url")?.Text("url") ?? throw new ApiErrorException(ApiError.Missing($"{at}.content[{index}].image_url.url"));
                    images++;
                    break;
                case "input_audio" or "file":
                    break;
                case var type:
                    throw new ApiErrorException(ApiError.Invalid($"{at}.content[{index}].type",
                        $"Invalid value: '{type}'. Supported values are: 'text', 'image_url', 'input_audio', 'refusal', and 'file'."));
            }
        }

        return (string.Join("\n", texts), images);
    }

    private static List<ToolCall> ReadCalls(JsonElement message, string at)
    {
        var calls = new List<ToolCall>();
        foreach (var (index, call) in message.Items("tool_calls").Index())
        {
            var function = call.Member("function");
            calls.Add(new ToolCall(
                call.Text("id") ?? throw new ApiErrorException(ApiError.Missing($"{at}.tool_calls[{index}].id")),
                function?.Text("name") ?? throw new ApiErrorException(ApiError.Missing($"{at}.tool_calls[{index}].function.name")),
                function.Value.Text("arguments") ?? throw new ApiErrorException(ApiError.Missing($"{at}.tool_calls[{index}].function.arguments"))));
        }

        return calls;
    }

    private static ApiErrorException Unreadable() => new(new ApiError(400, "Invalid body: failed to parse JSON value: a string is not valid Unicode."));
}
