using BlazorAgents.Agents.Tools;

namespace BlazorAgents.Runs;

/// <summary>A call with what the rules say and what it would do.</summary>
internal sealed record GatePlan(ToolRequest Request, RuleOutcome Outcome, CallFacts Facts, ToolPreview? Preview);
