using System.Text.Json;
using System.Text.RegularExpressions;

namespace BlazorAgents.Emulator.Wire;

/// <summary>Reads function tools.</summary>
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

        return ReadFunction(tool.Member("function") ?? throw new ApiErrorException(ApiError.Missing($"{at}.function")), $"{at}.function");
    }

    /// <summary>Name, description and parameters: inside "function" in Chat Completions, beside "type" in Responses.</summary>
    public static ToolSpec ReadFunction(JsonElement function, string at)
    {
        var name = function.Text("name") ?? throw new ApiErrorException(ApiError.Missing($"{at}.name"));
        if (!NamePattern().IsMatch(name))
        {
            throw new ApiErrorException(ApiError.Invalid($"{at}.name",
                $"Invalid '{at}.name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'."));
        }

        var parameters = function.Member("parameters") ?? default;
        return parameters.ValueKind is JsonValueKind.Object or JsonValueKind.Undefined
            ? new ToolSpec(name, function.Text("description") ?? "", parameters)
            : throw new ApiErrorException(ApiError.WrongType($"{at}.parameters", "an object"));
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$")]
    private static partial Regex NamePattern();
}
