using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>A part of the audit.</summary>
/// <param name="Events">The newest first.</param>
/// <param name="HasOlder">Whether there are more before the last one.</param>
public sealed record AuditPage(IReadOnlyList<AuditEvent> Events, bool HasOlder);
