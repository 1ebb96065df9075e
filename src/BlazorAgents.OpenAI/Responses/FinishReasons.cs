using Microsoft.Extensions.AI;
using Sdk = OpenAI.Responses;

namespace BlazorAgents.OpenAI.Responses;

/// <summary>Why an answer ended, in the vocabulary's form; the wire has a status and, for some, a reason.</summary>
internal static class FinishReasons
{
    public static ChatFinishReason Read(Sdk.ResponseResult response, bool hasCalls)
    {
        if (response.Status == Sdk.ResponseStatus.Incomplete)
        {
            return response.IncompleteStatusDetails?.Reason == Sdk.ResponseIncompleteStatusReason.ContentFilter
                ? ChatFinishReason.ContentFilter
                : ChatFinishReason.Length;
        }

        return hasCalls ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop;
    }
}
