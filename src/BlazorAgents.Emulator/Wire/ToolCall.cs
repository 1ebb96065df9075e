namespace BlazorAgents.Emulator.Wire;

/// <summary>A function call in an assistant message; arguments are JSON text, not checked.</summary>
public sealed record ToolCall(string Id, string Name, string Arguments);
