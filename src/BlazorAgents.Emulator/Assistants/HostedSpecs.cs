using System.Text.Json;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Assistants;

/// <summary>The server's own tools as functions, the form in which the model chooses them.</summary>
internal static class HostedSpecs
{
    public const string Search = "file_search";
    public const string Code = "code_interpreter";

    public static ToolSpec SearchSpec { get; } = new(Search, "Search the uploaded files and documents for passages.",
        Schema("""{"type":"object","properties":{"query":{"type":"string","description":"What to look for"}},"required":["query"]}"""));

    public static ToolSpec CodeSpec { get; } = new(Code, "Run Python code and return what it prints.",
        Schema("""{"type":"object","properties":{"code":{"type":"string","description":"Python source"}},"required":["code"]}"""));

    private static JsonElement Schema(string json) => JsonDocument.Parse(json).RootElement;
}
