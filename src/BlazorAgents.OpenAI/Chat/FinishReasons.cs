using Microsoft.Extensions.AI;
using Sdk = OpenAI.Chat;

namespace BlazorAgents.OpenAI.Chat;

/// <summary>The wire's finish reasons in the vocabulary's form.</summary>
internal static class FinishReasons
{
    public static ChatFinishReason Read(Sdk.ChatFinishReason reason) => reason switch
    {
        Sdk.ChatFinishReason.Length => ChatFinishReason.Length,
        Sdk.ChatFinishReason.ContentFilter => ChatFinishReason.ContentFilter,
        Sdk.ChatFinishReason.ToolCalls or Sdk.ChatFinishReason.FunctionCall => ChatFinishReason.ToolCalls,
        _ => ChatFinishReason.Stop,
    };
}
