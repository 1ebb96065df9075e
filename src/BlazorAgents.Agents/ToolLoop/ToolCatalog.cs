using System.Text.Json;
using BlazorAgents.Agents.HostedTools;
using BlazorAgents.Agents.Tools;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.ToolLoop;

/// <summary>The tools granted to one run: the agent's, then the run's own. Of several with one name the first counts: nothing takes an agent's tool over.</summary>
internal sealed class ToolCatalog
{
    private readonly Dictionary<string, AITool> _tools = new(StringComparer.Ordinal);
    private readonly Dictionary<(string? Server, string Tool), JsonElement> _hostedSchemas = [];
    private readonly List<string> _order = [];

    public ToolCatalog(IEnumerable<AITool> agentTools, IEnumerable<AITool> runTools)
    {
        foreach (var tool in agentTools.Concat(runTools))
        {
            var key = tool is HostedMcpServerTool server ? KeyOf(server.ServerName) : tool.Name; // all MCP servers share one name
            if (_tools.TryAdd(key, tool))
            {
                _order.Add(key);
            }
        }
    }

    /// <summary>All tools in the order in which they were granted.</summary>
    public IReadOnlyList<AITool> Tools => [.. _order.Select(name => _tools[name])];

    /// <summary>The names that a model may call here; hosted tools run on the provider's side.</summary>
    public IEnumerable<string> CallableNames => _order.Where(name => _tools[name] is AIFunction);

    public AIFunction? Find(string name) => _tools.GetValueOrDefault(name) as AIFunction;

    /// <summary>The tool that a call is for, whoever carries it out.</summary>
    public AIFunction? Find(ToolCall call) => call.Hosted is not { } hosted ? Find(call.Name)
        : _tools.GetValueOrDefault(KeyOf(hosted.ServerName)) is HostedMcpServerTool server
            ? new HostedMcpFunction(server, hosted.Name, _hostedSchemas.TryGetValue((hosted.ServerName, hosted.Name), out var schema) ? schema : null)
            : null;

    /// <summary>Takes in what an MCP server offers, as the provider tells it.</summary>
    public void Learn(HostedToolCall list)
    {
        foreach (var tool in list.Tools)
        {
            _hostedSchemas[(list.ServerName, tool.Name)] = tool.Schema;
        }
    }

    private static string KeyOf(string? serverLabel) => $"mcp:{serverLabel}";
}
