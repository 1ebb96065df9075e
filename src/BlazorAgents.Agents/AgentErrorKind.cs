namespace BlazorAgents.Agents;

/// <summary>The few ways in which a model call fails, whatever the provider calls them.</summary>
public enum AgentErrorKind
{
    /// <summary>The provider asks to slow down (HTTP 429) or the quota is spent.</summary>
    RateLimited,

    /// <summary>The key or token was refused (HTTP 401 or 403).</summary>
    Authentication,

    /// <summary>The provider does not know the model or deployment.</summary>
    ModelNotFound,

    /// <summary>The provider does not know the thread, conversation or previous response.</summary>
    ThreadNotFound,

    /// <summary>The history does not fit the model's context window.</summary>
    ContextTooLong,

    /// <summary>The provider refused the content.</summary>
    ContentFilter,

    /// <summary>Nothing came for too long.</summary>
    Timeout,

    /// <summary>The provider cannot be reached or failed (HTTP 5xx, refused or broken connection).</summary>
    Unavailable,

    /// <summary>The provider answered with something that is not a valid answer, or rejected the request.</summary>
    BadResponse,

    /// <summary>The provider no longer has the interface that the client speaks; another client type takes its place.</summary>
    InterfaceRetired,
}
