using System.Text.Json;
using BlazorAgents.Emulator.Files;
using BlazorAgents.Emulator.Wire;
using Microsoft.AspNetCore.Http;

namespace BlazorAgents.Emulator.Containers;

/// <summary>/v1/containers, their files and the content of those.</summary>
internal sealed class ContainersEndpoint(ContainerRegistry containers, FileRegistry files)
{
    private const string Root = "/v1/containers";
    private const int MostMinutes = 20;

    /// <summary>False for a path that is not below /v1/containers.</summary>
    public async Task<bool> TryAnswerAsync(Exchange exchange)
    {
        var path = exchange.Path.TrimEnd('/');
        if (path != Root && !path.StartsWith(Root + "/", StringComparison.Ordinal))
        {
            return false;
        }

        var parts = path[Root.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries);
        await ((exchange.Method, parts) switch
        {
            ("GET", [var id, "files", var file, "content"]) => WriteContentAsync(exchange, containers.File(id, file)),
            ("POST", [var id, "files"]) => AddFileAsync(exchange, id),
            _ => WireJson.WriteAsync(exchange, Answer(exchange, parts)),
        });
        return true;
    }

    private object Answer(Exchange exchange, string[] parts) => (exchange.Method, parts) switch
    {
        ("POST", []) => Create(WireJson.ParseStrict(exchange.Body)),
        ("GET", []) => ListQuery.Read(exchange.Http.Request).Page(containers.List(exchange.Http.Request.Query["name"].FirstOrDefault()), container => container.Id, container => container.Describe()),
        ("GET", [var id]) => containers.Read(id, container => container.Describe()),
        ("DELETE", [var id]) => Delete(id),
        ("GET", [var id, "files"]) => ListQuery.Read(exchange.Http.Request).Page(containers.Use(id, container => container.Files.Values.ToList()), file => file.Id, file => file.Describe()),
        ("GET", [var id, "files", var file]) => containers.File(id, file).Describe(),
        ("DELETE", [var id, "files", var file]) => DeleteFile(id, file),
        (_, [] or [_] or [_, "files"] or [_, "files", _] or [_, "files", _, "content"]) => throw new ApiErrorException(ApiError.MethodNotAllowed(exchange)),
        _ => throw new ApiErrorException(ApiError.UnknownUrl(exchange)),
    };

    private object Create(JsonElement root)
    {
        var name = root.OptionalText("name") ?? throw new ApiErrorException(ApiError.Missing("name"));
        if (root.Member("file_ids") is { } ids && (ids.ValueKind != JsonValueKind.Array || ids.EnumerateArray().Any(id => id.ValueKind != JsonValueKind.String)))
        {
            throw new ApiErrorException(ApiError.WrongType("file_ids", "an array of strings"));
        }

        var memory = root.Choice("memory_limit", "1g", "1g", "4g", "16g", "64g");
        return containers.Create(name, [.. root.Items("file_ids").Select(id => id.GetString()!)], Minutes(root), memory).Describe();
    }

    private static int Minutes(JsonElement root)
    {
        if (root.Member("expires_after") is not { } expires)
        {
            return ContainerRegistry.DefaultMinutes;
        }

        if (expires.Text("anchor") != "last_active_at")
        {
            throw new ApiErrorException(ApiError.Invalid("expires_after.anchor", "Invalid value for 'expires_after.anchor': supported values are: 'last_active_at'."));
        }

        return expires.Int("minutes") is >= 1 and <= MostMinutes and var minutes
            ? minutes
            : throw new ApiErrorException(ApiError.Invalid("expires_after.minutes", $"Invalid 'expires_after.minutes': expected an integer from 1 to {MostMinutes}."));
    }

    private object Delete(string id)
    {
        containers.Delete(id);
        return new { id, @object = "container.deleted", deleted = true };
    }

    private object DeleteFile(string id, string file)
    {
        containers.DeleteFile(id, file);
        return new { id = file, @object = "container.file.deleted", deleted = true };
    }

    private async Task AddFileAsync(Exchange exchange, string id)
    {
        string? fileId;
        if (exchange.Http.Request.HasFormContentType)
        {
            var form = await MultipartBody.ReadAsync(exchange);
            fileId = MultipartBody.Field(form, "file_id");
            if (fileId is null)
            {
                var (name, bytes) = await MultipartBody.FileAsync(form, "file", exchange.Gone);
                await WireJson.WriteAsync(exchange, containers.Put(id, Clean(name), "user", bytes).Describe());
                return;
            }
        }
        else
        {
            fileId = WireJson.ParseStrict(exchange.Body).OptionalText("file_id") ?? throw new ApiErrorException(ApiError.Missing("file_id"));
        }

        var upload = files.Get(fileId);
        await WireJson.WriteAsync(exchange, containers.Put(id, Clean(upload.FileName), "user", upload.Bytes).Describe());
    }

    private static async Task WriteContentAsync(Exchange exchange, ContainerFile file)
    {
        exchange.Http.Response.ContentType = "application/octet-stream";
        exchange.Http.Response.ContentLength = file.Bytes.Length;
        await exchange.Http.Response.Body.WriteAsync(file.Bytes, exchange.Gone);
    }

    /// <summary>The last part of a path, as a container has one folder.</summary>
    private static string Clean(string name) => name.Split('/', '\\')[^1] is { Length: > 0 } last ? last : throw new ApiErrorException(ApiError.Invalid("file", "Invalid 'file': the file has no name."));
}
