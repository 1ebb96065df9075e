using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.HostedTools;

/// <summary>What a search in vector stores found. The abstractions have none of their own.</summary>
public sealed class FileSearchToolResultContent(string callId) : ToolResultContent(callId)
{
    /// <summary>The passages, the nearest first; empty where the provider does not send them.</summary>
    public IReadOnlyList<HostedToolOutput.Passage> Passages { get; init; } = [];
}
