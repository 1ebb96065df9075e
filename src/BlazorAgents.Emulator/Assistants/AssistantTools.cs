using System.Text.Json;
using BlazorAgents.Emulator.VectorStores;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Assistants;

/// <summary>The tools of an assistant or run: functions of the client, and the two that the server runs.</summary>
/// <param name="Echo">As they came, for the answers.</param>
/// <param name="Functions">Function tools.</param>
/// <param name="HasCode">Whether code_interpreter is among them.</param>
/// <param name="Search">The file_search tool's options, or null.</param>
internal sealed record AssistantTools(IReadOnlyList<JsonElement> Echo, IReadOnlyList<ToolSpec> Functions, bool HasCode, FileSearchOptions? Search)
{
    private const int MostTools = 128;

    public static AssistantTools None { get; } = new([], [], false, null);

    /// <summary>Null if the body has none.</summary>
    public static AssistantTools? Read(JsonElement body)
    {
        if (body.Member("tools") is not { } given)
        {
            return null;
        }

        if (given.ValueKind != JsonValueKind.Array)
        {
            throw new ApiErrorException(ApiError.WrongType("tools", "an array of objects"));
        }

        if (given.GetArrayLength() > MostTools)
        {
            throw new ApiErrorException(ApiError.Invalid("tools", $"Invalid 'tools': array too long. Expected an array with maximum length {MostTools}, but got an array with length {given.GetArrayLength()} instead.", "array_above_max_length"));
        }

        var tools = None with { Echo = [.. given.EnumerateArray()] };
        foreach (var (index, tool) in tools.Echo.Index())
        {
            var at = $"tools[{index}]";
            tools = tool.Text("type") switch
            {
                "function" => tools with { Functions = [.. tools.Functions, Function(tool, at)] },
                "code_interpreter" => tools with { HasCode = true },
                "file_search" => tools with { Search = FileSearchOptions.Read(tool, at) },
                null => throw new ApiErrorException(ApiError.Missing($"{at}.type")),
                var type => throw new ApiErrorException(ApiError.Invalid($"{at}.type", $"Invalid value: '{type}'. Supported values are: 'code_interpreter', 'file_search', and 'function'.")),
            };
        }

        return tools.Functions.DistinctBy(function => function.Name).Count() == tools.Functions.Count
            ? tools
            : throw new ApiErrorException(ApiError.Invalid("tools", "Invalid 'tools': the names of functions must differ."));
    }

    private static ToolSpec Function(JsonElement tool, string at)
    {
        var function = tool.Member("function") ?? throw new ApiErrorException(ApiError.Missing($"{at}.function"));
        Fields.Kind(function, "description", $"{at}.function", "a string", JsonValueKind.String);
        Fields.Kind(function, "strict", $"{at}.function", "a boolean", JsonValueKind.True, JsonValueKind.False);
        return ToolReader.ReadFunction(function, $"{at}.function");
    }
}
