using BlazorAgents.Agents;

namespace BlazorAgents.OpenAI.Responses;

/// <summary>Tells the kinds of thread ids apart: "conv_" names a conversation, "resp_" the answer to go on from.</summary>
internal static class ThreadId
{
    public static bool IsConversation(string? id) => id?.StartsWith("conv_", StringComparison.Ordinal) == true;

    /// <summary>The id of a response, or null for none.</summary>
    /// <exception cref="AgentException">It is the id of a thread of the Assistants API.</exception>
    public static string? CheckResponse(string? id) => id?.StartsWith("thread_", StringComparison.Ordinal) == true
        ? throw new AgentException(
            AgentErrorKind.ThreadNotFound,
            "This conversation is a thread of the Assistants API, which the Responses client cannot continue. Start a new conversation, or use the Assistants client.")
        : string.IsNullOrEmpty(id) ? null : id;
}
