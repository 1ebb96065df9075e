namespace BlazorAgents.OpenAI.Assistants;

/// <summary>A run that waits for the results of its function calls.</summary>
/// <param name="ThreadId">Its thread.</param>
/// <param name="RunId">The run.</param>
/// <param name="CallIds">All calls that it waits for; it takes their results only together.</param>
/// <param name="IsTemporary">True when the thread is only for this run.</param>
internal sealed record WaitingRun(string ThreadId, string RunId, IReadOnlyList<string> CallIds, bool IsTemporary);
