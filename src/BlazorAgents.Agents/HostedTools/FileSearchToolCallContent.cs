using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.HostedTools;

/// <summary>A search in vector stores that the provider made. The abstractions have none of their own.</summary>
public sealed class FileSearchToolCallContent(string callId) : ToolCallContent(callId)
{
    /// <summary>What was looked for.</summary>
    public IReadOnlyList<string> Queries { get; init; } = [];
}
