using System.Text;
using BlazorAgents.Emulator.Wire;
using Microsoft.AspNetCore.Http;

namespace BlazorAgents.Emulator.Scripted;

/// <summary>Plays a reply to one request, as events or folded into one JSON body.</summary>
internal abstract class ScriptedPlayback(Exchange exchange, ScriptedRequest request)
{
    private TimeSpan _pace;

    public Exchange Exchange => exchange;

    /// <summary>The playback of a response, for the steps that only responses have.</summary>
    public ResponsesPlayback Response =>
        this as ResponsesPlayback ?? throw new InvalidOperationException("This step is for /v1/responses only.");

    protected ScriptedRequest Request => request;

    protected SseWriter Sse { get; } = new(exchange);

    protected bool Streams { get; } = request.IsStream;

    protected (int Prompt, int Completion) Usage { get; private set; } = (10, 5);

    public static ScriptedPlayback For(Exchange exchange, ScriptedRequest request) =>
        request.IsResponse ? new ResponsesPlayback(exchange, request) : new ChatPlayback(exchange, request);

    public async Task PlayAsync(ScriptedReply reply)
    {
        var response = exchange.Http.Response;
        response.StatusCode = reply.Status;
        response.ContentType = reply.ContentType ?? (Streams ? null : "application/json");
        foreach (var (name, value) in reply.Headers)
        {
            response.Headers.Append(name, value);
        }

        foreach (var step in reply.Steps)
        {
            await step(this);
        }
    }

    public Task StartAsync() => Sse.StartAsync();

    public Task RawAsync(ReadOnlyMemory<byte> bytes) => Sse.RawAsync(bytes);

    public abstract Task TextAsync(string text);

    public abstract Task ReasoningAsync(string text);

    public abstract Task CallAsync(ToolCall call, int pieceLength);

    public abstract Task SplitTextAsync(string text, Gate? between);

    public abstract Task UnknownFieldsAsync();

    public abstract Task ErrorAsync(ApiError error);

    public abstract Task FinishAsync(string? reason);

    public Task SetUsage(int prompt, int completion)
    {
        Usage = (prompt, completion);
        return Task.CompletedTask;
    }

    public Task SetPace(TimeSpan pace)
    {
        _pace = pace;
        return Task.CompletedTask;
    }

    public Task ResetAsync()
    {
        request.EndedByScript = true;
        exchange.Http.Abort();
        throw new OperationCanceledException("The script resets the connection.", exchange.Gone);
    }

    /// <summary>Sends an event in two halves, cut inside its first character beyond ASCII.</summary>
    protected async Task SplitAsync(byte[] bytes, Gate? between)
    {
        var cut = Array.FindIndex(bytes, value => value >= 0x80) + 1;
        if (cut == 0)
        {
            throw new InvalidOperationException("SplitText needs a character of the basic plane beyond ASCII, such as 'é' or '界'.");
        }

        await Sse.RawAsync(bytes.AsMemory(0, cut));
        await (between?.WaitAsync(exchange.Gone) ?? Task.CompletedTask);
        await Sse.RawAsync(bytes.AsMemory(cut));
    }

    protected Task PauseAsync() => _pace > TimeSpan.Zero ? Task.Delay(_pace, exchange.Time, exchange.Gone) : Task.CompletedTask;
}
