namespace BlazorAgents.Runs;

/// <summary>A run that was saved and will be carried out whatever happens to the caller.</summary>
public sealed record StartedRun(Guid ConversationId, Guid TurnId, Guid RunId);
