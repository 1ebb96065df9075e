namespace BlazorAgents.Runs;

/// <summary>A stretch of a conversation's shown path.</summary>
/// <param name="Turns">Oldest first.</param>
/// <param name="HasOlder">There are turns before the first.</param>
public sealed record ThreadPage(IReadOnlyList<TurnView> Turns, bool HasOlder);
