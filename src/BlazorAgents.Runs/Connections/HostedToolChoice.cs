namespace BlazorAgents.Runs;

/// <summary>A tool of the provider's side that people can switch on for a conversation.</summary>
/// <param name="Name">Its name in connections.</param>
/// <param name="ServerLabel">The MCP server; null for a tool of the provider's own.</param>
/// <param name="About">What an administrator says of the server.</param>
/// <param name="IsDemo">It exists in the offline demo only.</param>
public sealed record HostedToolChoice(string Name, string? ServerLabel = null, string? About = null, bool IsDemo = false);
