using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Demo;

/// <summary>Sends an answer as JSON or as a stream of words at the demo's pace.</summary>
internal sealed class AnswerWriter(Exchange exchange, ChatRequest request, DemoPace pace)
{
    private const int ArgumentPiece = 24;

    private readonly CompletionShapes _shapes = new(request.Model, exchange.UnixNow, request.IncludeUsage);

    public async Task WriteAsync(DemoAnswer answer)
    {
        var (text, cutOff) = Limit(answer.Text);
        var finish = cutOff ? "length" : answer.Calls.Count > 0 ? "tool_calls" : "stop";
        var prompt = Tokens.Count(request);
        var written = Math.Max(1, Tokens.Count(text) + answer.Calls.Sum(call => Tokens.Count(call.Name) + Tokens.Count(call.Arguments)));
        await PauseAsync(pace.FirstToken);
        if (request.Stream)
        {
            await StreamAsync(text, answer.Calls, finish, prompt, written);
        }
        else
        {
            await PauseAsync(pace.For(text));
            var content = text.Length > 0 || answer.Calls.Count == 0 ? text : null;
            await WireJson.WriteAsync(exchange, _shapes.Whole(content, null, answer.Calls, finish, prompt, written));
        }
    }

    private async Task StreamAsync(string text, IReadOnlyList<ToolCall> calls, string finish, int prompt, int written)
    {
        var sse = new SseWriter(exchange);
        await sse.DataAsync(_shapes.Role());
        foreach (var piece in Pieces.Of(text))
        {
            await sse.DataAsync(_shapes.Content(piece));
            await PauseAsync(pace.For(piece));
        }

        foreach (var (index, call) in calls.Index())
        {
            await sse.DataAsync(_shapes.CallStart(index, call.Id, call.Name));
            foreach (var piece in call.Arguments.Chunk(ArgumentPiece))
            {
                await sse.DataAsync(_shapes.CallArguments(index, new string(piece)));
                await PauseAsync(pace.For(new string(piece)));
            }
        }

        await sse.DataAsync(_shapes.Finish(finish));
        if (request.IncludeUsage)
        {
            await sse.DataAsync(_shapes.Usage(prompt, written));
        }

        await sse.DoneAsync();
    }

    private (string Text, bool CutOff) Limit(string text)
    {
        foreach (var stop in request.Stop.Where(stop => stop.Length > 0))
        {
            var at = text.IndexOf(stop, StringComparison.Ordinal);
            text = at >= 0 ? text[..at] : text;
        }

        if (request.MaxTokens is not { } most || text.Length <= (long)most * Tokens.CharactersEach)
        {
            return (text, false);
        }

        var end = Math.Max(0, most * Tokens.CharactersEach);
        return (text[..(end > 0 && char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)], true);
    }

    private Task PauseAsync(TimeSpan time) => time > TimeSpan.Zero ? Task.Delay(time, exchange.Time, exchange.Gone) : Task.CompletedTask;
}
