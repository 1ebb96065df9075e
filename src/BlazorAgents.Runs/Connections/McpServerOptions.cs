namespace BlazorAgents.Runs;

/// <summary>An MCP server that the provider calls. Each of its calls passes the rules first.</summary>
public sealed class McpServerOptions
{
    /// <summary>Its short name: rules and requests name its tools "label.tool".</summary>
    public string Label { get; set; } = "";

    /// <summary>Its address, as the provider reaches it.</summary>
    public string Address { get; set; } = "";

    /// <summary>What it is for, for the people who choose it and for the model.</summary>
    public string? Description { get; set; }

    /// <summary>The environment variable that holds the token to sign in with; null for a server without.</summary>
    public string? AuthorizationTokenVariable { get; set; }

    /// <summary>What stands in that variable. Never shown, never logged.</summary>
    internal string? AuthorizationToken { get; set; }
}
