namespace BlazorAgents.Data;

/// <summary>Who did what, when, to what. Rows are only ever added; each carries the hash of the one before.</summary>
public sealed class AuditEvent
{
    /// <summary>The place in the chain, from 1 without gaps.</summary>
    public long Id { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Who; null for the application itself.</summary>
    public string? ActorId { get; init; }

    /// <summary>Their name at that time.</summary>
    public required string ActorName { get; init; }

    /// <summary>What, as noun.verb: <c>approval.approved</c>.</summary>
    public required string Action { get; init; }

    /// <summary>To what kind of thing: <c>approval</c>, <c>rule</c>, <c>person</c>.</summary>
    public required string SubjectType { get; init; }

    /// <summary>To which one.</summary>
    public required string SubjectId { get; init; }

    /// <summary>One line for people; no secrets.</summary>
    public required string Summary { get; init; }

    /// <summary>JSON object with the rest; no secrets.</summary>
    public required string Details { get; init; }

    /// <summary>The hash of the event before; 64 zeros for the first.</summary>
    public required string PreviousHash { get; init; }

    /// <summary>SHA-256 over everything else, lower-case hexadecimal.</summary>
    public required string Hash { get; init; }
}
