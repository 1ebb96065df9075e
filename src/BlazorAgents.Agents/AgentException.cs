namespace BlazorAgents.Agents;

/// <summary>A model call failed. <see cref="Exception.Message"/> is fit for users: it says what happened and what to do.</summary>
/// <param name="kind">What went wrong.</param>
/// <param name="message">One or two sentences for a user; no secrets, no stack trace.</param>
/// <param name="innerException">The provider's own exception, for the log.</param>
public class AgentException(AgentErrorKind kind, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>What went wrong.</summary>
    public AgentErrorKind Kind { get; } = kind;

    /// <summary>How long the provider asked to wait (from Retry-After), or null.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>True when the same request may succeed later.</summary>
    public bool IsTransient => Kind is AgentErrorKind.RateLimited or AgentErrorKind.Timeout or AgentErrorKind.Unavailable;

    /// <summary>True when waiting for a moment cannot help, although the kind is transient: the quota is spent, calls are paused, or the provider keeps a first answer.</summary>
    public bool IsRetryPointless { get; init; }

    /// <summary>True when the connection broke while the answer was being streamed: what came before is real, the end is missing.</summary>
    public bool BrokeMidStream { get; init; }
}
