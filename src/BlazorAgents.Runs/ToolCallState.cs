using BlazorAgents.Agents;

namespace BlazorAgents.Runs;

/// <summary>A tool call as far as it got.</summary>
/// <param name="CallId">The model's id of the call.</param>
/// <param name="Name">The tool's name.</param>
/// <param name="ArgumentsJson">The arguments as the model wrote them; not necessarily valid JSON.</param>
/// <param name="StartedAt">When the call was asked for.</param>
/// <param name="Result">What the model was told, or null while the tool runs.</param>
/// <param name="Outcome">How the call ended, or null while the tool runs.</param>
/// <param name="Duration">How long it took, or null while the tool runs.</param>
/// <param name="RequestId">The request for a person's decision; null for a call that did not have to wait.</param>
/// <param name="Server">The MCP server at which the provider makes the call itself; its label begins the name.</param>
public sealed record ToolCallState(
    string CallId,
    string Name,
    string ArgumentsJson,
    DateTimeOffset StartedAt,
    string? Result = null,
    ToolOutcome? Outcome = null,
    TimeSpan? Duration = null,
    string? RequestId = null,
    string? Server = null);
