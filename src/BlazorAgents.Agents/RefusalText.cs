using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents;

/// <summary>A model's refusal travels as an <see cref="ErrorContent"/> with this code; people read it as the answer.</summary>
public static class RefusalText
{
    /// <summary>The value of <see cref="ErrorContent.ErrorCode"/>.</summary>
    public const string ErrorCode = "Refusal";

    /// <summary>A refusal as content.</summary>
    public static ErrorContent Create(string text) => new(text) { ErrorCode = ErrorCode };

    /// <summary>The text that a person reads in <paramref name="content"/>: answer or refusal, else nothing.</summary>
    internal static string Of(AIContent content) => content switch
    {
        TextContent text => text.Text,
        ErrorContent { ErrorCode: ErrorCode } refusal => refusal.Message,
        _ => string.Empty,
    };

    /// <summary>What a person reads in the last of <paramref name="messages"/>.</summary>
    internal static string Of(IReadOnlyList<ChatMessage> messages) => messages is [.., var last] ? string.Concat(last.Contents.Select(Of)) : string.Empty;
}
