namespace BlazorAgents.Emulator.VectorStores;

/// <summary>A vector store. Changed under the registry's lock only. Times are seconds since 1970.</summary>
internal sealed class VectorStore(string id, long createdAt)
{
    private const long SecondsInDay = 24 * 60 * 60;

    public string Id => id;

    public long CreatedAt { get; } = createdAt;

    public string Name { get; set; } = "";

    public int? ExpiresAfterDays { get; set; }

    public long LastActiveAt { get; set; } = createdAt;

    public bool IsExpired { get; set; }

    /// <summary>Ends when all files added so far are indexed or have failed.</summary>
    public Task Indexing { get; set; } = Task.CompletedTask;

    public IReadOnlyDictionary<string, string> Metadata { get; set; } = new Dictionary<string, string>();

    public OrderedDictionary<string, VectorStoreFile> Files { get; } = [];

    public OrderedDictionary<string, FileBatch> Batches { get; } = [];

    public long? ExpiresAt => LastActiveAt + (ExpiresAfterDays * SecondsInDay);

    public object Shape
    {
        get
        {
            var counts = FileCounts.Of(Files.Values);
            var shape = new Dictionary<string, object?>
            {
                ["id"] = id,
                ["object"] = "vector_store",
                ["created_at"] = CreatedAt,
                ["name"] = Name,
                ["usage_bytes"] = Files.Values.Sum(file => file.Text?.Size ?? 0),
                ["file_counts"] = counts.Shape,
                ["status"] = IsExpired ? "expired" : counts.InProgress > 0 ? "in_progress" : "completed",
                ["expires_at"] = ExpiresAt,
                ["last_active_at"] = LastActiveAt,
                ["metadata"] = Metadata,
            };
            if (ExpiresAfterDays is { } days)
            {
                shape["expires_after"] = new { anchor = "last_active_at", days };
            }

            return shape;
        }
    }
}
