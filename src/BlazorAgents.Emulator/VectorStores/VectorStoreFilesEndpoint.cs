using System.Text.Json;
using BlazorAgents.Emulator.Files;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.VectorStores;

/// <summary>/v1/vector_stores/{id}/files and file_batches.</summary>
internal static class VectorStoreFilesEndpoint
{
    private const int MostInBatch = 2000;

    public static Task? Answer(Exchange exchange, string[] path) => Result(exchange, path) is { } result ? WireJson.WriteAsync(exchange, result) : null;

    /// <summary>The uploaded file. Throws 404.</summary>
    public static StoredFile Source(FileRegistry files, string id, string param) =>
        files.Find(id) ?? throw new ApiErrorException(new ApiError(404, $"No file found with id '{id}'.", Param: param));

    private static object? Result(Exchange exchange, string[] path)
    {
        var stores = exchange.State.VectorStores;
        return (exchange.Method, path[1], path[2..]) switch
        {
            ("POST", var id, ["files"]) => stores.AddFile(id, ReadFile(exchange.State.Files, WireJson.ParseObject(exchange.Body), "", null, null)),
            ("GET", var id, ["files"]) => stores.Read(id, store => List(exchange, store.Files.Values)),
            ("GET", var id, ["files", var fileId]) => stores.Read(id, store => File(store, fileId).Shape),
            ("POST", var id, ["files", var fileId]) => SetAttributes(exchange, id, fileId),
            ("DELETE", var id, ["files", var fileId]) => Remove(stores, id, fileId),
            ("GET", var id, ["files", var fileId, "content"]) => stores.Read(id, store => Content(File(store, fileId))),
            ("POST", var id, ["file_batches"]) => stores.AddBatch(id, ReadBatch(exchange.State.Files, WireJson.ParseObject(exchange.Body))),
            ("GET", var id, ["file_batches", var batchId]) => stores.Read(id, store => Batch(store, batchId).Shape),
            ("POST", var id, ["file_batches", var batchId, "cancel"]) => stores.Read(id, store => Cancel(Batch(store, batchId))),
            ("GET", var id, ["file_batches", var batchId, "files"]) => stores.Read(id, store => List(exchange, Batch(store, batchId).Files)),
            (_, _, ["files" or "file_batches"] or ["files" or "file_batches", _] or ["files", _, "content"] or ["file_batches", _, "cancel" or "files"]) => throw new ApiErrorException(ApiError.MethodNotAllowed(exchange)),
            _ => null,
        };
    }

    private static object List(Exchange exchange, IEnumerable<VectorStoreFile> files)
    {
        var status = ListQuery.Choice(exchange.Http.Request, "filter", "in_progress", "completed", "failed", "cancelled");
        return ListQuery.Read(exchange.Http.Request).Page(files.Where(file => status is null || file.Status == status), file => file.Id, file => file.Shape);
    }

    private static object SetAttributes(Exchange exchange, string id, string fileId)
    {
        var body = WireJson.ParseObject(exchange.Body);
        var attributes = body.TryGetProperty("attributes", out _) ? KeyValues.Attributes(body) : throw new ApiErrorException(ApiError.Missing("attributes"));
        return exchange.State.VectorStores.Use(id, store =>
        {
            var file = File(store, fileId);
            file.Attributes = attributes;
            return file.Shape;
        });
    }

    private static object Remove(VectorStoreRegistry stores, string id, string fileId)
    {
        stores.RemoveFile(id, fileId);
        return new { id = fileId, @object = "vector_store.file.deleted", deleted = true };
    }

    private static object Content(VectorStoreFile file) => file.Status == "completed"
        ? new
        {
            @object = "vector_store.file_content.page",
            data = file.Text!.Chunks.Select(chunk => new { type = "text", text = file.Text.TextOf(chunk) }).ToList(),
            has_more = false,
            next_page = (string?)null,
        }
        : throw new ApiErrorException(ApiError.Invalid("file_id", $"File '{file.Id}' has no content to show: its status is '{file.Status}'.", "file_not_ready"));

    private static object Cancel(FileBatch batch)
    {
        foreach (var file in batch.Files.Where(file => file.Status == "in_progress"))
        {
            file.Status = "cancelled";
            batch.IsCancelled = true;
        }

        return batch.Shape;
    }

    private static VectorStoreFile File(VectorStore store, string fileId) => store.Files.GetValueOrDefault(fileId)
        ?? throw new ApiErrorException(new ApiError(404, $"No file found with id '{fileId}' in vector store '{store.Id}'.", Param: "file_id"));

    private static FileBatch Batch(VectorStore store, string batchId) => store.Batches.GetValueOrDefault(Parameters.RequirePrefix("batch_id", batchId, "vsfb_"))
        ?? throw new ApiErrorException(new ApiError(404, $"No file batch found with id '{batchId}' in vector store '{store.Id}'.", Param: "batch_id"));

    private static List<FileToAdd> ReadBatch(FileRegistry files, JsonElement body)
    {
        var (ids, items) = (body.Member("file_ids"), body.Member("files"));
        if (ids is null == items is null)
        {
            throw new ApiErrorException(ids is null ? ApiError.Missing("file_ids") : ApiError.Invalid("files", "Only one of 'file_ids' and 'files' may be given."));
        }

        var strategy = ChunkingStrategy.Read(body);
        var attributes = KeyValues.Attributes(body);
        List<FileToAdd> read = ids is { } list
            ? [.. TextList.Read(list, "file_ids", MostInBatch).Select((id, index) => new FileToAdd(Source(files, id, $"file_ids[{index}]"), strategy ?? ChunkingStrategy.Auto, attributes))]
            : [.. Items(items!.Value).Select((item, index) => ReadFile(files, item, $"files[{index}].", strategy, attributes))];
        return read.Count > 0 ? read : throw new ApiErrorException(ApiError.Invalid(ids is null ? "files" : "file_ids", "Invalid batch: expected at least one file.", "empty_array"));
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement items) => items.ValueKind == JsonValueKind.Array && items.GetArrayLength() <= MostInBatch
        ? items.EnumerateArray()
        : throw new ApiErrorException(ApiError.WrongType("files", $"an array of at most {MostInBatch} objects"));

    private static FileToAdd ReadFile(FileRegistry files, JsonElement item, string at, ChunkingStrategy? strategy, IReadOnlyDictionary<string, object>? attributes) => new(
        Source(files, item.Text("file_id") ?? throw new ApiErrorException(ApiError.Missing(at + "file_id")), at + "file_id"),
        ChunkingStrategy.Read(item, at + "chunking_strategy") ?? strategy ?? ChunkingStrategy.Auto,
        item.Member("attributes") is null && attributes is not null ? attributes : KeyValues.Attributes(item, at + "attributes"));
}
