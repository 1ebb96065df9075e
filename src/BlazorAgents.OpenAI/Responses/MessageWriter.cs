using System.Text;
using BlazorAgents.Agents;
using BlazorAgents.Agents.ToolLoop;
using BlazorAgents.OpenAI.Providers;
using Microsoft.Extensions.AI;
using Sdk = OpenAI.Responses;

namespace BlazorAgents.OpenAI.Responses;

/// <summary>Writes messages to the wire as its items, in their order. Items that came from the wire go back as they came.</summary>
internal sealed class MessageWriter(ProviderProfile profile, IList<Sdk.ResponseItem> items)
{
    private static readonly ChatRole s_developer = new("developer");

    public void Write(IEnumerable<ChatMessage> messages)
    {
        foreach (var message in messages)
        {
            if (message.Role == ChatRole.System)
            {
                items.Add(Sdk.ResponseItem.CreateSystemMessageItem(message.Text));
            }
            else if (message.Role == s_developer)
            {
                items.Add(Sdk.ResponseItem.CreateDeveloperMessageItem(message.Text));
            }
            else if (message.Role == ChatRole.Assistant)
            {
                WriteAssistant(message.Contents);
            }
            else
            {
                WriteInput(message);
            }
        }
    }

    private void WriteInput(ChatMessage message)
    {
        var parts = new List<Sdk.ResponseContentPart>();
        foreach (var content in message.Contents)
        {
            if (WriteItem(content) is { } item)
            {
                Flush();
                items.Add(item);
            }
            else if (message.Role == ChatRole.User && PartWriter.Write(content) is { } part)
            {
                parts.Add(part);
            }
        }

        Flush();

        void Flush()
        {
            if (parts.Count > 0)
            {
                items.Add(Sdk.ResponseItem.CreateUserMessageItem(parts));
                parts = [];
            }
        }
    }

    private void WriteAssistant(IList<AIContent> contents)
    {
        var text = new StringBuilder();
        foreach (var content in contents)
        {
            if (content is TextContent written)
            {
                text.Append(written.Text);
            }
            else if (content is ErrorContent { ErrorCode: RefusalText.ErrorCode } refusal)
            {
                text.Append(refusal.Message);
            }
            else if (WriteItem(content) is { } item)
            {
                Flush();
                items.Add(item);
            }
        }

        Flush();

        void Flush()
        {
            if (text.Length > 0)
            {
                // The specification has an output message with an id and a status only; without them, it is an input message of plain text.
                var message = Sdk.ResponseItem.CreateAssistantMessageItem(string.Empty);
                message.Patch.Set("$.content"u8, text.ToString());
                items.Add(message);
                text.Clear();
            }
        }
    }

    /// <summary>The item that a content stands for, or null.</summary>
    private Sdk.ResponseItem? WriteItem(AIContent content) => content switch
    {
        FunctionCallContent { InformationalOnly: false } call => Sdk.ResponseItem.CreateFunctionCallItem(
            call.CallId, call.Name, BinaryData.FromString(ToolTexts.Arguments(call))),
        FunctionResultContent result => Sdk.ResponseItem.CreateFunctionCallOutputItem(result.CallId, ToolTexts.Result(result)),
        TextReasoningContent reasoning => WriteReasoning(reasoning),
        ToolApprovalResponseContent { ToolCall: McpServerToolCallContent } answer =>
            new Sdk.McpToolCallApprovalResponseItem(answer.RequestId, answer.Approved) { Reason = answer.Reason },
        { RawRepresentation: Sdk.ResponseItem raw and not (Sdk.MessageResponseItem or Sdk.FunctionCallResponseItem) } => raw,
        ToolApprovalRequestContent { ToolCall: McpServerToolCallContent call } request => Sdk.ResponseItem.CreateMcpApprovalRequestItem(
            request.RequestId, call.ServerName, call.Name, Arguments(call)),
        _ => null,
    };

    /// <summary>
    /// Thoughts go back only where the server can use them: encrypted, or in the open to servers that have no encrypted form.
    /// An id alone would name an item that the server may not have kept.
    /// </summary>
    private Sdk.ReasoningResponseItem? WriteReasoning(TextReasoningContent reasoning)
    {
        var raw = reasoning.RawRepresentation as Sdk.ReasoningResponseItem;
        if (raw is not null && (raw.EncryptedContent is { Length: > 0 } || profile.UsesCompatibleNames))
        {
            return raw;
        }

        if (reasoning.ProtectedData is not { Length: > 0 } encrypted)
        {
            return null;
        }

        var item = string.IsNullOrEmpty(reasoning.Text) ? new Sdk.ReasoningResponseItem([]) : new Sdk.ReasoningResponseItem(reasoning.Text);
        item.EncryptedContent = encrypted;
        item.Id = ReasoningId.Find(reasoning);
        return item;
    }

    private static BinaryData Arguments(McpServerToolCallContent call) =>
        BinaryData.FromString(call switch
        {
            { AdditionalProperties: { } known } when known.ContainsKey(ToolCallArguments.RawTextKey) => call.GetArgumentsText(),
            { Arguments: { } arguments } => ToolTexts.Json(new Dictionary<string, object?>(arguments)),
            _ => "{}",
        });
}
