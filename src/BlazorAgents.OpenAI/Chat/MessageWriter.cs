using BlazorAgents.Agents;
using BlazorAgents.OpenAI.Providers;
using Microsoft.Extensions.AI;
using Sdk = OpenAI.Chat;

namespace BlazorAgents.OpenAI.Chat;

/// <summary>Writes messages to the wire.</summary>
internal static class MessageWriter
{
    public static IReadOnlyList<Sdk.ChatMessage> Write(IEnumerable<ChatMessage> messages, string? instructions, ProviderProfile profile)
    {
        var wire = new List<Sdk.ChatMessage>();
        if (!string.IsNullOrWhiteSpace(instructions))
        {
            wire.Add(new Sdk.SystemChatMessage(instructions));
        }

        foreach (var message in messages)
        {
            if (message.Role == ChatRole.System)
            {
                wire.Add(new Sdk.SystemChatMessage(message.Text));
            }
            else if (message.Role == ChatRole.Assistant)
            {
                if (WriteAssistant(message, profile) is { } assistant)
                {
                    wire.Add(assistant);
                }
            }
            else if (message.Role == ChatRole.User && PartWriter.Write(message.Contents) is { Count: > 0 } parts)
            {
                wire.Add(parts is [{ Text: { } text }] ? new Sdk.UserChatMessage(text) : new Sdk.UserChatMessage(parts));
            }

            wire.AddRange(message.Contents.OfType<FunctionResultContent>().Select(r => new Sdk.ToolChatMessage(r.CallId, ToolTexts.Result(r))));
        }

        return wire;
    }

    private static Sdk.AssistantChatMessage? WriteAssistant(ChatMessage message, ProviderProfile profile)
    {
        var calls = message.Contents.OfType<FunctionCallContent>().Where(c => !c.InformationalOnly).Select(WriteCall).ToList();
        var refusal = string.Concat(message.Contents.OfType<ErrorContent>().Where(e => e.ErrorCode == RefusalText.ErrorCode).Select(e => e.Message));
        if (message.Text.Length == 0 && calls.Count == 0 && refusal.Length == 0)
        {
            return null;
        }

        var wire = calls.Count > 0 ? new Sdk.AssistantChatMessage(calls) : new Sdk.AssistantChatMessage(message.Text);
        if (calls.Count > 0 && message.Text.Length > 0)
        {
            wire.Content.Add(Sdk.ChatMessageContentPart.CreateTextPart(message.Text));
        }

        wire.Refusal = refusal.Length > 0 ? refusal : null;

        // Servers whose models think between tool calls want those thoughts back; OpenAI's own API does not know the field.
        var reasoning = string.Concat(message.Contents.OfType<TextReasoningContent>().Select(r => r.Text));
        if (profile.UsesCompatibleNames && calls.Count > 0 && reasoning.Length > 0)
        {
            wire.Patch.Set("$.reasoning_content"u8, reasoning);
        }

        return wire;
    }

    private static Sdk.ChatToolCall WriteCall(FunctionCallContent call) =>
        Sdk.ChatToolCall.CreateFunctionToolCall(call.CallId, call.Name, BinaryData.FromString(ToolTexts.Arguments(call)));
}
