namespace BlazorAgents.Emulator.Wire;

/// <summary>The JSON of one completion: chunks of a stream, or the whole. Id, time and model stay the same throughout.</summary>
internal sealed class CompletionShapes(string model, long created, bool includeUsage)
{
    private readonly string _id = "chatcmpl-" + Guid.NewGuid().ToString("N");

    public object Role() => Chunk(new { role = "assistant", content = "" });

    public object Content(string text) => Chunk(new { content = text });

    public object Reasoning(string text) => Chunk(new { reasoning_content = text });

    public object CallStart(int index, string id, string name) =>
        Chunk(new { tool_calls = new[] { new { index, id, type = "function", function = new { name, arguments = "" } } } });

    public object CallArguments(int index, string arguments) =>
        Chunk(new { tool_calls = new[] { new { index, function = new { arguments } } } });

    public object Finish(string reason) => Chunk(new { }, reason);

    public object Usage(int prompt, int completion) => new
    {
        id = _id,
        @object = "chat.completion.chunk",
        created,
        model,
        choices = Array.Empty<object>(),
        usage = Tokens(prompt, completion),
    };

    public object Whole(string? text, string? reasoning, IReadOnlyList<ToolCall> calls, string finish, int prompt, int completion)
    {
        var message = new Dictionary<string, object?> { ["role"] = "assistant", ["content"] = text, ["refusal"] = null, ["annotations"] = Array.Empty<object>() };
        if (reasoning is not null)
        {
            message["reasoning_content"] = reasoning;
        }

        if (calls.Count > 0)
        {
            message["tool_calls"] = calls.Select(call => new { id = call.Id, type = "function", function = new { name = call.Name, arguments = call.Arguments } });
        }

        return new
        {
            id = _id,
            @object = "chat.completion",
            created,
            model,
            choices = new[] { new { index = 0, message, logprobs = (object?)null, finish_reason = finish } },
            usage = Tokens(prompt, completion),
        };
    }

    private object Chunk(object delta, string? finish = null)
    {
        var choices = new[] { new { index = 0, delta, logprobs = (object?)null, finish_reason = finish } };
        const string Kind = "chat.completion.chunk";
        return includeUsage
            ? new { id = _id, @object = Kind, created, model, choices, usage = (object?)null }
            : new { id = _id, @object = Kind, created, model, choices };
    }

    private static object Tokens(int prompt, int completion) => new
    {
        prompt_tokens = prompt,
        completion_tokens = completion,
        total_tokens = prompt + completion,
        prompt_tokens_details = new { cached_tokens = 0, audio_tokens = 0 },
        completion_tokens_details = new { reasoning_tokens = 0, audio_tokens = 0, accepted_prediction_tokens = 0, rejected_prediction_tokens = 0 },
    };
}
