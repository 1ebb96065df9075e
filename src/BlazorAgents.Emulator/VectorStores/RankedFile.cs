namespace BlazorAgents.Emulator.VectorStores;

/// <summary>A file that takes part in a search.</summary>
internal sealed record RankedFile(string FileId, string FileName, IndexedText Text, IReadOnlyDictionary<string, object> Attributes);
