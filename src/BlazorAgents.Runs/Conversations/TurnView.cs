namespace BlazorAgents.Runs;

/// <summary>A message on the path that is shown, with the answer chosen for it.</summary>
/// <param name="Id">The turn.</param>
/// <param name="ParentRunId">The answer it replies to; null for a first message.</param>
/// <param name="Text">The message.</param>
/// <param name="CreatedAt">When it was sent, UTC.</param>
/// <param name="SiblingTurns">All versions of the message, oldest first, this one included.</param>
/// <param name="SiblingRuns">All answers to it, oldest first, the chosen one included.</param>
/// <param name="Run">The chosen answer.</param>
public sealed record TurnView(
    Guid Id,
    Guid? ParentRunId,
    string Text,
    DateTimeOffset CreatedAt,
    IReadOnlyList<Guid> SiblingTurns,
    IReadOnlyList<Guid> SiblingRuns,
    RunView Run);
