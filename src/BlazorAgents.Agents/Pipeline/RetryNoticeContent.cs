using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.Pipeline;

/// <summary>Says in a stream that the call failed before any content and is tried again after a wait; never part of an answer.</summary>
/// <param name="attempt">The number of the coming attempt, from 2.</param>
/// <param name="delay">How long the wait is.</param>
/// <param name="reason">Why the last attempt failed.</param>
public sealed class RetryNoticeContent(int attempt, TimeSpan delay, AgentErrorKind reason) : AIContent
{
    /// <summary>The number of the coming attempt, from 2.</summary>
    public int Attempt { get; } = attempt;

    /// <summary>How long the wait is.</summary>
    public TimeSpan Delay { get; } = delay;

    /// <summary>Why the last attempt failed.</summary>
    public AgentErrorKind Reason { get; } = reason;
}
