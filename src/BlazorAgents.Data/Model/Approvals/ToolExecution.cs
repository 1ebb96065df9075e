namespace BlazorAgents.Data;

/// <summary>The journal of tool calls: written before a call begins and after it ended.</summary>
public sealed class ToolExecution
{
    /// <summary>Version 7 UUID.</summary>
    public Guid Id { get; init; }

    /// <summary>The run that called.</summary>
    public Guid RunId { get; init; }

    /// <summary>The conversation.</summary>
    public Guid ConversationId { get; init; }

    /// <summary>The model's id of the call, unique in its run.</summary>
    public required string CallId { get; init; }

    /// <summary>The agent that called.</summary>
    public required string AgentId { get; init; }

    /// <summary>The person whose conversation it is.</summary>
    public required string UserId { get; init; }

    /// <summary>The tool's name.</summary>
    public required string ToolName { get; init; }

    /// <summary>The tool's risk at that time: the agent layer's name of it.</summary>
    public required string Risk { get; init; }

    /// <summary>The arguments that it ran with, canonical JSON.</summary>
    public required string Arguments { get; init; }

    /// <summary>What the tool is given to recognise the same call again; unique.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>The request that a person approved; null when nobody had to.</summary>
    public Guid? ApprovalId { get; init; }

    /// <summary>The context of the call held text from outside: pages, documents, mail.</summary>
    public bool HasUntrustedContent { get; init; }

    /// <summary>The process that carries it out, as in a run's owner.</summary>
    public string? Owner { get; set; }

    /// <summary>How far it got.</summary>
    public ToolExecutionState State { get; set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>UTC; null while it is not known.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>How long it took, in microseconds.</summary>
    public long DurationUs { get; set; }
}
