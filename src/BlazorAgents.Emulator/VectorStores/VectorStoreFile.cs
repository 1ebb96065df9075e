using BlazorAgents.Emulator.Files;

namespace BlazorAgents.Emulator.VectorStores;

/// <summary>A file in a vector store. Changed under the registry's lock only.</summary>
internal sealed class VectorStoreFile(StoredFile source, string storeId, long createdAt, ChunkingStrategy strategy)
{
    public string Id => Source.Id;

    public StoredFile Source => source;

    public ChunkingStrategy Strategy => strategy;

    public string? BatchId { get; init; }

    public required IReadOnlyDictionary<string, object> Attributes { get; set; }

    /// <summary>in_progress, completed, cancelled or failed.</summary>
    public string Status { get; set; } = "in_progress";

    public VectorFileError? Error { get; set; }

    /// <summary>Null until it is completed.</summary>
    public IndexedText? Text { get; set; }

    public object Shape => new
    {
        id = Id,
        @object = "vector_store.file",
        usage_bytes = Text?.Size ?? 0,
        created_at = createdAt,
        vector_store_id = storeId,
        status = Status,
        last_error = Error?.Shape,
        chunking_strategy = strategy.Shape,
        attributes = Attributes,
    };
}
