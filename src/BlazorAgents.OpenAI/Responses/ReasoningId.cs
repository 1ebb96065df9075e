using System.Text.Json;
using Microsoft.Extensions.AI;

namespace BlazorAgents.OpenAI.Responses;

/// <summary>The wire wants encrypted thoughts back under their own id; it travels in the content's additional properties.</summary>
internal static class ReasoningId
{
    private const string Key = "reasoning_id";

    public static void Set(TextReasoningContent content, string? id)
    {
        if (id is { Length: > 0 })
        {
            (content.AdditionalProperties ??= [])[Key] = id;
        }
    }

    public static string? Find(TextReasoningContent content)
    {
        if (content.AdditionalProperties?.TryGetValue(Key, out var value) != true)
        {
            return null;
        }

        // A message store that goes through JSON gives the text back as an element.
        return value as string ?? (value is JsonElement { ValueKind: JsonValueKind.String } stored ? stored.GetString() : null);
    }
}
