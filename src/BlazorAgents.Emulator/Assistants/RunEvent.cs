namespace BlazorAgents.Emulator.Assistants;

/// <summary>An event of a stream: its name and its data as JSON.</summary>
internal sealed record RunEvent(string Name, string Json);
