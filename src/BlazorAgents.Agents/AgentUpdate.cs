using BlazorAgents.Agents.HostedTools;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents;

/// <summary>One step of a streamed run; a closed union.</summary>
public abstract record AgentUpdate
{
    private AgentUpdate()
    {
    }

    /// <summary>A model call begins. <paramref name="Step"/> counts from 1.</summary>
    public sealed record StepStarted(int Step) : AgentUpdate;

    /// <summary>More of the answer's text.</summary>
    public sealed record TextDelta(string Text) : AgentUpdate;

    /// <summary>More of the model's reasoning, where the provider shows it.</summary>
    public sealed record ReasoningDelta(string Text) : AgentUpdate;

    /// <summary>
    /// The model asked for a tool; sent before the tool runs. <paramref name="ArgumentsJson"/> is the model's text, not yet checked.
    /// <paramref name="Server"/> is the MCP server at which the provider asks to make the call itself; its label begins the name.
    /// </summary>
    public sealed record ToolCallStarted(string CallId, string Name, string ArgumentsJson, string? Server = null) : AgentUpdate;

    /// <summary>A tool call has its result, as the model will see it.</summary>
    public sealed record ToolCallFinished(string CallId, string Name, string Result, ToolOutcome Outcome, TimeSpan Duration) : AgentUpdate;

    /// <summary>A call waits for a person; the run ends as <see cref="AgentFinishReason.AwaitingApproval"/> once its other calls are done.</summary>
    public sealed record ApprovalRequested(string CallId, string Name, string RequestId) : AgentUpdate;

    /// <summary>A tool on the provider's side has news; each is a whole snapshot, later ones replace earlier ones.</summary>
    public sealed record HostedToolChanged(HostedToolCall Call) : AgentUpdate;

    /// <summary>A source of the text written so far. Its regions count in characters of the current message's text.</summary>
    public sealed record CitationAdded(CitationAnnotation Citation) : AgentUpdate;

    /// <summary>Tokens of one model call.</summary>
    public sealed record UsageReported(long InputTokens, long OutputTokens, long CachedInputTokens, long ReasoningTokens) : AgentUpdate;

    /// <summary>The call failed before any text and will be tried again after <paramref name="Delay"/>. <paramref name="Attempt"/> is the number of the coming attempt, from 2.</summary>
    public sealed record RetryScheduled(int Attempt, TimeSpan Delay, AgentErrorKind Reason) : AgentUpdate;

    /// <summary>
    /// The text of this model call does not fit the form that was asked for: it is withdrawn, and the model is asked for another.
    /// <paramref name="Round"/> counts from 1; <paramref name="Errors"/> are what the model is told.
    /// </summary>
    public sealed record AnswerRejected(int Round, IReadOnlyList<string> Errors) : AgentUpdate;

    /// <summary>The tool loop was ended by one of its limits; <paramref name="Explanation"/> is for the user.</summary>
    public sealed record LimitReached(ToolLoopLimit Limit, string Explanation) : AgentUpdate;

    /// <summary>The run ended without an error; always the last update.</summary>
    public sealed record Finished(AgentFinishReason Reason, string? ModelId) : AgentUpdate;
}
