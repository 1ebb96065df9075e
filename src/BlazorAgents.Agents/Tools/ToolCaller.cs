namespace BlazorAgents.Agents.Tools;

/// <summary>The person on whose behalf an agent acts.</summary>
/// <param name="UserId">The account's id.</param>
/// <param name="Name">The name shown.</param>
/// <param name="Role">The highest role.</param>
public sealed record ToolCaller(string UserId, string Name, string Role);
