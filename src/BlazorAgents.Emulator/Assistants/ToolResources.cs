using System.Text.Json;
using BlazorAgents.Emulator.VectorStores;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Assistants;

/// <summary>What the tools of an assistant or thread may use: files for code, vector stores for the search.</summary>
internal sealed record ToolResources(IReadOnlyList<string> CodeFiles, IReadOnlyList<string> VectorStores)
{
    /// <summary>Life of a store that a thread makes by the way, in days.</summary>
    public const int ThreadStoreDays = 7;

    private const int MostCodeFiles = 20;
    private const int MostStoreFiles = 10_000;

    public static ToolResources None { get; } = new([], []);

    public object Shape
    {
        get
        {
            var shape = new Dictionary<string, object>();
            if (CodeFiles.Count > 0)
            {
                shape["code_interpreter"] = new { file_ids = CodeFiles };
            }

            if (VectorStores.Count > 0)
            {
                shape["file_search"] = new { vector_store_ids = VectorStores };
            }

            return shape;
        }
    }

    /// <summary>Null if the body has none. A helper ("vector_stores") makes its store, with a life in days if one is given.</summary>
    public static ToolResources? Read(JsonElement body, EmulatorState state, int? storeDays = null, string param = "tool_resources")
    {
        if (body.Member("tool_resources") is not { } given)
        {
            return null;
        }

        if (given.ValueKind != JsonValueKind.Object)
        {
            throw new ApiErrorException(ApiError.WrongType(param, "an object"));
        }

        var at = param + ".code_interpreter.file_ids";
        var files = Fields.Kind(given, "code_interpreter", param, "an object", JsonValueKind.Object)?.Member("file_ids") is { } ids ? TextList.Read(ids, at, MostCodeFiles) : [];
        foreach (var (index, id) in files.Index())
        {
            VectorStoreFilesEndpoint.Source(state.Files, id, $"{at}[{index}]");
        }

        return new ToolResources(files, Fields.Kind(given, "file_search", param, "an object", JsonValueKind.Object) is { } search ? Stores(search, state, storeDays, param + ".file_search") : []);
    }

    private static IReadOnlyList<string> Stores(JsonElement search, EmulatorState state, int? storeDays, string param)
    {
        if (search.Member("vector_stores") is { } helpers)
        {
            return helpers.ValueKind != JsonValueKind.Array || helpers.GetArrayLength() > 1
                ? throw new ApiErrorException(ApiError.Invalid(param + ".vector_stores", "Invalid 'vector_stores': expected an array with at most one store."))
                : [.. helpers.EnumerateArray().Select(helper => VectorStoresEndpoint.Create(state, helper, $"{param}.vector_stores[0].", storeDays, MostStoreFiles).Id)];
        }

        var stores = search.Member("vector_store_ids") is { } ids ? TextList.Read(ids, param + ".vector_store_ids", 1) : [];
        foreach (var id in stores)
        {
            state.VectorStores.Read(id, store => store.Id);
        }

        return stores;
    }
}
