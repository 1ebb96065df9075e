using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Demo;

/// <summary>Estimates tokens at four characters each.</summary>
internal static class Tokens
{
    public const int CharactersEach = 4;
    private const int PerMessage = 4;

    public static int Count(string text) => text.Length == 0 ? 0 : ((text.Length - 1) / CharactersEach) + 1;

    public static int Count(ChatRequest request) =>
        request.Messages.Sum(turn => PerMessage + Count(turn.Text) + turn.ToolCalls.Sum(call => Count(call.Name) + Count(call.Arguments)))
        + request.Tools.Sum(tool => Count(tool.Name) + Count(tool.Description) + (tool.Parameters.ValueKind == System.Text.Json.JsonValueKind.Undefined ? 0 : Count(tool.Parameters.GetRawText())));
}
