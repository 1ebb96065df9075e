using BlazorAgents.Agents;
using BlazorAgents.Agents.HostedTools;
using BlazorAgents.OpenAI.Errors;
using Microsoft.Extensions.AI;
using Sdk = OpenAI.Responses;

namespace BlazorAgents.OpenAI.Responses;

/// <summary>
/// Reads the events of one streamed answer. Its updates share one message: text of several items is parted by an empty line, and citations
/// count in the whole. An event without news gives an empty update, which tells watchers that the server is at work.
/// </summary>
internal sealed class StreamedResponseReader
{
    private readonly ErrorTranslator _errors;
    private readonly AnswerFacts _facts;
    private readonly bool _isBackground;
    private readonly bool _isTakenUp;
    private readonly List<ChatResponseUpdate> _updates = [];
    private readonly ChatResponseUpdate _nothing = new(ChatRole.Assistant, []);
    private readonly ItemReader _items = new();
    private readonly HostedToolTracker _tools = new();
    private readonly StreamedText _text;
    private readonly StreamedReasoning _reasoning = new();
    private readonly HashSet<int> _done = [];
    private string? _modelId;
    private string? _conversationId;

    public StreamedResponseReader(ErrorTranslator errors, AnswerFacts facts, bool isBackground, ResponsesContinuationToken? resumed = null)
    {
        _errors = errors;
        _facts = facts;
        _isBackground = isBackground;
        _isTakenUp = resumed?.Sequence is not null; // somebody else has what came before
        _text = new StreamedText(resumed?.Text ?? TextPosition.Start);
        ResponseId = resumed?.ResponseId;
        LastSequence = resumed?.Sequence;
        _nothing.ResponseId = _nothing.MessageId = ResponseId;
    }

    /// <summary>The answer's id; null before the first event.</summary>
    public string? ResponseId { get; private set; }

    /// <summary>The number of the last event that was read.</summary>
    public int? LastSequence { get; private set; }

    /// <summary>True once the answer had its end.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>True once the server works on an answer that it keeps: asking again would make a second one.</summary>
    public bool IsKept => ResponseId is not null && _facts.MayBeKept;

    /// <summary>True once any event came.</summary>
    public bool HasStarted { get; private set; }

    /// <summary>The updates of an event; valid until the next call.</summary>
    /// <exception cref="AgentException">The answer failed.</exception>
    public IReadOnlyList<ChatResponseUpdate> Read(Sdk.StreamingResponseUpdate wire)
    {
        _updates.Clear();
        ReadEvent(wire);
        HasStarted = true;
        LastSequence = wire.SequenceNumber;
        if (_updates.Count == 0)
        {
            _updates.Add(_isBackground ? NewUpdate() : _nothing);
        }

        if (_isBackground && !IsFinished && ResponseId is not null)
        {
            _updates[^1].ContinuationToken = new ResponsesContinuationToken(ResponseId, LastSequence, _text.Position);
        }

        return _updates;
    }

    private void ReadEvent(Sdk.StreamingResponseUpdate wire)
    {
        switch (wire)
        {
            case Sdk.StreamingResponseOutputTextDeltaUpdate text:
                if (text.Delta is { Length: > 0 } delta)
                {
                    Add(new TextContent(_text.Append(text.OutputIndex, text.ContentIndex, delta)));
                }

                break;
            case Sdk.StreamingResponseReasoningSummaryTextDeltaUpdate summary:
                Add(_reasoning.Append(summary.ItemId, summary.SummaryIndex, summary.Delta));
                break;
            case Sdk.StreamingResponseReasoningTextDeltaUpdate reasoning:
                Add(_reasoning.Append(reasoning.ItemId, reasoning.ContentIndex, reasoning.Delta));
                break;
            case Sdk.StreamingResponseRefusalDeltaUpdate refusal:
                _text.MarkRefusal(refusal.OutputIndex, refusal.ContentIndex);
                Add(RefusalText.Create(refusal.Delta));
                break;
            case Sdk.StreamingResponseOutputTextAnnotationAddedUpdate added:
                AddCitation(added.OutputIndex, added.ContentIndex, added.Annotation);
                break;
            case Sdk.StreamingResponseOutputItemAddedUpdate added:
                AddNews(_tools.Begin(added.Item));
                break;
            case Sdk.StreamingResponseOutputItemDoneUpdate done:
                EndItem(done.OutputIndex, done.Item);
                break;
            default:
                if (_tools.TryRead(wire, out var news))
                {
                    AddNews(news);
                }
                else if (!ReadState(wire))
                {
                    ReadUnknown(wire);
                }

                break;
        }
    }

