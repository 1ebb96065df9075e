using System.Net;
using System.Text.Json;
using BlazorAgents.Testing.Fakes;

namespace BlazorAgents.OpenAI.Tests.Behaviours;

/// <summary>A remote MCP server with one tool, as the emulator reaches it.</summary>
internal static class DiceServer
{
    public static readonly Uri Address = new("https://dice.test/mcp");

    public static FakeHttpHandler Create() => new(request =>
    {
        using var call = JsonDocument.Parse(request.Body);
        return call.RootElement.TryGetProperty("id", out var id)
            ? FakeHttpHandler.Json(JsonSerializer.Serialize(new { jsonrpc = "2.0", id = id.GetInt32(), result = Answer(call.RootElement) }))
            : new HttpResponseMessage(HttpStatusCode.Accepted) { Content = new StringContent("") };
    });

    private static object Answer(JsonElement call) => call.GetProperty("method").GetString() switch
    {
        "initialize" => new { protocolVersion = "2025-06-18", capabilities = new { tools = new { } }, serverInfo = new { name = "dice", version = "1" } },
        "tools/list" => new { tools = new[] { s_rollDice } },
        _ => new { content = new[] { new { type = "text", text = $"You rolled {call.GetProperty("params").GetProperty("arguments").GetProperty("sides")}" } }, isError = false },
    };

    private static readonly object s_rollDice = new
    {
        name = "roll_dice",
        description = "Roll dice and return their sum.",
        inputSchema = new { type = "object", properties = new { sides = new { type = "integer" } }, required = new[] { "sides" } },
    };
}
