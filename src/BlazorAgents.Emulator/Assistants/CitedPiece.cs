namespace BlazorAgents.Emulator.Assistants;

/// <summary>A piece of an answer: text, or a mark that cites a file.</summary>
internal sealed record CitedPiece(string Text, string? FileId);
