using System.Runtime.CompilerServices;
using BlazorAgents.Agents.HostedTools;
using BlazorAgents.Agents.Pipeline;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.ToolLoop;

/// <summary>One streamed model call: translates its updates, and keeps what came even if the stream breaks.</summary>
internal sealed class ModelStep(IChatClient client, ISet<string> usedCallIds)
{
    private readonly List<ChatResponseUpdate> _updates = [];

    public List<ToolCall> Calls { get; } = [];

    public UsageDetails? Usage { get; private set; }

    public ChatFinishReason? FinishReason { get; private set; }

    public string? ModelId { get; private set; }

    public string? ConversationId { get; private set; }

    public bool HasText { get; private set; }

    /// <summary>The model refused instead of answering.</summary>
    public bool IsRefusal { get; private set; }

    /// <summary>The answer's text, without reasoning and refusals.</summary>
    public string Text => string.Concat(_updates.SelectMany(update => update.Contents).OfType<TextContent>());

    /// <summary>What ended the stream too early, or null.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>The model's messages, as far as they came.</summary>
    public IEnumerable<ChatMessage> GetMessages() => _updates.ToChatResponse().Messages.Where(m => m.Contents.Count > 0);

    public async IAsyncEnumerable<AgentUpdate> StreamAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions options,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var updates = client.GetStreamingResponseAsync(messages, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await MoveNextAsync(updates))
        {
            foreach (var update in Apply(updates.Current))
            {
                yield return update;
            }
        }

        if (Usage is { } usage)
        {
            yield return new AgentUpdate.UsageReported(
                usage.InputTokenCount ?? 0, usage.OutputTokenCount ?? 0, usage.CachedInputTokenCount ?? 0, usage.ReasoningTokenCount ?? 0);
        }
    }

    private async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<ChatResponseUpdate> updates)
    {
        try
        {
            return await updates.MoveNextAsync();
        }
#pragma warning disable CA1031 // whatever it is: what came before must be kept first, then the run throws it
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fault = exception;
            return false;
        }
    }

    private IEnumerable<AgentUpdate> Apply(ChatResponseUpdate update)
    {
        FinishReason = update.FinishReason ?? FinishReason;
        ModelId = update.ModelId ?? ModelId;
        ConversationId = update.ConversationId ?? ConversationId;
        for (var i = 0; i < update.Contents.Count; i++)
        {
            switch (update.Contents[i])
            {
                case FunctionCallContent { InformationalOnly: false } call:
                    var unique = WithUniqueId(call);
                    update.Contents[i] = unique;
                    Calls.Add(new ToolCall(unique));
                    yield return Calls[^1].Started();
                    break;
                case ToolApprovalRequestContent { ToolCall: McpServerToolCallContent hosted } request when usedCallIds.Add(request.RequestId):
                    Calls.Add(new ToolCall(request.RequestId, hosted));
                    yield return Calls[^1].Started();
                    break;
                case UsageContent usage:
                    (Usage ??= new UsageDetails()).Add(usage.Details);
                    break;
                case RetryNoticeContent retry:
                    yield return new AgentUpdate.RetryScheduled(retry.Attempt, retry.Delay, retry.Reason);
                    break;
                case TextReasoningContent { Text.Length: > 0 } reasoning:
                    yield return new AgentUpdate.ReasoningDelta(reasoning.Text);
                    break;
                case HostedToolContent hosted:
                    yield return new AgentUpdate.HostedToolChanged(hosted.Call);
                    break;
                case TextContent text:
                    if (text.Text.Length > 0)
                    {
                        HasText = true;
                        yield return new AgentUpdate.TextDelta(text.Text);
                    }

                    foreach (var citation in (text.Annotations ?? []).OfType<CitationAnnotation>())
                    {
                        yield return new AgentUpdate.CitationAdded(citation);
                    }

                    break;
                case ErrorContent { ErrorCode: RefusalText.ErrorCode, Message.Length: > 0 } refusal:
                    (HasText, IsRefusal) = (true, true);
                    yield return new AgentUpdate.TextDelta(refusal.Message);
                    break;
            }
        }

        if (!update.Contents.Any(IsNews))
        {
            _updates.Add(update);
        }
        else if (update.Contents.Any(c => !IsNews(c)))
        {
            update.Contents = [.. update.Contents.Where(c => !IsNews(c))];
            _updates.Add(update);
        }
    }

    /// <summary>For watchers only: not part of what the model said.</summary>
    private static bool IsNews(AIContent content) => content is RetryNoticeContent or HostedToolContent;

    /// <summary>Some servers send no id, or the same one in every step; history and feed need one for each call.</summary>
    private FunctionCallContent WithUniqueId(FunctionCallContent call)
    {
        if (!string.IsNullOrEmpty(call.CallId) && usedCallIds.Add(call.CallId))
        {
            return call;
        }

        var id = "call_" + Guid.NewGuid().ToString("N");
        usedCallIds.Add(id);
        return new FunctionCallContent(id, call.Name, call.Arguments)
        {
            AdditionalProperties = call.AdditionalProperties,
            Annotations = call.Annotations,
            Exception = call.Exception,
        };
    }
}
