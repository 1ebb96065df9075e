namespace BlazorAgents.Agents.Tools;

/// <summary>What a tool may know about the call it serves; a parameter of this type is filled in and is not part of the schema.</summary>
/// <param name="Key">The same for the same call, however often it is tried: a side effect under it happens once.</param>
/// <param name="Caller">The person on whose behalf the agent acts; null outside an application.</param>
public sealed record ToolCallContext(string Key, ToolCaller? Caller);
