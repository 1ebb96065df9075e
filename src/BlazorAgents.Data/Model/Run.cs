namespace BlazorAgents.Data;

/// <summary>One answer to a turn. Regenerating makes a sibling: another run of the same turn.</summary>
public sealed class Run
{
    /// <summary>Version 7 UUID.</summary>
    public Guid Id { get; init; }

    /// <summary>The conversation.</summary>
    public Guid ConversationId { get; init; }

    /// <summary>The message that is answered.</summary>
    public Guid TurnId { get; init; }

    /// <summary>The requester's id of the request: the same one twice is one run.</summary>
    public Guid ClientRequestId { get; init; }

    /// <summary>Where it stands.</summary>
    public RunStatus Status { get; set; }

    /// <summary>The agent that answers.</summary>
    public required string AgentId { get; init; }

    /// <summary>The model asked for, then the model that answered; null until known.</summary>
    public string? ModelId { get; set; }

    /// <summary>The stored provider that answers; null is the configured one.</summary>
    public string? ProviderId { get; init; }

    /// <summary>The client layer's name of the client type that it is reached with; null is the provider's usual one.</summary>
    public string? ClientType { get; init; }

    /// <summary>Where the agent's memory lives.</summary>
    public ConversationMemory Memory { get; init; }

    /// <summary>Names of the provider's tools that may be used, separated by spaces.</summary>
    public string HostedTools { get; init; } = "";

    /// <summary>The tools that its person added and left out, as JSON; empty: the agent's own, no more and no fewer.</summary>
    public string ToolChoice { get; init; } = "";

    /// <summary>The provider's id of the thread after this answer; null when the provider keeps none.</summary>
    public string? ServiceThreadId { get; set; }

    /// <summary>The provider's thread after this answer as JSON, as the agent layer saves it.</summary>
    public string? ServiceThread { get; set; }

    /// <summary>The process that holds the lease.</summary>
    public string? Owner { get; set; }

    /// <summary>Until when the owner may go without renewing, UTC.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>The fencing token: grows with each claim, and a write of an older generation changes nothing.</summary>
    public int Generation { get; set; }

    /// <summary>Someone asked for the run to stop; its owner obeys.</summary>
    public bool StopRequested { get; set; }

    /// <summary>The kind of failure, for Failed and Interrupted.</summary>
    public string? ErrorKind { get; set; }

    /// <summary>What happened and what to do, in plain words.</summary>
    public string? ErrorMessage { get; set; }

    /// <summary>Ties the message on the page to the log.</summary>
    public string? CorrelationId { get; set; }

    /// <summary>Why a completed run ended (the name of an AgentFinishReason).</summary>
    public string? FinishReason { get; set; }

    /// <summary>Tokens sent, summed over the run's model calls.</summary>
    public long InputTokens { get; set; }

    /// <summary>Tokens received, summed over the run's model calls.</summary>
    public long OutputTokens { get; set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last claimed, UTC.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When it ended, UTC.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}
