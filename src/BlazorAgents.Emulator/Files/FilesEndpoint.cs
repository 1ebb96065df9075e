using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Files;

/// <summary>/v1/files: upload, list, get, content, delete.</summary>
internal static class FilesEndpoint
{
    private const int MostListed = 10_000;

    /// <summary>Null for a path that is not below /v1/files.</summary>
    public static Task? Answer(Exchange exchange, string[] path) => (exchange.Method, path) switch
    {
        ("POST", ["files"]) => UploadAsync(exchange),
        ("GET", ["files"]) => ListAsync(exchange),
        ("GET", ["files", var id]) => WireJson.WriteAsync(exchange, exchange.State.Files.Get(id).Shape),
        ("DELETE", ["files", var id]) => DeleteAsync(exchange, id),
        ("GET", ["files", var id, "content"]) => DownloadAsync(exchange, exchange.State.Files.Get(id)),
        (_, ["files"] or ["files", _] or ["files", _, "content"]) => throw new ApiErrorException(ApiError.MethodNotAllowed(exchange)),
        _ => null,
    };

    private static async Task UploadAsync(Exchange exchange)
    {
        var form = await MultipartBody.ReadAsync(exchange);
        var purpose = FileRules.Purpose(MultipartBody.Field(form, "purpose"));
        var (name, bytes) = await MultipartBody.FileAsync(form, "file", exchange.Gone);
        FileRules.Size(bytes.Length, purpose, "file");
        var file = exchange.State.Files.Add(FileRules.Name(name, purpose, "file"), purpose, bytes, FileRules.Life(FileRules.LifeOf(form), purpose));
        await WireJson.WriteAsync(exchange, file.Shape);
    }

    private static Task ListAsync(Exchange exchange)
    {
        var request = exchange.Http.Request;
        var query = ListQuery.Read(request, MostListed, MostListed);
        var purpose = request.Query["purpose"].ToString();
        return WireJson.WriteAsync(exchange, query.Page(exchange.State.Files.List(purpose.Length > 0 ? purpose : null), file => file.Id, file => file.Shape));
    }

    private static Task DeleteAsync(Exchange exchange, string id)
    {
        exchange.State.Files.Delete(id);
        return WireJson.WriteAsync(exchange, new { id, @object = "file", deleted = true });
    }

    private static Task DownloadAsync(Exchange exchange, StoredFile file)
    {
        var response = exchange.Http.Response;
        response.ContentType = "application/octet-stream";
        response.ContentLength = file.Bytes.Length;
        return response.Body.WriteAsync(file.Bytes, exchange.Gone).AsTask();
    }
}
