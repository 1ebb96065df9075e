using System.Text.Json;

namespace BlazorAgents.Agents.HostedTools;

/// <summary>A tool of a remote MCP server, as the server describes it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Description">What it does, in the server's words.</param>
/// <param name="Schema">The JSON schema of its arguments.</param>
public sealed record HostedToolSchema(string Name, string? Description, JsonElement Schema);
