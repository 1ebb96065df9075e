using System.Text.Json;
using BlazorAgents.Emulator.Files;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Uploads;

/// <summary>/v1/uploads: create, add parts, complete, cancel.</summary>
internal static class UploadsEndpoint
{
    private const long LargestUpload = 8L * 1024 * 1024 * 1024;
    private const long LargestPart = 64L * 1024 * 1024;

    /// <summary>Null for a path that is not below /v1/uploads.</summary>
    public static Task? Answer(Exchange exchange, string[] path) => (exchange.Method, path) switch
    {
        ("POST", ["uploads"]) => WireJson.WriteAsync(exchange, Create(exchange)),
        ("POST", ["uploads", var id, "parts"]) => AddPartAsync(exchange, id),
        ("POST", ["uploads", var id, "complete"]) => WireJson.WriteAsync(exchange, Complete(exchange, id)),
        ("POST", ["uploads", var id, "cancel"]) => WireJson.WriteAsync(exchange, exchange.State.Uploads.Cancel(id)),
        (_, ["uploads"] or ["uploads", _, "parts" or "complete" or "cancel"]) => throw new ApiErrorException(ApiError.MethodNotAllowed(exchange)),
        _ => null,
    };

    private static object Create(Exchange exchange)
    {
        var body = WireJson.ParseObject(exchange.Body);
        var purpose = FileRules.Purpose(body.Text("purpose"));
        var name = FileRules.Name(body.Text("filename") ?? throw new ApiErrorException(ApiError.Missing("filename")), purpose, "filename");
        _ = body.Text("mime_type") is { Length: > 0 } ? "" : throw new ApiErrorException(ApiError.Missing("mime_type"));
        var bytes = body.Member("bytes") switch
        {
            null => throw new ApiErrorException(ApiError.Missing("bytes")),
            { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out var given) => given,
            _ => throw new ApiErrorException(ApiError.WrongType("bytes", "an integer")),
        };
        return bytes is < 1 or > LargestUpload
            ? throw new ApiErrorException(ApiError.Invalid("bytes", $"Invalid 'bytes': expected a value between 1 and {LargestUpload}, but got {bytes}."))
            : exchange.State.Uploads.Create(name, purpose, bytes, FileRules.Life(body.Member("expires_after"), purpose));
    }

    private static async Task AddPartAsync(Exchange exchange, string id)
    {
        var form = await MultipartBody.ReadAsync(exchange);
        var (_, bytes) = await MultipartBody.FileAsync(form, "data", exchange.Gone);
        if (bytes.Length is 0 || bytes.Length > LargestPart)
        {
            throw new ApiErrorException(ApiError.Invalid("data", $"Invalid 'data': a part has 1 to {LargestPart} bytes, but got {bytes.Length}."));
        }

        await WireJson.WriteAsync(exchange, exchange.State.Uploads.AddPart(id, bytes));
    }

    private static object Complete(Exchange exchange, string id)
    {
        var body = WireJson.ParseObject(exchange.Body);
        return body.Member("part_ids") is not { } ids
            ? throw new ApiErrorException(ApiError.Missing("part_ids"))
            : exchange.State.Uploads.Complete(id, TextList.Read(ids, "part_ids"), body.Text("md5"));
    }
}
