using System.Text;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Scripted;

/// <summary>Plays a reply to a chat completion.</summary>
internal sealed class ChatPlayback : ScriptedPlayback
{
    private readonly bool _includeUsage;
    private readonly CompletionShapes _shapes;
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _reasoning = new();
    private readonly List<ToolCall> _calls = [];
    private bool _roleSent;

    public ChatPlayback(Exchange exchange, ScriptedRequest request)
        : base(exchange, request)
    {
        _includeUsage = request.Json.Member("stream_options")?.IsTrue("include_usage") ?? false;
        _shapes = new CompletionShapes(request.Model ?? "scripted-model", exchange.UnixNow, _includeUsage);
    }

    public override async Task TextAsync(string text)
    {
        _text.Append(text);
        await PauseAsync();
        await SendAsync(() => _shapes.Content(text));
    }

    public override Task ReasoningAsync(string text)
    {
        _reasoning.Append(text);
        return SendAsync(() => _shapes.Reasoning(text));
    }

    public override async Task CallAsync(ToolCall call, int pieceLength)
    {
        var index = _calls.Count;
        _calls.Add(call);
        await SendAsync(() => _shapes.CallStart(index, call.Id, call.Name));
        foreach (var piece in call.Arguments.Chunk(Math.Max(1, pieceLength)))
        {
            await SendAsync(() => _shapes.CallArguments(index, new string(piece)));
        }
    }

    public override async Task SplitTextAsync(string text, Gate? between)
    {
        _text.Append(text);
        if (!Streams)
        {
            return;
        }

        await SendRoleAsync();
        await SplitAsync(Encoding.UTF8.GetBytes("data: " + WireJson.Text(_shapes.Content(text)) + "\n\n"), between);
    }

    public override Task UnknownFieldsAsync() => Streams
        ? Sse.RawAsync($$"""data: {"id":"chatcmpl-x","object":"chat.completion.chunk","created":{{Exchange.UnixNow}},"model":"scripted-model","future":{"a":[1]},"choices":[{"index":0,"delta":{"content":"","future":true},"finish_reason":null,"future":[]}]}""" + "\n\n")
        : Task.CompletedTask;

    public override Task ErrorAsync(ApiError error) => Sse.DataAsync(error.Body);

    public override async Task FinishAsync(string? reason)
    {
        reason ??= _calls.Count > 0 ? "tool_calls" : "stop";
        if (!Streams)
        {
            var text = _text.Length > 0 || _calls.Count == 0 ? _text.ToString() : null;
            var reasoning = _reasoning.Length > 0 ? _reasoning.ToString() : null;
            await Sse.RawAsync(WireJson.Bytes(_shapes.Whole(text, reasoning, _calls, reason, Usage.Prompt, Usage.Completion)));
            return;
        }

        await SendAsync(() => _shapes.Finish(reason));
        if (_includeUsage)
        {
            await Sse.DataAsync(_shapes.Usage(Usage.Prompt, Usage.Completion));
        }

        await Sse.DoneAsync();
    }

    private async Task SendAsync(Func<object> chunk)
    {
        if (Streams)
        {
            await SendRoleAsync();
            await Sse.DataAsync(chunk());
        }
    }

    private async Task SendRoleAsync()
    {
        if (!_roleSent)
        {
            _roleSent = true;
            await Sse.DataAsync(_shapes.Role());
        }
    }
}
