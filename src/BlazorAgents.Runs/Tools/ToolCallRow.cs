using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>A call in the journal, for people.</summary>
/// <param name="Id">Its row.</param>
/// <param name="AgentId">The agent that called.</param>
/// <param name="UserId">Whose conversation it was.</param>
/// <param name="UserName">The name of that person; null when the account is gone.</param>
/// <param name="State">How far it got.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="Duration">How long it took; null where nobody measured it.</param>
/// <param name="Arguments">JSON with the secrets masked.</param>
/// <param name="ApprovalId">The request about it, if any.</param>
public sealed record ToolCallRow(
    Guid Id,
    string AgentId,
    string UserId,
    string? UserName,
    ToolExecutionState State,
    DateTimeOffset StartedAt,
    TimeSpan? Duration,
    string Arguments,
    Guid? ApprovalId);
