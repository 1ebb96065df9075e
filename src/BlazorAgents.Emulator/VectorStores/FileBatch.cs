namespace BlazorAgents.Emulator.VectorStores;

/// <summary>Files that were added to a vector store together. Changed under the registry's lock only.</summary>
internal sealed class FileBatch(string id, string storeId, long createdAt, IReadOnlyList<VectorStoreFile> files)
{
    public string Id => id;

    public IReadOnlyList<VectorStoreFile> Files => files;

    public bool IsCancelled { get; set; }

    public object Shape
    {
        get
        {
            var counts = FileCounts.Of(files);
            return new
            {
                id,
                @object = "vector_store.files_batch",
                created_at = createdAt,
                vector_store_id = storeId,
                status = IsCancelled ? "cancelled" : counts.InProgress > 0 ? "in_progress" : counts.Failed == files.Count ? "failed" : "completed",
                file_counts = counts.Shape,
            };
        }
    }
}
