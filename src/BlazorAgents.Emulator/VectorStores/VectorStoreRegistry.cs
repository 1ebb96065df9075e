using BlazorAgents.Emulator.Files;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.VectorStores;

/// <summary>The vector stores of one server. Files are indexed behind the requests; searches see those that are completed.</summary>
public sealed class VectorStoreRegistry : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly OrderedDictionary<string, VectorStore> _stores = [];
    private readonly StorageCap _cap;
    private readonly TimeProvider _time;
    private readonly Indexer _indexer;

    internal VectorStoreRegistry(FileRegistry files, StorageCap cap, TimeProvider time, TimeSpan indexingTime)
    {
        (_cap, _time) = (cap, time);
        _indexer = new Indexer(_lock, cap, time, indexingTime);
        files.Removed += RemoveEverywhere;
    }

    private long Now => _time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>The best passages for a query, best first. Throws <see cref="ApiErrorException"/> for an unknown (404) or expired (400) store.</summary>
    public IReadOnlyList<VectorHit> Search(IReadOnlyList<string> vectorStoreIds, string query, int maxResults) =>
        Search(vectorStoreIds, new VectorSearch { Queries = [query], MaxResults = maxResults });

    /// <summary>The best passages, best first. Throws <see cref="ApiErrorException"/> for an unknown (404) or expired (400) store.</summary>
    public IReadOnlyList<VectorHit> Search(IReadOnlyList<string> vectorStoreIds, VectorSearch search)
    {
        ArgumentNullException.ThrowIfNull(vectorStoreIds);
        ArgumentNullException.ThrowIfNull(search);
        List<RankedFile> files;
        lock (_lock)
        {
            files = [.. vectorStoreIds.Distinct().Select(Active).SelectMany(store => store.Files.Values)
                .Where(file => file.Text is not null && (search.Filter?.Invoke(file.Attributes) ?? true))
                .Select(file => new RankedFile(file.Id, file.Source.FileName, file.Text!, file.Attributes))];
        }

        return Ranking.Rank(files, search);
    }

    /// <summary>Waits until the files added so far are completed or have failed. Throws as a search does.</summary>
    public Task WaitUntilIndexedAsync(IReadOnlyList<string> vectorStoreIds, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(vectorStoreIds);
        lock (_lock)
        {
            return Task.WhenAll(vectorStoreIds.Select(id => Active(id).Indexing)).WaitAsync(ct);
        }
    }

    /// <summary>Ends the indexing.</summary>
    public ValueTask DisposeAsync() => _indexer.DisposeAsync();

    internal (string Id, object Shape) Create(Func<string, long, VectorStore> make, IReadOnlyList<FileToAdd> files)
    {
        lock (_lock)
        {
            var store = make(WireId.New("vs"), Now);
            _stores.Add(store.Id, store);
            Add(store, files, null);
            return (store.Id, store.Shape);
        }
    }

    /// <summary>Uses a store under the lock. Throws 404.</summary>
    internal T Read<T>(string id, Func<VectorStore, T> use)
    {
        lock (_lock)
        {
            return use(Find(id));
        }
    }

    /// <summary>Uses a store under the lock, which counts as activity. Throws 404, and 400 for an expired one.</summary>
    internal T Use<T>(string id, Func<VectorStore, T> use)
    {
        lock (_lock)
        {
            return use(Active(id));
        }
    }

    internal T ReadAll<T>(Func<IReadOnlyList<VectorStore>, T> use)
    {
        lock (_lock)
        {
            return use([.. _stores.Values.Select(Refresh)]);
        }
    }

    internal void Delete(string id)
    {
        lock (_lock)
        {
            var store = Find(id);
            foreach (var file in store.Files.Values)
            {
                Drop(file);
            }

            _stores.Remove(id);
        }
    }

    internal object AddFile(string id, FileToAdd file) => Use(id, store => Add(store, [file], null)[0].Shape);

    internal void AddFiles(string id, IReadOnlyList<FileToAdd> files) => Use(id, store => Add(store, files, null));

    internal object AddBatch(string id, IReadOnlyList<FileToAdd> files) => Use(id, store =>
    {
        var batchId = WireId.New("vsfb");
        var batch = new FileBatch(batchId, id, Now, Add(store, files, batchId));
        store.Batches.Add(batchId, batch);
        return batch.Shape;
    });

    internal void RemoveFile(string id, string fileId) => Use(id, store => store.Files.Remove(fileId, out var file)
        ? Drop(file)
        : throw new ApiErrorException(new ApiError(404, $"No file found with id '{fileId}' in vector store '{id}'.", Param: "file_id")));

    private List<VectorStoreFile> Add(VectorStore store, IReadOnlyList<FileToAdd> files, string? batchId)
    {
        var added = new List<VectorStoreFile>();
        foreach (var (source, strategy, attributes) in files.DistinctBy(file => file.File.Id))
        {
            if (store.Files.Remove(source.Id, out var earlier))
            {
                Drop(earlier);
            }

            var file = new VectorStoreFile(source, store.Id, Now, strategy) { Attributes = attributes, BatchId = batchId };
            store.Files.Add(source.Id, file);
            added.Add(file);
        }

        store.Indexing = Task.WhenAll(store.Indexing, _indexer.Start(added));
        return added;
    }

    private VectorStore Find(string id) => _stores.TryGetValue(Parameters.RequirePrefix("vector_store_id", id, "vs_"), out var store)
        ? Refresh(store)
        : throw new ApiErrorException(new ApiError(404, $"Vector store with id '{id}' not found.", Param: "vector_store_id"));

    private VectorStore Active(string id)
    {
        var store = Find(id);
        if (store.IsExpired)
        {
            throw new ApiErrorException(ApiError.Invalid("vector_store_id", $"Vector store '{id}' has expired. Create a new one with the same files.", "vector_store_expired"));
        }

        store.LastActiveAt = Now;
        return store;
    }

    private VectorStore Refresh(VectorStore store)
    {
        store.IsExpired = store.IsExpired || store.ExpiresAt <= Now;
        return store;
    }

    private bool Drop(VectorStoreFile file)
    {
        _cap.Release(file.Text?.Size ?? 0);
        file.Text = null;
        file.Status = file.Status == "in_progress" ? "cancelled" : file.Status;
        return true;
    }

    private void RemoveEverywhere(string fileId)
    {
        lock (_lock)
        {
            foreach (var store in _stores.Values)
            {
                if (store.Files.Remove(fileId, out var file))
                {
                    Drop(file);
                }
            }
        }
    }
}
