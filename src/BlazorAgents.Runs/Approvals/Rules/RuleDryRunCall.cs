namespace BlazorAgents.Runs;

/// <summary>A recorded call and what would become of it.</summary>
/// <param name="ExecutionId">Its row in the journal.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="ToolName">The tool.</param>
/// <param name="AgentId">The agent.</param>
/// <param name="RequesterId">Whose conversation it was.</param>
/// <param name="Arguments">Canonical JSON; secrets are masked.</param>
/// <param name="Current">What the rules say now.</param>
/// <param name="Draft">What they would say.</param>
public sealed record RuleDryRunCall(
    Guid ExecutionId,
    DateTimeOffset StartedAt,
    string ToolName,
    string AgentId,
    string RequesterId,
    string Arguments,
    RuleOutcome Current,
    RuleOutcome Draft);
