namespace BlazorAgents.Runs;

/// <summary>One exchange on a path: a message and the answer chosen for it.</summary>
internal sealed record PathStep(Guid RunId, Guid TurnId, Guid? ParentRunId, int Depth);
