namespace BlazorAgents.Emulator.VectorStores;

/// <summary>A passage that a search found. Score is 0 to 1; attributes are strings, doubles and booleans.</summary>
public sealed record VectorHit(string FileId, string FileName, double Score, string Text, IReadOnlyDictionary<string, object> Attributes);
