namespace BlazorAgents.Agents.HostedTools;

/// <summary>The tools that a provider runs on its own side.</summary>
public enum HostedToolKind
{
    /// <summary>Search in vector stores.</summary>
    FileSearch,

    /// <summary>Code run in the provider's container.</summary>
    CodeInterpreter,

    /// <summary>Search in the web.</summary>
    WebSearch,

    /// <summary>Pictures made by a model.</summary>
    ImageGeneration,

    /// <summary>A tool of a remote MCP server.</summary>
    Mcp,

    /// <summary>The list of tools that a remote MCP server offers.</summary>
    McpTools,
}
