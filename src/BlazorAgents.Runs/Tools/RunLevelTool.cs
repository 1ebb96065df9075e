using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs;

/// <summary>
/// A tool of the installation that belongs to no agent: people may add it to any for their messages. Register one for each; role, settings,
/// rules, approvals and the journal are the same as for an agent's own.
/// </summary>
public sealed record RunLevelTool(AIFunction Tool);
