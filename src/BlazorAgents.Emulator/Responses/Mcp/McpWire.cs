using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Responses.Mcp;

/// <summary>Speaks to one remote MCP server over streamable HTTP, as much as listing and calling tools needs.</summary>
internal sealed class McpWire(HttpClient http, JsonElement tool)
{
    private const string Protocol = "2025-06-18";
    private const int MostPages = 20;

    // JSON-RPC's "internal error".
    private const int InternalError = -32603;

    private string? _session;
    private int _lastId;

    public string Label { get; } = tool.Text("server_label") ?? "";

    /// <summary>All tools of the server. Throws <see cref="McpException"/>.</summary>
    public async Task<IReadOnlyList<JsonElement>> ListAsync(CancellationToken ct)
    {
        await OpenAsync(ct);
        var tools = new List<JsonElement>();
        string? cursor = null;
        for (var page = 0; page < MostPages; page++)
        {
            var result = await AskAsync("tools/list", cursor is null ? new { } : new { cursor }, ct);
            tools.AddRange(result.Items("tools"));
            if ((cursor = result.Text("nextCursor")) is null)
            {
                break;
            }
        }

        return tools;
    }

    /// <summary>The text of a tool's result, and whether the tool reported an error. Throws <see cref="McpException"/>.</summary>
    public async Task<(string Text, bool IsError)> CallAsync(string name, string arguments, CancellationToken ct)
    {
        await OpenAsync(ct);
        var given = WireJson.TryParse(arguments, out var parsed) && parsed.ValueKind == JsonValueKind.Object ? parsed : WireJson.Element(new { });
        var result = await AskAsync("tools/call", new { name, arguments = given }, ct);
        var texts = result.Items("content").Select(part => part.Text("text")).OfType<string>().ToList();
        return (texts.Count > 0 ? string.Join("\n", texts) : result.Member("structuredContent")?.GetRawText() ?? "", result.IsTrue("isError"));
    }

    private async Task OpenAsync(CancellationToken ct)
    {
        if (_lastId > 0)
        {
            return;
        }

        await AskAsync("initialize", new { protocolVersion = Protocol, capabilities = new { }, clientInfo = new { name = "blazoragents-emulator", version = "1.0" } }, ct);
        using var accepted = await SendAsync(new { jsonrpc = "2.0", method = "notifications/initialized" }, ct);
    }

    private async Task<JsonElement> AskAsync(string method, object parameters, CancellationToken ct)
    {
        var id = ++_lastId;
        using var response = await SendAsync(new { jsonrpc = "2.0", id, method, @params = parameters }, ct);
        _session ??= response.Headers.TryGetValues("Mcp-Session-Id", out var sessions) ? sessions.FirstOrDefault() : null;
        var answer = Answer(await response.Content.ReadAsStringAsync(ct), response.Content.Headers.ContentType?.MediaType, id);
        return answer.Member("error") is { } error
            ? throw new McpException($"The MCP server '{Label}' answered {method} with an error: {error.Text("message") ?? "no message"}", error.Int("code") ?? InternalError, isHttp: false)
            : answer.Member("result") ?? throw new McpException($"The MCP server '{Label}' gave no answer to {method}.", InternalError, isHttp: false);
    }

    private async Task<HttpResponseMessage> SendAsync(object message, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, tool.Text("server_url")) { Content = JsonContent.Create(message, message.GetType(), options: WireJson.Options) };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        request.Headers.Add("MCP-Protocol-Version", Protocol);
        if (_session is not null)
        {
            request.Headers.Add("Mcp-Session-Id", _session);
        }

        if (tool.Text("authorization") is { } token)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        }

        foreach (var header in tool.Member("headers")?.EnumerateObject() ?? default)
        {
            request.Headers.TryAddWithoutValidation(header.Name, header.Value.ToString());
        }

        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, ct);
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new McpException($"The MCP server '{Label}' cannot be reached.", (int)HttpStatusCode.BadGateway, isHttp: true);
        }

        if (!response.IsSuccessStatusCode)
        {
            response.Dispose();
            throw new McpException($"The MCP server '{Label}' answered with HTTP status {(int)response.StatusCode}.", (int)response.StatusCode, isHttp: true);
        }

        return response;
    }

    /// <summary>The message with the id: the body itself, or one of its events.</summary>
    private static JsonElement Answer(string body, string? mediaType, int id)
    {
        var messages = mediaType == "text/event-stream"
            ? body.ReplaceLineEndings("\n").Split("\n\n").Select(block => string.Concat(block.Split('\n').Where(line => line.StartsWith("data:", StringComparison.Ordinal)).Select(line => line[5..].Trim())))
            : [body];
        foreach (var message in messages)
        {
            if (WireJson.TryParse(message, out var json) && json.Int("id") == id)
            {
                return json;
            }
        }

        return default;
    }
}
