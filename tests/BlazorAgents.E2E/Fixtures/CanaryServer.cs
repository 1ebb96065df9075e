using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BlazorAgents.E2E.Fixtures;

/// <summary>A listener that nobody may reach: whatever connects is remembered. The browser reaches it as <c>canary.test</c>.</summary>
public sealed class CanaryServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<string> _hits = new();
    private readonly TaskCompletionSource _hit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _loop;

    public CanaryServer()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _loop = ListenAsync();
    }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>Its address under a foreign name.</summary>
    public string Url => $"http://canary.test:{Port}";

    /// <summary>Completes with the first connection.</summary>
    public Task Hit => _hit.Task;

    /// <summary>The first line of each request.</summary>
    public IReadOnlyCollection<string> Hits => _hits;

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _loop;
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                _hit.TrySetResult();
                try
                {
                    var stream = client.GetStream();
                    using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
                    _hits.Enqueue(await reader.ReadLineAsync() ?? "");
                    await stream.WriteAsync("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
                }
                catch (IOException)
                {
                    // this visitor left; the next one counts all the same
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or InvalidOperationException)
        {
            // stopped, while it waited or between two visitors
        }
    }
}
