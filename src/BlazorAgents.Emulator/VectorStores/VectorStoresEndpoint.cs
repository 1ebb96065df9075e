using System.Text.Json;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.VectorStores;

/// <summary>/v1/vector_stores: create, list, get, modify, delete, search. Its files are <see cref="VectorStoreFilesEndpoint"/>.</summary>
internal static class VectorStoresEndpoint
{
    private const int MostFiles = 500;

    /// <summary>Null for a path that is not below /v1/vector_stores.</summary>
    public static Task? Answer(Exchange exchange, string[] path)
    {
        var stores = exchange.State.VectorStores;
        return (exchange.Method, path) switch
        {
            ("POST", ["vector_stores"]) => WireJson.WriteAsync(exchange, Create(exchange.State, WireJson.ParseObject(exchange.Body), "").Shape),
            ("GET", ["vector_stores"]) => WireJson.WriteAsync(exchange, stores.ReadAll(all => ListQuery.Read(exchange.Http.Request).Page(all, store => store.Id, store => store.Shape))),
            ("GET", ["vector_stores", var id]) => WireJson.WriteAsync(exchange, stores.Read(id, store => store.Shape)),
            ("POST", ["vector_stores", var id]) => WireJson.WriteAsync(exchange, Modify(exchange, id)),
            ("DELETE", ["vector_stores", var id]) => DeleteAsync(exchange, id),
            ("POST", ["vector_stores", var id, "search"]) => WireJson.WriteAsync(exchange, VectorStoreSearch.Answer(stores, id, WireJson.ParseObject(exchange.Body))),
            (_, ["vector_stores"] or ["vector_stores", _] or ["vector_stores", _, "search"]) => throw new ApiErrorException(ApiError.MethodNotAllowed(exchange)),
            (_, ["vector_stores", _, ..]) => VectorStoreFilesEndpoint.Answer(exchange, path),
            _ => null,
        };
    }

    /// <summary>Makes a store as a request describes it. Also used by the helpers of assistants and threads.</summary>
    public static (string Id, object Shape) Create(EmulatorState state, JsonElement body, string at, int? defaultDays = null, int mostFiles = MostFiles)
    {
        var strategy = ChunkingStrategy.Read(body, at + "chunking_strategy") ?? ChunkingStrategy.Auto;
        var fileIds = body.Member("file_ids") is { } ids ? TextList.Read(ids, at + "file_ids", mostFiles) : [];
        var files = fileIds.Select((id, index) => new FileToAdd(VectorStoreFilesEndpoint.Source(state.Files, id, $"{at}file_ids[{index}]"), strategy, new Dictionary<string, object>())).ToList();
        var name = body.Text("name") ?? "";
        var days = ReadDays(body.Member("expires_after"), at) ?? defaultDays;
        var metadata = KeyValues.Metadata(body, at + "metadata");
        return state.VectorStores.Create(
            (id, now) => new VectorStore(id, now) { Name = name, ExpiresAfterDays = days, Metadata = metadata }, files);
    }

    private static object Modify(Exchange exchange, string id)
    {
        var body = WireJson.ParseObject(exchange.Body);
        var metadata = body.Member("metadata") is null ? null : KeyValues.Metadata(body);
        var days = ReadDays(body.Member("expires_after"), "");
        var dropsExpiry = body.TryGetProperty("expires_after", out var policy) && policy.ValueKind == JsonValueKind.Null;
        return exchange.State.VectorStores.Read(id, store =>
        {
            store.Name = body.Text("name") ?? store.Name;
            store.Metadata = metadata ?? store.Metadata;
            store.ExpiresAfterDays = dropsExpiry ? null : days ?? store.ExpiresAfterDays;
            return store.Shape;
        });
    }

    private static Task DeleteAsync(Exchange exchange, string id)
    {
        exchange.State.VectorStores.Delete(id);
        return WireJson.WriteAsync(exchange, new { id, @object = "vector_store.deleted", deleted = true });
    }

    private static int? ReadDays(JsonElement? policy, string at)
    {
        if (policy is not { } given)
        {
            return null;
        }

        if (given.Text("anchor") is not "last_active_at")
        {
            throw new ApiErrorException(ApiError.Invalid(at + "expires_after.anchor", "Invalid 'expires_after.anchor': the only supported value is 'last_active_at'."));
        }

        return given.Int("days") is { } days and >= 1 and <= 365
            ? days
            : throw new ApiErrorException(ApiError.Invalid(at + "expires_after.days", "Invalid 'expires_after.days': expected an integer between 1 and 365."));
    }
}
