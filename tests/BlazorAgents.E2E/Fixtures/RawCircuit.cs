using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace BlazorAgents.E2E.Fixtures;

/// <summary>A circuit without a browser, for what no browser does: it may stop acknowledging, or send what it likes.</summary>
public sealed partial class RawCircuit : IAsyncDisposable
{
    private static readonly Dictionary<string, string> s_noHeaders = [];
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly Lock _lock = new();
    private readonly Queue<long> _unacknowledged = new();
    private readonly StringBuilder _received = new();
    private readonly List<(string Text, TaskCompletionSource Seen)> _waiting = [];
    private readonly TaskCompletionSource<string?> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> _log = new();
    private Task _loop = Task.CompletedTask;
    private bool _acknowledges = true;
    private int _objects;

    private RawCircuit()
    {
    }

    /// <summary>Render batches that came and were not acknowledged.</summary>
    public int Unacknowledged
    {
        get
        {
            lock (_lock)
            {
                return _unacknowledged.Count;
            }
        }
    }

    /// <summary>Completes when the server has ended the circuit or the connection.</summary>
    public Task Ended => _loop;

    /// <summary>Opens a page as its visitor's browser would.</summary>
    public static async Task<RawCircuit> OpenAsync(AppProcess app, AppSession session, string path)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(session);
        var html = await session.Http.GetStringAsync(new Uri(path, UriKind.Relative));
        var markers = Marker().Matches(html).Select(match => JsonSerializer.Deserialize<JsonElement>(match.Groups[1].Value)).Where(marker => marker.TryGetProperty("descriptor", out _)).ToList();
        using var negotiated = await session.Http.PostAsync(new Uri("_blazor/negotiate?negotiateVersion=1", UriKind.Relative), null);
        var token = JsonSerializer.Deserialize<JsonElement>(await negotiated.Content.ReadAsStringAsync()).GetProperty("connectionToken").GetString()!;

        var circuit = new RawCircuit();
        circuit._socket.Options.Cookies = session.Cookies;
        circuit._socket.Options.SetRequestHeader("Origin", app.BaseUrl.GetLeftPart(UriPartial.Authority));
        await circuit._socket.ConnectAsync(new UriBuilder(app.BaseUrl) { Scheme = "ws", Path = "/_blazor", Query = "id=" + Uri.EscapeDataString(token) }.Uri, CancellationToken.None);
        await circuit.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"));
        circuit._loop = circuit.ReceiveAsync();

        await circuit.SendAsync(BlazorPack.Frame(1, s_noHeaders, "0", "StartCircuit", new object?[] { app.BaseUrl.ToString(), new Uri(app.BaseUrl, path).ToString(), "[]", "" }));
        _ = await circuit._started.Task.WaitAsync(s_patience) ?? throw new InvalidOperationException("No circuit was started.");
        var operations = markers.Select((marker, index) => new { type = "add", ssrComponentId = index + 1, marker });
        await circuit.CallAsync("UpdateRootComponents", JsonSerializer.Serialize(new { batchId = 1, operations }), State().Match(html).Groups[1].Value);
        return circuit;
    }

    /// <summary>Calls a method of the circuits' hub without waiting for anything.</summary>
    public Task CallAsync(string method, params object?[] arguments) => SendAsync(BlazorPack.Frame(1, s_noHeaders, null, method, arguments));

    /// <summary>Waits until a render batch contained the text.</summary>
    public async Task WaitForTextAsync(string text)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_received.ToString().Contains(text, StringComparison.Ordinal))
            {
                return;
            }

            _waiting.Add((text, seen));
        }

        try
        {
            await seen.Task.WaitAsync(s_patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"No batch contained \"{text}\"; the connection is {_socket.State}. The last messages: {string.Join("; ", _log.TakeLast(20))}");
        }
    }

    /// <summary>From now on batches come in and nothing is said about them.</summary>
    public void StopAcknowledging() => Volatile.Write(ref _acknowledges, false);

    /// <summary>Acknowledges what has come, and from now on again everything.</summary>
    public async Task AcknowledgeAgainAsync()
    {
        Volatile.Write(ref _acknowledges, true);
        await AcknowledgeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _socket.Dispose();
        await _loop;
        _closing.Dispose();
        _sending.Dispose();
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[64 * 1024];
        using var message = new MemoryStream();
        var isHandshake = true;
        try
        {
            while (_socket.State == WebSocketState.Open)
            {
                message.SetLength(0);
                WebSocketReceiveResult result;
                do
                {
                    result = await _socket.ReceiveAsync(buffer, _closing.Token);
                    message.Write(buffer, 0, result.Count);
                }
                while (!result.EndOfMessage);

                var data = message.ToArray();
                var start = isHandshake ? Array.IndexOf(data, (byte)0x1e) + 1 : 0;
                isHandshake = false;
                foreach (var received in BlazorPack.Read(data[start..]))
                {
                    await TakeAsync(received);
                }
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // closed, by them or by us
        }
    }

    private async Task TakeAsync(object?[] message)
    {
        _log.Enqueue(string.Join(' ', message.Select(part => part is object?[] inner ? $"[{string.Join(' ', inner)}]" : part?.ToString())));
        switch (message)
        {
            case [3L, _, _, var kind, .. var rest]:
                _started.TrySetResult(kind is 3L && rest is [string id] ? id : null);
                break;
            case [1L, _, _, "JS.RenderBatch", object?[] and [long batch, byte[] content], ..]:
                See(batch, content);
                if (Volatile.Read(ref _acknowledges))
                {
                    await AcknowledgeAsync();
                }

                break;
            case [1L, _, _, "JS.BeginInvokeJS", object?[] call, ..] when call is [long handle and > 0, _, _, var type, ..]:
                var value = type is 1L ? $"{{\"__jsObjectId\":{Interlocked.Increment(ref _objects)}}}" : "null";
                await CallAsync("EndInvokeJSFromDotNet", handle, true, $"[{handle},true,{value}]");
                break;
        }
    }

    private void See(long batch, byte[] content)
    {
        lock (_lock)
        {
            _unacknowledged.Enqueue(batch);
            _received.Append(Encoding.UTF8.GetString(content));
            _waiting.RemoveAll(waiter => _received.ToString().Contains(waiter.Text, StringComparison.Ordinal) && waiter.Seen.TrySetResult());
        }
    }

    private async Task AcknowledgeAsync()
    {
        while (true)
        {
            long batch;
            lock (_lock)
            {
                if (!_unacknowledged.TryDequeue(out batch))
                {
                    return;
                }
            }

            await CallAsync("OnRenderCompleted", batch, null);
        }
    }

    private async Task SendAsync(byte[] data)
    {
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(data, data[0] == '{' ? WebSocketMessageType.Text : WebSocketMessageType.Binary, true, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }
    }

    [GeneratedRegex(@"<!--Blazor:(\{.*?\})-->", RegexOptions.Singleline)]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(.*?)-->", RegexOptions.Singleline)]
    private static partial Regex State();
}
