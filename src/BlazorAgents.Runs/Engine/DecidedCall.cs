using BlazorAgents.Agents.Tools;

namespace BlazorAgents.Runs;

/// <summary>A call that waited, with its decision.</summary>
internal sealed record DecidedCall(string CallId, string ToolName, string ArgumentsJson, ToolDecision Decision, bool StopsRun);
