namespace BlazorAgents.Agents.Tools;

/// <summary>What a person decided about a call.</summary>
/// <param name="RequestId">The request that was decided.</param>
/// <param name="IsApproved">The call may run.</param>
/// <param name="ModelText">What the model is told besides: of a call that ran, before its result; of one that did not, in its place.</param>
public sealed record ToolDecision(string RequestId, bool IsApproved, string? ModelText = null);
