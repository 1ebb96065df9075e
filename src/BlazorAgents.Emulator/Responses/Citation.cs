namespace BlazorAgents.Emulator.Responses;

/// <summary>An annotation as the wire has it, and where the cited text ends.</summary>
internal sealed record Citation(int End, object Annotation);
