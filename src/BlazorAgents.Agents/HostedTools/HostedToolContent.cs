using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.HostedTools;

/// <summary>
/// The news of a hosted tool's call inside a streamed answer. It is for watchers: the messages of the answer carry the
/// abstractions' own call and result contents, and never this.
/// </summary>
public sealed class HostedToolContent(HostedToolCall call) : AIContent
{
    /// <summary>The call as it stands now.</summary>
    public HostedToolCall Call { get; } = call;
}
