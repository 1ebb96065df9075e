using BlazorAgents.Agents.Tools;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs;

/// <summary>A call that waited, with its decision.</summary>
internal sealed record DecidedCall(string CallId, string ToolName, string ArgumentsJson, ToolDecision Decision, bool StopsRun, string? Server = null)
{
    /// <summary>The decision as an agent is given it.</summary>
    public AIContent ToContent() => Server is null
        ? Decision.ToContent(CallId, ToolName, ArgumentsJson)
        : Decision.ToHostedContent(CallId, HostedMcpFunction.ToolNameOf(Server, ToolName), Server, ArgumentsJson);
}
