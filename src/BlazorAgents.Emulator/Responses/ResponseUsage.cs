namespace BlazorAgents.Emulator.Responses;

/// <summary>Tokens of a response; Reasoning is part of Output.</summary>
internal sealed record ResponseUsage(int Input, int Output, int Reasoning);
