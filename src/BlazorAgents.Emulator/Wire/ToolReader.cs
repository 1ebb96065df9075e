using System.Text.Json;
using System.Text.RegularExpressions;

namespace BlazorAgents.Emulator.Wire;

/// <summary>Reads "tools"; function tools only, as Chat Completions has it.</summary>
internal static partial class ToolReader
{
    public static IReadOnlyList<ToolSpec> Read(JsonElement root) => [.. root.Items("tools").Select(ReadOne)];

    private static ToolSpec ReadOne(JsonElement tool, int index)
    {
        var at = $"tools[{index}]";
        if (tool.Text("type") is not "function")
        {
            throw new ApiErrorException(ApiError.Invalid($"{at}.type", $"Invalid value: '{tool.Text("type")}'. Supported values are: 'function'."));
        }

        var function = tool.Member("function") ?? throw new ApiErrorException(ApiError.Missing($"{at}.function"));
        var name = function.Text("name") ?? throw new ApiErrorException(ApiError.Missing($"{at}.function.name"));
        if (!NamePattern().IsMatch(name))
        {
            throw new ApiErrorException(ApiError.Invalid($"{at}.function.name",
                $"Invalid '{at}.function.name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'."));
        }

        var parameters = function.Member("parameters") ?? default;
        return parameters.ValueKind is JsonValueKind.Object or JsonValueKind.Undefined
            ? new ToolSpec(name, function.Text("description") ?? "", parameters)
            : throw new ApiErrorException(ApiError.WrongType($"{at}.function.parameters", "an object"));
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$")]
    private static partial Regex NamePattern();
}
