namespace BlazorAgents.Runs;

/// <summary>A tool with its last calls.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="Calls">The newest calls that the person may see, the newest first.</param>
/// <param name="MayChange">The person may change its settings, and sees everyone's calls.</param>
public sealed record ToolDetail(ToolOverview Tool, IReadOnlyList<ToolCallRow> Calls, bool MayChange);
