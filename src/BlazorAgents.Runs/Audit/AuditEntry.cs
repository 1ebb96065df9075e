namespace BlazorAgents.Runs;

/// <summary>Something that happened, for the audit.</summary>
/// <param name="Actor">Who; null for the application itself.</param>
/// <param name="Action">What, as noun.verb: <c>approval.approved</c>.</param>
/// <param name="SubjectType">To what kind of thing.</param>
/// <param name="SubjectId">To which one.</param>
/// <param name="Summary">One line for people; no secrets.</param>
/// <param name="Details">The rest, an object that becomes JSON; no secrets.</param>
public sealed record AuditEntry(Actor? Actor, string Action, string SubjectType, string SubjectId, string Summary, object? Details = null);
