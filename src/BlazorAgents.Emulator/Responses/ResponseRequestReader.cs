using System.Text.Json;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Responses;

/// <summary>Reads a request to create a response and refuses what OpenAI refuses, with its words.</summary>
internal static class ResponseRequestReader
{
    // The specification's least number of output tokens.
    private const int LeastTokens = 16;

    public static ResponseRequest Read(JsonElement root, Func<string, bool> knowsModel)
    {
        var model = root.OptionalText("model") is { Length: > 0 } id ? id : throw new ApiErrorException(ApiError.Missing("model"));
        if (!knowsModel(model))
        {
            throw new ApiErrorException(new ApiError(400, $"The requested model '{model}' does not exist.", Param: "model", Code: "model_not_found"));
        }

        var (previous, conversation) = ReadThread(root);
        var input = ItemReader.ReadInput(root);
        if (root.Member("input") is null && previous is null && conversation is null)
        {
            throw new ApiErrorException(ApiError.Missing("input"));
        }

        var tools = ResponseTools.Read(root);
        var (schema, jsonObject) = ReadFormat(root);
        var request = new ResponseRequest
        {
            Root = root,
            Model = model,
            Input = input,
            Instructions = root.OptionalText("instructions"),
            PreviousResponseId = previous,
            ConversationId = conversation,
            Store = root.Flag("store", true),
            Background = root.Flag("background", false),
            Stream = root.Flag("stream", false),
            Include = ItemView.Check(root.Items("include").Select(value => value.ToString()).ToHashSet()),
            Tools = tools,
            Choice = ToolChoice.Read(root, tools),
            ParallelCalls = root.Flag("parallel_tool_calls", true),
            MaxOutputTokens = root.Whole("max_output_tokens", LeastTokens),
            MaxToolCalls = root.Whole("max_tool_calls", 1),
            Schema = schema,
            JsonObject = jsonObject,
            ReasoningSummary = ReadReasoning(root),
            Metadata = root.Metadata(),
        };
        CheckRanges(root);
        return request is { Background: true, Store: false }
            ? throw new ApiErrorException(ApiError.Invalid("background", "Background mode requires 'store' to be true.", "unsupported_parameter"))
            : request;
    }

    private static (string? Previous, string? Conversation) ReadThread(JsonElement root)
    {
        var previous = root.OptionalText("previous_response_id");
        var conversation = root.Member("conversation") switch
        {
            null => null,
            { ValueKind: JsonValueKind.String } => root.OptionalText("conversation"),
            { ValueKind: JsonValueKind.Object } given => given.Text("id") ?? throw new ApiErrorException(ApiError.Missing("conversation.id")),
            _ => throw new ApiErrorException(ApiError.WrongType("conversation", "one of a string or object")),
        };
        if (previous is not null && conversation is not null)
        {
            throw new ApiErrorException(ApiError.Invalid("previous_response_id", "Mutually exclusive parameters: 'previous_response_id' and 'conversation'. Ensure you are only providing one of them.", "mutually_exclusive_parameters"));
        }

        if (previous is not null)
        {
            Parameters.RequirePrefix("previous_response_id", previous, "resp_");
        }

        if (conversation is not null)
        {
            Parameters.RequirePrefix("conversation", conversation, "conv_");
        }

        return (previous, conversation);
    }

    private static (JsonElement? Schema, bool JsonObject) ReadFormat(JsonElement root)
    {
        _ = root.Member("text")?.ChoiceIn("text.", "verbosity", "low", "medium", "high");
        if (root.Member("text")?.Member("format") is not { } format)
        {
            return (null, false);
        }

        if (format.Member("strict") is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) })
        {
            throw new ApiErrorException(ApiError.WrongType("text.format.strict", "a boolean"));
        }

        switch (format.Text("type"))
        {
            case null:
                throw new ApiErrorException(ApiError.Missing("text.format.type"));
            case "text":
                return (null, false);
            case "json_object":
                return (null, true);
            case "json_schema":
                return format.Text("name") is not { Length: > 0 }
                    ? throw new ApiErrorException(ApiError.Missing("text.format.name"))
                    : (format.Member("schema") is { ValueKind: JsonValueKind.Object } schema ? schema : throw new ApiErrorException(ApiError.Missing("text.format.schema")), false);
            case var type:
                throw new ApiErrorException(ApiError.Invalid("text.format.type", $"Invalid value: '{type}'. Supported values are: 'json_object', 'json_schema', and 'text'."));
        }
    }

    private static bool ReadReasoning(JsonElement root) => root.Member("reasoning") switch
    {
        null => false,
        { ValueKind: JsonValueKind.Object } reasoning => ReadSummary(reasoning, "concise", "detailed", "auto"),
        _ => throw new ApiErrorException(ApiError.WrongType("reasoning", "an object")),
    };

    private static bool ReadSummary(JsonElement reasoning, params string[] summaries)
    {
        _ = reasoning.ChoiceIn("reasoning.", "effort", "none", "minimal", "low", "medium", "high", "xhigh", "max");
        return (reasoning.ChoiceIn("reasoning.", "summary", summaries) ?? reasoning.ChoiceIn("reasoning.", "generate_summary", summaries)) is not null;
    }

    private static void CheckRanges(JsonElement root)
    {
        _ = root.Decimal("temperature", 0, 2);
        _ = root.Decimal("top_p", 0, 1);
        _ = root.Whole("top_logprobs", 0, 20);
        _ = root.Choice("truncation", "disabled", "auto", "disabled");
    }
}
