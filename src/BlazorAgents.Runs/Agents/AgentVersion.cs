using System.Security.Cryptography;
using System.Text;
using BlazorAgents.Agents.Tools;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs;

/// <summary>Tells one version of an agent from another.</summary>
public static class AgentVersion
{
    /// <summary>12 hexadecimal digits over what the agent is: instructions, tools with their schemas, settings.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="server">The MCP server that a call goes to: another address under the same label is another version.</param>
    public static string Of(AgentDefinition agent, HostedMcpServerTool? server = null)
    {
        ArgumentNullException.ThrowIfNull(agent);
        var text = new StringBuilder();
        foreach (var part in server is null ? Parts(agent) : Parts(agent).Append(server.ServerName).Append(server.ServerAddress))
        {
            text.Append(part?.Length ?? -1).Append(':').Append(part).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..12];
    }

    private static IEnumerable<string?> Parts(AgentDefinition agent) =>
    [
        agent.Id,
        agent.Name,
        agent.Instructions,
        $"{agent.Temperature}",
        .. agent.Tools.SelectMany(tool => new[] { tool.Name, tool.Description, tool is AIFunction function ? ToolFacts.SchemaOf(function) : null, $"{ToolFacts.RiskOf(tool)}" }),
    ];
}
