namespace BlazorAgents.Emulator.Assistants;

/// <summary>A piece of an answer: text, or a mark for a file that was read (a citation) or written (a path).</summary>
internal sealed record CitedPiece(string Text, string? FileId = null, bool IsPath = false);
