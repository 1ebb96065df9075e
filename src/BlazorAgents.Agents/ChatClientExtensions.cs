using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents;

/// <summary>The guide's way to an agent: from a chat client.</summary>
public static class ChatClientExtensions
{
    /// <summary>An agent that talks through <paramref name="client"/>.</summary>
    public static ChatAgent CreateAgent(
        this IChatClient client,
        string? name = null,
        string? instructions = null,
        IReadOnlyList<AITool>? tools = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        return new ChatAgent(client, new ChatAgentOptions { Name = name, Instructions = instructions, Tools = tools ?? [] });
    }
}
