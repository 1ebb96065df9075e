using BlazorAgents.Agents;

namespace BlazorAgents.Runs;

/// <summary>What a conversation's connection may be.</summary>
public sealed class ConnectionRules(IModelConnections connections, AgentCatalog agents, HostedToolCatalog hosted)
{
    private const int MaxTools = 200;

    /// <summary>Refuses a connection that cannot work.</summary>
    /// <exception cref="RunRequestException">Invalid: the message names the field and the alternative.</exception>
    public async Task CheckAsync(ConversationConnection connection, string agentId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (connection == ConversationConnection.Default)
        {
            return;
        }

        if (!Enum.IsDefined(connection.Memory))
        {
            throw Invalid("Memory: there is no such place. Choose one of those shown.");
        }

        if (connection.HostedTools.FirstOrDefault(name => hosted.Create(name) is null) is not null)
        {
            throw Invalid("Tools: there is no such tool. Open the connection and choose from those shown.");
        }

        if (string.Join(' ', connection.HostedTools).Length > MaxTools)
        {
            throw Invalid("Tools: these are too many for one conversation. Switch some of them off.");
        }

        try
        {
            var tools = (agents.Find(agentId)?.Tools ?? []).Concat(connection.HostedTools.Distinct().Select(name => hosted.Create(name)!));
            if (await connections.FindProblemAsync(connection, [.. tools], cancellationToken) is { } problem)
            {
                throw Invalid(problem);
            }
        }
        catch (AgentException refusal)
        {
            throw Invalid(refusal.Message);
        }
    }

    private static RunRequestException Invalid(string message) => new(RunRequestError.Invalid, message);
}
