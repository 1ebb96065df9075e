using System.Text.Json;
using Sdk = OpenAI.Responses;

namespace BlazorAgents.OpenAI.Responses;

/// <summary>What the request said about where the answer is kept.</summary>
/// <param name="IsStored">Whether the server was asked to keep the answer; null when the request left it open.</param>
/// <param name="ConversationId">The conversation it belongs to, or null.</param>
internal sealed record AnswerFacts(bool? IsStored, string? ConversationId)
{
    /// <summary>False only when nothing of the answer stays on the server.</summary>
    public bool MayBeKept => IsStored != false || ConversationId is not null;

    /// <summary>The conversation, known from the first event on; null without one.</summary>
    public string? FindConversation(Sdk.ResponseResult response) =>
        response.ConversationOptions?.ConversationId is { Length: > 0 } id ? id : ConversationId;

    /// <summary>The id to go on from: the conversation, else the finished answer where it is kept, else null.</summary>
    public string? FindThread(Sdk.ResponseResult response) =>
        FindConversation(response) ?? ((IsStored ?? Echo(response) ?? true) ? response.Id : null);

    private static bool? Echo(Sdk.ResponseResult response) =>
        response.Patch.TryGetJson("$.store"u8, out var json) && JsonElement.Parse(json.Span) is { ValueKind: JsonValueKind.True or JsonValueKind.False } store
            ? store.GetBoolean()
            : null;
}
