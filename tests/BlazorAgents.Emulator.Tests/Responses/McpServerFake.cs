using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;

namespace BlazorAgents.Emulator.Tests.Responses;

/// <summary>A remote MCP server of two tools over streamable HTTP, with a session; answers as JSON or as an event stream.</summary>
internal sealed class McpServerFake : IAsyncDisposable
{
    private const string Session = "session-1";

    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public McpServerFake(bool asEvents = false)
    {
        var port = FreePort();
        Url = new Uri($"http://localhost:{port}/mcp");
        _listener.Prefixes.Add($"http://localhost:{port}/");
        _listener.Start();
        _serving = ServeAsync(asEvents);
    }

    public Uri Url { get; }

    /// <summary>Methods asked for, with the tool's name for a call.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    public ConcurrentQueue<string?> Authorizations { get; } = [];

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private static int FreePort()
    {
        using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ServeAsync(bool asEvents)
    {
        try
        {
            while (true)
            {
                await AnswerAsync(await _listener.GetContextAsync(), asEvents);
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
        }
    }

    private async Task AnswerAsync(HttpListenerContext context, bool asEvents)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.InputStream);
        var method = body.RootElement.GetProperty("method").GetString()!;
        var parameters = body.RootElement.TryGetProperty("params", out var given) ? given : default;
        Asked.Enqueue(method == "tools/call" ? "tools/call " + parameters.GetProperty("name").GetString() : method);
        Authorizations.Enqueue(context.Request.Headers["Authorization"]);
        var response = context.Response;
        if (!body.RootElement.TryGetProperty("id", out var id))
        {
            response.StatusCode = 202;
            response.Close();
            return;
        }

        if (method != "initialize" && context.Request.Headers["Mcp-Session-Id"] != Session)
        {
            response.StatusCode = 404;
            response.Close();
            return;
        }

        var json = JsonSerializer.Serialize(new { jsonrpc = "2.0", id = id.GetInt32(), result = Result(method, parameters) });
        response.Headers["Mcp-Session-Id"] = Session;
        response.ContentType = asEvents ? "text/event-stream" : "application/json";
        await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(asEvents ? $": hello\n\nevent: message\ndata: {json}\n\n" : json));
        response.Close();
    }

    private static object Result(string method, JsonElement parameters) => method switch
    {
        "initialize" => new { protocolVersion = "2025-06-18", capabilities = new { tools = new { } }, serverInfo = new { name = "fake", version = "1" } },
        "tools/list" when !parameters.TryGetProperty("cursor", out _) => new { tools = new[] { Tool("roll_dice", "Roll dice and return their sum.", "sides", true) }, nextCursor = "2" },
        "tools/list" => new { tools = new[] { Tool("delete_note", "Delete a note.", "title", false) } },
        _ => parameters.GetProperty("name").GetString() == "roll_dice"
            ? new { content = new[] { new { type = "text", text = "You rolled " + parameters.GetProperty("arguments").GetProperty("sides").ToString() } }, isError = false }
            : new { content = new[] { new { type = "text", text = "No such note" } }, isError = true },
    };

    private static object Tool(string name, string description, string parameter, bool readOnly) => new
    {
        name,
        description,
        inputSchema = new { type = "object", properties = new Dictionary<string, object> { [parameter] = new { type = parameter == "sides" ? "integer" : "string" } }, required = new[] { parameter } },
        annotations = new { readOnlyHint = readOnly },
    };
}
