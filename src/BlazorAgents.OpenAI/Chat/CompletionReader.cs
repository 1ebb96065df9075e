using System.Text.Json;
using BlazorAgents.Agents;
using BlazorAgents.Agents.ToolLoop;
using Microsoft.Extensions.AI;
using Sdk = OpenAI.Chat;

namespace BlazorAgents.OpenAI.Chat;

/// <summary>Reads a whole answer that was not streamed.</summary>
internal static class CompletionReader
{
    public static ChatResponse Read(Sdk.ChatCompletion completion)
    {
        var message = new ChatMessage(ChatRole.Assistant, []) { MessageId = completion.Id };
        if (Reasoning(completion) is { Length: > 0 } reasoning)
        {
            message.Contents.Add(new TextReasoningContent(reasoning));
        }

        foreach (var part in completion.Content.Where(p => p.Text is { Length: > 0 }))
        {
            message.Contents.Add(new TextContent(part.Text));
        }

        if (completion.Annotations is { Count: > 0 } annotations && message.Contents.OfType<TextContent>().FirstOrDefault() is { } text)
        {
            text.Annotations = [.. annotations.Select(a =>
                CitationReader.Create(a.WebResourceUri?.OriginalString, a.WebResourceTitle, a.StartIndex, a.EndIndex))];
        }

        if (completion.Refusal is { Length: > 0 } refusal)
        {
            message.Contents.Add(RefusalText.Create(refusal));
        }

        foreach (var call in completion.ToolCalls)
        {
            message.Contents.Add(ToolCallArguments.CreateCall(call.Id ?? string.Empty, call.FunctionName, call.FunctionArguments?.ToString() ?? string.Empty));
        }

        return new ChatResponse(message)
        {
            ResponseId = completion.Id,
            ModelId = completion.Model,
            CreatedAt = completion.CreatedAt,
            FinishReason = FinishReasons.Read(completion.FinishReason),
            Usage = completion.Usage is { } usage ? UsageReader.Read(usage) : null,
        };
    }

    private static string? Reasoning(Sdk.ChatCompletion completion) =>
        completion.Patch.TryGetJson("$.choices[0].message.reasoning_content"u8, out var json)
        && JsonElement.Parse(json.Span) is { ValueKind: JsonValueKind.String } text
            ? text.GetString()
            : null;
}
