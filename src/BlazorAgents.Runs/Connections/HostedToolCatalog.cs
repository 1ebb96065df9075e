using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace BlazorAgents.Runs;

/// <summary>The tools of the provider's side: its own, and the MCP servers that administrators configured for it.</summary>
public sealed class HostedToolCatalog(IOptions<McpOptions> options)
{
    internal const string McpPrefix = "mcp:";

    // Addresses that exist nowhere, by RFC 2606: only the offline demo answers them.
    private const string DemoHosts = ".invalid";

    private readonly IReadOnlyList<McpServerOptions> _servers = [.. options.Value.Servers];

    /// <summary>All of them, in the order in which they are offered.</summary>
    public IReadOnlyList<HostedToolChoice> All =>
    [
        .. HostedToolNames.All.Select(name => new HostedToolChoice(name)),
        .. _servers.Select(server => new HostedToolChoice(
            McpPrefix + server.Label, server.Label, server.Description, new Uri(server.Address).Host.EndsWith(DemoHosts, StringComparison.OrdinalIgnoreCase))),
    ];

    /// <summary>The tool of a name, or null. An MCP server's asks for an approval of each call: the run's gate gives the answer.</summary>
    public AITool? Create(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return !name.StartsWith(McpPrefix, StringComparison.Ordinal) ? HostedToolNames.Create(name)
            : _servers.FirstOrDefault(server => server.Label == name[McpPrefix.Length..]) is { } server ? Create(server)
            : null;
    }

    private static HostedMcpServerTool Create(McpServerOptions server)
    {
        var tool = new HostedMcpServerTool(server.Label, new Uri(server.Address))
        {
            ServerDescription = server.Description,
            ApprovalMode = HostedMcpServerToolApprovalMode.AlwaysRequire,
        };
        if (server.AuthorizationToken is { } token)
        {
            tool.Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Authorization"] = $"Bearer {token}" };
        }

        return tool;
    }
}
