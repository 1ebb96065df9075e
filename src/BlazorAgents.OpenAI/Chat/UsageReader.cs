using Microsoft.Extensions.AI;
using Sdk = OpenAI.Chat;

namespace BlazorAgents.OpenAI.Chat;

/// <summary>Tokens of one call.</summary>
internal static class UsageReader
{
    public static UsageDetails Read(Sdk.ChatTokenUsage usage) => new()
    {
        InputTokenCount = usage.InputTokenCount,
        OutputTokenCount = usage.OutputTokenCount,
        TotalTokenCount = usage.TotalTokenCount,
        CachedInputTokenCount = usage.InputTokenDetails?.CachedTokenCount,
        ReasoningTokenCount = usage.OutputTokenDetails?.ReasoningTokenCount,
    };
}
