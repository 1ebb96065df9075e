using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Responses.Mcp;

/// <summary>The offline demo's MCP server: dice. It lives in the emulator and answers at an address that exists nowhere else.</summary>
public sealed class DemoMcpServer : DelegatingHandler
{
    private const int MostSides = 1_000;
    private const int MostDice = 100;

    // JSON-RPC's "method not found".
    private const int UnknownMethod = -32601;

    internal DemoMcpServer(HttpMessageHandler inner)
        : base(inner)
    {
    }

    /// <summary>The address to give to a request's MCP tool.</summary>
    public static Uri Address { get; } = new("https://dice.demo.invalid/mcp");

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.RequestUri?.Host != Address.Host)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        var message = await request.Content!.ReadFromJsonAsync<JsonElement>(cancellationToken);
        if (message.Int("id") is not { } id)
        {
            return new HttpResponseMessage(HttpStatusCode.Accepted) { Content = new StringContent("") };
        }

        object answer = message.Text("method") switch
        {
            "initialize" => new { jsonrpc = "2.0", id, result = new { protocolVersion = "2025-06-18", capabilities = new { tools = new { } }, serverInfo = new { name = "dice", version = "1.0" } } },
            "tools/list" => new { jsonrpc = "2.0", id, result = new { tools = new[] { s_rollDice } } },
            "tools/call" => new { jsonrpc = "2.0", id, result = Call(message.Member("params")) },
            _ => new { jsonrpc = "2.0", id, error = new { code = UnknownMethod, message = "There is no such method." } },
        };
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(answer, answer.GetType(), options: WireJson.Options) };
    }

    private static object Call(JsonElement? call)
    {
        var arguments = call?.Member("arguments");
        var (sides, count) = (arguments?.Int("sides") ?? 6, arguments?.Int("count") ?? 1);
        return call?.Text("name") != "roll_dice" ? Text("There is no such tool.", isError: true)
            : sides is < 2 or > MostSides || count is < 1 or > MostDice ? Text($"sides must be 2 to {MostSides}, and count 1 to {MostDice}.", isError: true)
            : Text(Roll(sides, count), isError: false);
    }

    private static string Roll(int sides, int count)
    {
        int[] rolled = [.. Enumerable.Range(0, count).Select(_ => RandomNumberGenerator.GetInt32(sides) + 1)];
        return $"You rolled {string.Join(" + ", rolled)}{(count > 1 ? $" = {rolled.Sum()}" : "")} with {count} dice of {sides} sides.";
    }

    private static object Text(string text, bool isError) => new { content = new[] { new { type = "text", text } }, isError };

    private static readonly object s_rollDice = new
    {
        name = "roll_dice",
        description = "Rolls dice and gives their sum.",
        inputSchema = new
        {
            type = "object",
            properties = new
            {
                sides = new { type = "integer", description = "Sides of each die.", minimum = 2, maximum = MostSides },
                count = new { type = "integer", description = "How many dice.", minimum = 1, maximum = MostDice },
            },
            required = new[] { "sides" },
        },
    };
}
