using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents;

/// <summary>A whole answer with its value.</summary>
/// <param name="Messages">The messages the run added: the model's, and tool results, in order.</param>
/// <param name="Usage">Tokens of all model calls of the run, corrections included.</param>
/// <param name="FinishReason">Why the run ended.</param>
/// <param name="Value">What the answer says, read and checked.</param>
public sealed record AgentResponse<T>(IReadOnlyList<ChatMessage> Messages, UsageDetails Usage, AgentFinishReason FinishReason, T Value)
    : AgentResponse(Messages, Usage, FinishReason);
