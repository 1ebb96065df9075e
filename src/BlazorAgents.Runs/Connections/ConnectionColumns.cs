using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>A connection in the columns of conversations and runs.</summary>
internal static class ConnectionColumns
{
    public static ConversationConnection ReadConnection(this Conversation conversation) =>
        Read(conversation.ProviderId, conversation.ClientType, conversation.Memory, conversation.HostedTools);

    public static ConversationConnection ReadConnection(this Run run) => Read(run.ProviderId, run.ClientType, run.Memory, run.HostedTools);

    public static void WriteConnection(this Conversation conversation, ConversationConnection connection) =>
        (conversation.ProviderId, conversation.ClientType, conversation.Memory, conversation.HostedTools) =
            (connection.ProviderId, connection.ClientType, connection.Memory, string.Join(' ', connection.HostedTools));

    private static ConversationConnection Read(string? providerId, string? clientType, ConversationMemory memory, string hostedTools) => new()
    {
        ProviderId = providerId,
        ClientType = clientType,
        Memory = memory,
        HostedTools = hostedTools.Split(' ', StringSplitOptions.RemoveEmptyEntries),
    };
}
