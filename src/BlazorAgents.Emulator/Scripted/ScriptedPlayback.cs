using System.Text;
using BlazorAgents.Emulator.Wire;
using Microsoft.AspNetCore.Http;

namespace BlazorAgents.Emulator.Scripted;

/// <summary>Plays a reply to one request, as events or folded into one JSON body.</summary>
internal sealed class ScriptedPlayback
{
    private readonly ScriptedRequest _request;
    private readonly bool _streams;
    private readonly bool _includeUsage;
    private readonly CompletionShapes _shapes;
    private readonly SseWriter _sse;
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _reasoning = new();
    private readonly List<ToolCall> _calls = [];
    private (int Prompt, int Completion) _usage = (10, 5);
    private TimeSpan _pace;
    private bool _roleSent;

    public ScriptedPlayback(Exchange exchange, ScriptedRequest request)
    {
        _request = request;
        Exchange = exchange;
        _streams = request.IsStream;
        _includeUsage = request.Json.Member("stream_options")?.IsTrue("include_usage") ?? false;
        _shapes = new CompletionShapes(request.Model ?? "scripted-model", exchange.UnixNow, _includeUsage);
        _sse = new SseWriter(exchange);
    }

    public Exchange Exchange { get; }

    public async Task PlayAsync(ScriptedReply reply)
    {
        var response = Exchange.Http.Response;
        response.StatusCode = reply.Status;
        response.ContentType = reply.ContentType ?? (_streams ? null : "application/json");
        foreach (var (name, value) in reply.Headers)
        {
            response.Headers.Append(name, value);
        }

        foreach (var step in reply.Steps)
        {
            await step(this);
        }
    }

    public Task StartAsync() => _sse.StartAsync();

    public Task RawAsync(ReadOnlyMemory<byte> bytes) => _sse.RawAsync(bytes);

    public async Task TextAsync(string text)
    {
        _text.Append(text);
        await PauseAsync();
        await SendAsync(() => _shapes.Content(text));
    }

    public Task ReasoningAsync(string text)
    {
        _reasoning.Append(text);
        return SendAsync(() => _shapes.Reasoning(text));
    }

    public async Task CallAsync(ToolCall call, int pieceLength)
    {
        var index = _calls.Count;
        _calls.Add(call);
        await SendAsync(() => _shapes.CallStart(index, call.Id, call.Name));
        foreach (var piece in call.Arguments.Chunk(Math.Max(1, pieceLength)))
        {
            await SendAsync(() => _shapes.CallArguments(index, new string(piece)));
        }
    }

    public async Task SplitTextAsync(string text, Gate? between)
    {
        _text.Append(text);
        if (!_streams)
        {
            return;
        }

        await SendRoleAsync();
        var bytes = Encoding.UTF8.GetBytes("data: " + WireJson.Text(_shapes.Content(text)) + "\n\n");
        var cut = Array.FindIndex(bytes, value => value >= 0x80) + 1;
        if (cut == 0)
        {
            throw new InvalidOperationException("SplitText needs a character of the basic plane beyond ASCII, such as 'é' or '界'.");
        }

        await _sse.RawAsync(bytes.AsMemory(0, cut));
        await (between?.WaitAsync(Exchange.Gone) ?? Task.CompletedTask);
        await _sse.RawAsync(bytes.AsMemory(cut));
    }

    public Task UnknownFieldsAsync() => _streams
        ? _sse.RawAsync($$"""data: {"id":"chatcmpl-x","object":"chat.completion.chunk","created":{{Exchange.UnixNow}},"model":"scripted-model","future":{"a":[1]},"choices":[{"index":0,"delta":{"content":"","future":true},"finish_reason":null,"future":[]}]}""" + "\n\n")
        : Task.CompletedTask;

    public Task SetUsage(int prompt, int completion)
    {
        _usage = (prompt, completion);
        return Task.CompletedTask;
    }

    public Task SetPace(TimeSpan pace)
    {
        _pace = pace;
        return Task.CompletedTask;
    }

    public async Task FinishAsync(string? reason)
    {
        reason ??= _calls.Count > 0 ? "tool_calls" : "stop";
        if (!_streams)
        {
            var text = _text.Length > 0 || _calls.Count == 0 ? _text.ToString() : null;
            var reasoning = _reasoning.Length > 0 ? _reasoning.ToString() : null;
            await _sse.RawAsync(WireJson.Bytes(_shapes.Whole(text, reasoning, _calls, reason, _usage.Prompt, _usage.Completion)));
            return;
        }

        await SendAsync(() => _shapes.Finish(reason));
        if (_includeUsage)
        {
            await _sse.DataAsync(_shapes.Usage(_usage.Prompt, _usage.Completion));
        }

        await _sse.DoneAsync();
    }

    public Task ResetAsync()
    {
        _request.EndedByScript = true;
        Exchange.Http.Abort();
        throw new OperationCanceledException("The script resets the connection.", Exchange.Gone);
    }

    private async Task SendAsync(Func<object> chunk)
    {
        if (_streams)
        {
            await SendRoleAsync();
            await _sse.DataAsync(chunk());
        }
    }

    private async Task SendRoleAsync()
    {
        if (!_roleSent)
        {
            _roleSent = true;
            await _sse.DataAsync(_shapes.Role());
        }
    }

    private Task PauseAsync() => _pace > TimeSpan.Zero ? Task.Delay(_pace, Exchange.Time, Exchange.Gone) : Task.CompletedTask;
}
