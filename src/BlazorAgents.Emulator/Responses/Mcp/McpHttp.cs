using System.Net;
using System.Net.Sockets;

namespace BlazorAgents.Emulator.Responses.Mcp;

/// <summary>The HTTP client for MCP servers. Without a handler of the host, only the demo server and this machine can be reached.</summary>
internal static class McpHttp
{
    private const long MostBytes = 4 * 1024 * 1024;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    public static HttpClient Create(HttpMessageHandler? handler) => new(handler ?? new DemoMcpServer(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectCallback = ConnectAsync,
    }), disposeHandler: handler is null)
    {
        Timeout = s_patience,
        MaxResponseContentBufferSize = MostBytes,
    };

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var addresses = (await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, ct)).Where(IPAddress.IsLoopback).ToArray();
        if (addresses.Length == 0)
        {
            throw new HttpRequestException("The offline emulator reaches MCP servers on this machine only.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
