using System.Text;
using System.Threading.Channels;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Assistants;

/// <summary>Sends a run's events with their names, until it ends or waits for its client; then "done".</summary>
internal static class RunStream
{
    public static async Task WriteAsync(Exchange exchange, ChannelReader<RunEvent> events)
    {
        var sse = new SseWriter(exchange);
        await foreach (var news in events.ReadAllAsync(exchange.Gone))
        {
            await sse.RawAsync(Encoding.UTF8.GetBytes($"event: {news.Name}\ndata: {news.Json}\n\n"));
        }

        await sse.RawAsync("event: done\ndata: [DONE]\n\n"u8.ToArray());
    }
}
