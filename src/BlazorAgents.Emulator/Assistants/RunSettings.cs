using System.Text.Json;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Assistants;

/// <summary>What a run is asked to do: the assistant's settings with the run's own on top.</summary>
internal sealed record RunSettings
{
    private const int LeastTokens = 256;
    private const int LongestInstructions = 256_000;

    public required string AssistantId { get; init; }

    public required string Model { get; init; }

    public required string Instructions { get; init; }

    public required AssistantTools Tools { get; init; }

    public required ToolResources Resources { get; init; }

    public double? Temperature { get; init; }

    public double? TopP { get; init; }

    public JsonElement? Format { get; init; }

    public JsonElement? ToolChoice { get; init; }

    public bool ParallelCalls { get; init; }

    public int? MaxPromptTokens { get; init; }

    public int? MaxCompletionTokens { get; init; }

    /// <summary>How many of the newest messages the model sees; null means all that fit.</summary>
    public int? LastMessages { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    public static RunSettings Read(JsonElement body, Assistant assistant, EmulatorState state, Func<string, bool> knows)
    {
        var tools = AssistantTools.Read(body) ?? assistant.Tools;
        var instructions = Fields.Text(body, "instructions", LongestInstructions, null) ?? assistant.Instructions ?? "";
        var more = Fields.Text(body, "additional_instructions", LongestInstructions, null);
        return new RunSettings
        {
            AssistantId = assistant.Id,
            Model = Fields.Model(body.Member("model") is null ? assistant.Model : body.Text("model"), knows),
            Instructions = more is null ? instructions : instructions.Length == 0 ? more : instructions + "\n" + more,
            Tools = tools,
            Resources = ToolResources.Read(body, state) ?? assistant.Resources,
            Temperature = Fields.Number(body, "temperature", 2, assistant.Temperature) ?? 1,
            TopP = Fields.Number(body, "top_p", 1, assistant.TopP) ?? 1,
            Format = ResponseFormat.Read(body) ?? assistant.Format,
            ToolChoice = ReadChoice(body, tools),
            ParallelCalls = body.Flag("parallel_tool_calls", true),
            MaxPromptTokens = body.Whole("max_prompt_tokens", LeastTokens),
            MaxCompletionTokens = body.Whole("max_completion_tokens", LeastTokens),
            LastMessages = ReadTruncation(body),
            Metadata = KeyValues.Metadata(body),
        };
    }

    private static JsonElement? ReadChoice(JsonElement body, AssistantTools tools)
    {
        if (body.Member("tool_choice") is not { } choice)
        {
            return null;
        }

        if (choice.ValueKind == JsonValueKind.String)
        {
            var word = body.Text("tool_choice");
            return word is "none" or "auto" or "required"
                ? choice
                : throw new ApiErrorException(ApiError.Invalid("tool_choice", $"Invalid value: '{word}'. Supported values are: 'none', 'auto', and 'required'."));
        }

        var found = choice.Text("type") switch
        {
            "function" => tools.Functions.Any(tool => tool.Name == choice.Member("function")?.Text("name")),
            "code_interpreter" => tools.HasCode,
            "file_search" => tools.Search is not null,
            var type => throw new ApiErrorException(ApiError.Invalid("tool_choice.type", $"Invalid value: '{type}'. Supported values are: 'function', 'code_interpreter', and 'file_search'.")),
        };
        return found ? choice : throw new ApiErrorException(ApiError.Invalid("tool_choice", "Invalid 'tool_choice': the tool is not among the tools of the run."));
    }

    private static int? ReadTruncation(JsonElement body)
    {
        if (body.Member("truncation_strategy") is not { } strategy)
        {
            return null;
        }

        return strategy.Text("type") switch
        {
            "auto" => null,
            "last_messages" => strategy.Int("last_messages") is >= 1 and var count ? count : throw new ApiErrorException(ApiError.Invalid("truncation_strategy.last_messages", "Invalid 'truncation_strategy.last_messages': expected an integer of at least 1.")),
            var type => throw new ApiErrorException(ApiError.Invalid("truncation_strategy.type", $"Invalid value: '{type}'. Supported values are: 'auto' and 'last_messages'.")),
        };
    }
}
