using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>A run that this process holds, with what it needs to carry it out.</summary>
internal sealed record RunClaim(Run Run, string UserId, string Message, Guid? ParentRunId, IReadOnlyList<ConversationItem> Items);
