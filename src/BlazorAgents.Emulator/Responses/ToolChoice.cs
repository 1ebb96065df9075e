using System.Text.Json;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Responses;

/// <summary>What tool_choice says.</summary>
/// <param name="None">No tool may be called.</param>
/// <param name="Required">Some tool must be called.</param>
/// <param name="Function">The function that must be called, or null.</param>
/// <param name="Hosted">The kind of hosted tool that must be used, or null.</param>
/// <param name="McpTool">The tool of an MCP server that must be called, or null.</param>
/// <param name="Allowed">Names of functions and kinds of hosted tools that may be called; null means all.</param>
internal sealed record ToolChoice(bool None, bool Required, string? Function, string? Hosted, string? McpTool, IReadOnlySet<string>? Allowed)
{
    private static readonly ToolChoice s_auto = new(false, false, null, null, null, null);

    public static ToolChoice Read(JsonElement root, ResponseTools tools)
    {
        switch (root.Member("tool_choice"))
        {
            case null:
                return s_auto;
            case { ValueKind: JsonValueKind.String }:
                return root.Choice("tool_choice", "auto", "none", "auto", "required") switch
                {
                    "none" => s_auto with { None = true },
                    "required" => tools.Echo.Count > 0 ? s_auto with { Required = true } : throw NotFound("required"),
                    _ => s_auto,
                };
            case { ValueKind: JsonValueKind.Object } choice:
                return ReadObject(choice, tools);
            default:
                throw new ApiErrorException(ApiError.WrongType("tool_choice", "one of a string or object"));
        }
    }

    private static ToolChoice ReadObject(JsonElement choice, ResponseTools tools)
    {
        var type = choice.Text("type") ?? throw new ApiErrorException(ApiError.Missing("tool_choice.type"));
        switch (type)
        {
            case "function":
                var name = choice.Text("name") ?? throw new ApiErrorException(ApiError.Missing("tool_choice.name"));
                return tools.Functions.Any(tool => tool.Name == name) ? s_auto with { Function = name } : throw NotFound(name);
            case "allowed_tools":
                if (choice.Member("tools") is not { ValueKind: JsonValueKind.Array } list || list.EnumerateArray().Any(tool => tool.ValueKind != JsonValueKind.Object))
                {
                    throw new ApiErrorException(ApiError.WrongType("tool_choice.tools", "an array of objects"));
                }

                var allowed = choice.Items("tools").Select(tool => tool.Text("name") ?? ResponseTools.Kind(tool)).ToHashSet();
                var mode = choice.ChoiceIn("tool_choice.", "mode", "auto", "required") ?? throw new ApiErrorException(ApiError.Missing("tool_choice.mode"));
                return s_auto with { Allowed = allowed, Required = mode == "required" };
            case "mcp":
                var label = choice.Text("server_label") ?? throw new ApiErrorException(ApiError.Missing("tool_choice.server_label"));
                return tools.Of("mcp").Any(tool => tool.Text("server_label") == label) ? s_auto with { Hosted = "mcp", McpTool = choice.Text("name") } : throw NotFound(label);
            default:
                var kind = ResponseTools.Kind(choice);
                return tools.Of(kind).Any() ? s_auto with { Hosted = kind } : throw NotFound(type);
        }
    }

    private static ApiErrorException NotFound(string name) =>
        new(ApiError.Invalid("tool_choice", $"Tool choice '{name}' not found in 'tools' parameter.", null));
}
