using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>A request changed, or is new.</summary>
/// <param name="ApprovalId">The request.</param>
/// <param name="ConversationId">Its conversation.</param>
/// <param name="RequesterId">Whose conversation that is.</param>
/// <param name="State">Where it stands now.</param>
public sealed record ApprovalNews(Guid ApprovalId, Guid ConversationId, string RequesterId, ApprovalState State);
