namespace BlazorAgents.Runs;

/// <summary>The section <c>Mcp</c> of the configuration: the MCP servers that providers may call for the people here.</summary>
public sealed class McpOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Mcp";

    /// <summary>The servers, in the order in which they are offered.</summary>
    public IList<McpServerOptions> Servers { get; } = [];
}