    /// <summary>The events about the answer as a whole.</summary>
    private bool ReadState(Sdk.StreamingResponseUpdate wire)
    {
        switch (wire)
        {
            case Sdk.StreamingResponseCreatedUpdate { Response: { } response }:
                Begin(response);
                return true;
            case Sdk.StreamingResponseInProgressUpdate { Response: { } response }:
                Begin(response);
                return true;
            case Sdk.StreamingResponseQueuedUpdate { Response: { } response }:
                Begin(response);
                return true;
            case Sdk.StreamingResponseCompletedUpdate { Response: { } response }:
                End(response);
                return true;
            case Sdk.StreamingResponseIncompleteUpdate { Response: { } response }:
                End(response);
                return true;
            case Sdk.StreamingResponseFailedUpdate failed:
                throw _errors.FromCode(failed.Response?.Error?.Code.ToString(), failed.Response?.Error?.Message, HasStarted);
            case Sdk.StreamingResponseErrorUpdate error:
                throw _errors.FromCode(error.Code, error.Message, HasStarted);
            default:
                return false;
        }
    }

    /// <summary>Some servers send an error without its event's type.</summary>
    private void ReadUnknown(Sdk.StreamingResponseUpdate wire)
    {
        if (wire.Patch.TryGetJson("$.error"u8, out var error) && !error.Span.SequenceEqual("null"u8))
        {
            throw _errors.FromBody(error, HasStarted);
        }
    }

    private void Begin(Sdk.ResponseResult response)
    {
        ResponseId = response.Id ?? ResponseId;
        _modelId = response.Model ?? _modelId;
        _conversationId = _facts.FindConversation(response); // an answer's own id only once it is finished: nothing can go on from half of one
        _nothing.ResponseId = _nothing.MessageId = ResponseId;
    }

    private void End(Sdk.ResponseResult response)
    {
        Begin(response);
        for (var index = 0; index < response.OutputItems.Count && !_isTakenUp; index++)
        {
            EndItem(index, response.OutputItems[index]); // those without an event of their own
        }

        IsFinished = true;
        var last = NewUpdate();
        last.FinishReason = FinishReasons.Read(response, _items.HasCalls || response.OutputItems.Any(i => i is Sdk.FunctionCallResponseItem));
        last.ConversationId = _facts.FindThread(response);
        last.CreatedAt = response.CreatedAt;
        if (response.Usage is { } usage)
        {
            last.Contents.Add(new UsageContent(UsageReader.Read(usage)));
        }

        _updates.Add(last);
    }

    private void EndItem(int index, Sdk.ResponseItem item)
    {
        if (!_done.Add(index))
        {
            return;
        }

        if (item is Sdk.MessageResponseItem message)
        {
            EndMessage(index, message);
            return;
        }

        var update = NewUpdate();
        if (_tools.End(item) is { } call)
        {
            AddNews(call);
            _items.AddHosted(item, call, update.Contents);
        }
        else if (item is Sdk.ReasoningResponseItem reasoning && (_isTakenUp || _reasoning.Has(reasoning.Id)))
        {
            if (StreamedReasoning.End(reasoning) is { } content)
            {
                update.Contents.Add(content);
            }
        }
        else
        {
            _items.AddContents(item, update.Contents);
        }

        if (update.Contents.Count > 0)
        {
            _updates.Add(update);
        }
    }

    /// <summary>Gives what no delta brought: some servers send whole parts only.</summary>
    private void EndMessage(int index, Sdk.MessageResponseItem message)
    {
        for (var i = 0; i < message.Content.Count; i++)
        {
            var part = message.Content[i];
            if (!_text.Has(index, i))
            {
                if (part.Refusal is { Length: > 0 } refusal)
                {
                    Add(RefusalText.Create(refusal));
                }
                else if (part.Text is { Length: > 0 } text)
                {
                    Add(new TextContent(_text.Append(index, i, text)));
                }
            }

            foreach (var annotation in (part.OutputTextAnnotations ?? []).Skip(_text.CitationCount(index, i)))
            {
                AddCitation(index, i, annotation);
            }
        }
    }

    private void AddCitation(int outputIndex, int contentIndex, Sdk.ResponseMessageAnnotation annotation)
    {
        if (_items.ReadCitation(annotation, _text.BeginCitation(outputIndex, contentIndex)) is not { } citation)
        {
            return;
        }

        if (annotation is Sdk.ContainerFileCitationMessageAnnotation made)
        {
            AddNews(_tools.AddFile(new HostedToolOutput.File(made.FileId, made.ContainerId, made.Filename)));
        }

        Add(new TextContent(string.Empty) { Annotations = [citation] });
    }

    private void Add(AIContent content)
    {
        var update = NewUpdate();
        update.Contents.Add(content);
        _updates.Add(update);
    }

    private void AddNews(HostedToolCall? call)
    {
        if (call is not null)
        {
            Add(new HostedToolContent(call));
        }
    }

    private ChatResponseUpdate NewUpdate() => new()
    {
        Role = ChatRole.Assistant,
        ResponseId = ResponseId,
        MessageId = ResponseId,
        ModelId = _modelId,
        ConversationId = _conversationId,
    };
}
