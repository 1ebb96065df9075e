using System.Text.Json;
using BlazorAgents.Agents;
using BlazorAgents.OpenAI.Errors;
using Microsoft.Extensions.AI;
using Sdk = OpenAI.Chat;

namespace BlazorAgents.OpenAI.Chat;

/// <summary>Reads the chunks of one streamed answer; function calls come out when they are complete.</summary>
internal sealed class StreamedAnswerReader(ErrorTranslator errors)
{
    private readonly ToolCallAssembler _calls = new();
    private string? _responseId;
    private string? _modelId;

    /// <summary>True once any chunk came.</summary>
    public bool HasStarted { get; private set; }

    /// <summary>True once the model said why it ended.</summary>
    public bool IsFinished { get; private set; }

    public ChatResponseUpdate Read(Sdk.StreamingChatCompletionUpdate chunk)
    {
        if (chunk.Patch.TryGetJson("$.error"u8, out var error) && !error.Span.SequenceEqual("null"u8))
        {
            throw errors.FromBody(error, HasStarted);
        }

        HasStarted = true;
        _responseId = string.IsNullOrEmpty(chunk.CompletionId) ? _responseId : chunk.CompletionId;
        _modelId = string.IsNullOrEmpty(chunk.Model) ? _modelId : chunk.Model;
        var update = NewUpdate();
        AddContents(chunk, update.Contents);
        _calls.Add(chunk.ToolCallUpdates);
        if (chunk.FinishReason is { } reason)
        {
            IsFinished = true;
            update.FinishReason = FinishReasons.Read(reason);
            AddCalls(update.Contents);
        }

        return update;
    }

    /// <summary>The end of the stream: an error unless the model had said why it ended.</summary>
    public ChatResponseUpdate Complete()
    {
        if (!IsFinished)
        {
            throw errors.Incomplete();
        }

        var update = NewUpdate();
        AddCalls(update.Contents); // deltas after the finish reason
        return update;
    }

    private ChatResponseUpdate NewUpdate() => new(ChatRole.Assistant, [])
    {
        ResponseId = _responseId,
        MessageId = _responseId,
        ModelId = _modelId,
    };

    private void AddCalls(IList<AIContent> contents)
    {
        foreach (var call in _calls.TakeComplete())
        {
            contents.Add(call);
        }
    }

    private static void AddContents(Sdk.StreamingChatCompletionUpdate chunk, IList<AIContent> contents)
    {
        if (ReasoningText(chunk) is { Length: > 0 } reasoning)
        {
            contents.Add(new TextReasoningContent(reasoning));
        }

        foreach (var part in chunk.ContentUpdate)
        {
            if (part.Text is { Length: > 0 } text)
            {
                contents.Add(new TextContent(text));
            }
        }

        if (chunk.RefusalUpdate is { Length: > 0 } refusal)
        {
            contents.Add(RefusalText.Create(refusal));
        }

        if (chunk.Patch.TryGetJson("$.choices[0].delta.annotations"u8, out var annotations) && CitationReader.Read(annotations) is { Count: > 0 } citations)
        {
            contents.Add(new TextContent(string.Empty) { Annotations = citations });
        }

        if (chunk.Usage is { } usage)
        {
            contents.Add(new UsageContent(UsageReader.Read(usage)));
        }
    }

    /// <summary>Reasoning models behind compatible servers use one of two names; the SDK knows neither.</summary>
    private static string? ReasoningText(Sdk.StreamingChatCompletionUpdate chunk) =>
        Text(chunk, "$.choices[0].delta.reasoning_content"u8) ?? Text(chunk, "$.choices[0].delta.reasoning"u8);

    private static string? Text(Sdk.StreamingChatCompletionUpdate chunk, ReadOnlySpan<byte> path) =>
        chunk.Patch.TryGetJson(path, out var json) && JsonElement.Parse(json.Span) is { ValueKind: JsonValueKind.String } text
            ? text.GetString()
            : null;
}
