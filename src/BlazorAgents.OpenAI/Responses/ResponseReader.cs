using BlazorAgents.OpenAI.Errors;
using Microsoft.Extensions.AI;
using Sdk = OpenAI.Responses;

namespace BlazorAgents.OpenAI.Responses;

/// <summary>Reads a whole answer, or the state of one that a server still works on.</summary>
internal static class ResponseReader
{
    /// <exception cref="Agents.AgentException">The answer failed or was cancelled.</exception>
    public static ChatResponse Read(Sdk.ResponseResult result, AnswerFacts facts, ErrorTranslator errors)
    {
        if (result.Status == Sdk.ResponseStatus.Failed || (result.Status is null && result.Error is not null))
        {
            throw errors.FromCode(result.Error?.Code.ToString(), result.Error?.Message, streaming: false);
        }

        if (result.Status == Sdk.ResponseStatus.Cancelled)
        {
            throw errors.Cancelled();
        }

        var items = new ItemReader();
        var message = new ChatMessage(ChatRole.Assistant, []) { MessageId = result.Id };
        foreach (var item in result.OutputItems)
        {
            Add(item, items, message);
        }

        var isRunning = result.Status is Sdk.ResponseStatus.InProgress or Sdk.ResponseStatus.Queued;
        return new ChatResponse(message)
        {
            ResponseId = result.Id,
            ModelId = result.Model,
            CreatedAt = result.CreatedAt,
            ConversationId = isRunning ? facts.FindConversation(result) : facts.FindThread(result),
            ContinuationToken = isRunning ? new ResponsesContinuationToken(result.Id, null, TextPosition.Start) : null,
            FinishReason = isRunning ? null : FinishReasons.Read(result, items.HasCalls),
            Usage = result.Usage is { } usage ? UsageReader.Read(usage) : null,
        };
    }

    /// <summary>One message, as in a stream: text of several items is parted by an empty line.</summary>
    private static void Add(Sdk.ResponseItem item, ItemReader items, ChatMessage message)
    {
        if (item is not Sdk.MessageResponseItem text)
        {
            items.AddContents(item, message.Contents);
            return;
        }

        if (message.Text.Length > 0)
        {
            message.Contents.Add(new TextContent("\n\n"));
        }

        items.AddMessage(text, message.Contents, message.Text.Length);
    }
}
