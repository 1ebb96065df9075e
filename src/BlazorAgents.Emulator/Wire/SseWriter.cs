using System.Text;
using Microsoft.AspNetCore.Http;

namespace BlazorAgents.Emulator.Wire;

/// <summary>Writes server-sent events, each flushed by itself.</summary>
internal sealed class SseWriter(Exchange exchange)
{
    private bool _started;

    public Task DataAsync(object json) => RawAsync("data: " + WireJson.Text(json) + "\n\n");

    public Task DoneAsync() => RawAsync("data: [DONE]\n\n");

    public Task RawAsync(string text) => RawAsync(Encoding.UTF8.GetBytes(text));

    public async Task RawAsync(ReadOnlyMemory<byte> bytes)
    {
        exchange.Gone.ThrowIfCancellationRequested();
        await StartAsync();
        await exchange.Http.Response.Body.WriteAsync(bytes, exchange.Gone);
        await exchange.Http.Response.Body.FlushAsync(exchange.Gone);
    }

    /// <summary>Sends status and headers, once.</summary>
    public async Task StartAsync()
    {
        if (_started)
        {
            return;
        }

        _started = true;
        var response = exchange.Http.Response;
        response.ContentType ??= "text/event-stream; charset=utf-8";
        response.Headers.CacheControl = "no-cache";
        await response.StartAsync(exchange.Gone);
        await response.Body.FlushAsync(exchange.Gone);
    }
}
