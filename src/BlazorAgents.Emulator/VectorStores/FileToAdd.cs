using BlazorAgents.Emulator.Files;

namespace BlazorAgents.Emulator.VectorStores;

/// <summary>A file on its way into a vector store.</summary>
internal sealed record FileToAdd(StoredFile File, ChunkingStrategy Strategy, IReadOnlyDictionary<string, object> Attributes);
