using System.Text.Json;

namespace BlazorAgents.Emulator.Wire;

/// <summary>Reads a chat completion request and refuses what OpenAI refuses, with its words.</summary>
internal static class ChatRequestReader
{
    public static ChatRequest Read(ReadOnlyMemory<byte> body, Func<string, bool> knowsModel)
    {
        var root = WireJson.ParseObject(body);
        var model = root.Text("model") is { Length: > 0 } id ? id : throw new ApiErrorException(new ApiError(400, "you must provide a model parameter"));
        if (!knowsModel(model))
        {
            throw new ApiErrorException(ApiError.ModelNotFound(model));
        }

        var messages = MessageReader.Read(root);
        ToolCallOrder.Check(messages);
        var tools = ToolReader.Read(root);
        var choice = root.Member("tool_choice");
        if (choice is not null && tools.Count == 0)
        {
            throw new ApiErrorException(ApiError.Invalid("tool_choice", "Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.", null));
        }

        var kind = choice is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        return new ChatRequest
        {
            Model = model,
            Messages = messages,
            Tools = kind == "none" ? [] : tools,
            MustCallTool = kind == "required",
            ForcedTool = choice?.Member("function")?.Text("name") is { } name ? ForcedTool(name, tools) : null,
            ParallelCalls = root.Member("parallel_tool_calls") is not { ValueKind: JsonValueKind.False },
            Stream = ReadStream(root),
            IncludeUsage = root.Member("stream_options")?.IsTrue("include_usage") ?? false,
            Schema = ReadSchema(root),
            JsonObject = root.Member("response_format")?.Text("type") == "json_object",
            MaxTokens = root.Int("max_completion_tokens") ?? root.Int("max_tokens"),
            Stop = ReadStop(root),
        };
    }

    private static bool ReadStream(JsonElement root) => root.Member("stream") switch
    {
        null or { ValueKind: JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.True } => true,
        _ => throw new ApiErrorException(ApiError.WrongType("stream", "a boolean")),
    };

    private static string ForcedTool(string name, IReadOnlyList<ToolSpec> tools) =>
        tools.Any(tool => tool.Name == name)
            ? name
            : throw new ApiErrorException(ApiError.Invalid("tool_choice", $"Tool choice '{name}' not found in 'tools' parameter.", null));

    private static JsonElement? ReadSchema(JsonElement root)
    {
        var format = root.Member("response_format");
        if (format?.Text("type") != "json_schema")
        {
            return null;
        }

        var described = format.Value.Member("json_schema") ?? throw new ApiErrorException(ApiError.Missing("response_format.json_schema"));
        return described.Text("name") is not { Length: > 0 }
            ? throw new ApiErrorException(ApiError.Missing("response_format.json_schema.name"))
            : described.Member("schema") ?? throw new ApiErrorException(ApiError.Missing("response_format.json_schema.schema"));
    }

    private static List<string> ReadStop(JsonElement root) => root.Member("stop") switch
    {
        { ValueKind: JsonValueKind.String } => [root.Text("stop") ?? ""],
        { ValueKind: JsonValueKind.Array } many => [.. many.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)],
        _ => [],
    };
}
