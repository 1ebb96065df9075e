namespace BlazorAgents.Runs;

/// <summary>A tool of this installation.</summary>
/// <param name="Name">What models call it.</param>
/// <param name="Agents">The agents that have it, at least one. Each may have another version of it.</param>
/// <param name="Figures">Its calls by all of the agents that were asked for, also by those that no longer have it.</param>
public sealed record ToolOverview(string Name, IReadOnlyList<ToolOfAgent> Agents, ToolFigures Figures);
