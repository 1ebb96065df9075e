namespace BlazorAgents.Data;

/// <summary>What a request asks for.</summary>
public enum ApprovalKind
{
    /// <summary>A call of a tool of ours.</summary>
    Tool,

    /// <summary>A call that the provider makes at an MCP server.</summary>
    HostedMcp,
}
