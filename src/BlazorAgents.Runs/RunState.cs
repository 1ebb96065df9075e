using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>Where a run stands; replaced as a whole with each change.</summary>
public sealed record RunState
{
    /// <summary>The status.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>The model that answers, once known.</summary>
    public string? ModelId { get; init; }

    /// <summary>Why a completed run ended: the name of an <see cref="Agents.AgentFinishReason"/>.</summary>
    public string? FinishReason { get; init; }

    /// <summary>The name of an <see cref="Agents.AgentErrorKind"/>, for Failed and Interrupted.</summary>
    public string? ErrorKind { get; init; }

    /// <summary>What happened and what to do, in plain words, for Failed and Interrupted.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>Ties the message on the page to the log.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>The provider's id of the thread after this answer; null when the provider keeps none.</summary>
    public string? ServiceThreadId { get; init; }

    /// <summary>The provider's thread as the agent layer saves it, with <see cref="ServiceThreadId"/>.</summary>
    internal string? ServiceThread { get; init; }

    /// <summary>Tokens sent.</summary>
    public long InputTokens { get; init; }

    /// <summary>Tokens received.</summary>
    public long OutputTokens { get; init; }

    /// <summary>When work began, UTC; of a continued answer, on its last stretch.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended, UTC.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>While the provider is waited for before another attempt: when that attempt comes, UTC.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>The number of the coming attempt, with <see cref="RetryAt"/>.</summary>
    public int RetryAttempt { get; init; }

    /// <summary>Why the last attempt failed, with <see cref="RetryAt"/>: the name of an <see cref="Agents.AgentErrorKind"/>.</summary>
    public string? RetryReason { get; init; }

    /// <summary>The same, waiting for no further attempt.</summary>
    public RunState WithoutRetry() => this with { RetryAt = null, RetryAttempt = 0, RetryReason = null };

    /// <summary>True until the run has ended.</summary>
    public bool IsActive => Status is RunStatus.Queued or RunStatus.Running or RunStatus.AwaitingApproval;

    /// <summary>True when Continue makes sense: the answer was cut off.</summary>
    public bool CanContinue =>
        Status is RunStatus.Stopped or RunStatus.Interrupted || (Status is RunStatus.Completed && FinishReason is nameof(Agents.AgentFinishReason.Length));
}
