using BlazorAgents.Emulator.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BlazorAgents.Emulator.Files;

/// <summary>Reads multipart/form-data as the SDKs write it: quoted boundaries, unquoted names, parts in any order.</summary>
internal static class MultipartBody
{
    public static async Task<IFormCollection> ReadAsync(Exchange exchange)
    {
        var request = exchange.Http.Request;
        if (!request.HasFormContentType)
        {
            throw new ApiErrorException(new ApiError(400, "Invalid Content-Type header. Expected one of multipart/form-data, application/x-www-form-urlencoded."));
        }

        request.Body = new MemoryStream(exchange.Body.ToArray());
        var options = new FormOptions { MemoryBufferThreshold = int.MaxValue, MultipartBodyLengthLimit = long.MaxValue };
        try
        {
            return await new FormFeature(request, options).ReadFormAsync(exchange.Gone);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new ApiErrorException(new ApiError(400, "Could not parse multipart form: " + e.Message));
        }
    }

    /// <summary>The content of a file part. Throws 400 if there is none.</summary>
    public static async Task<(string Name, byte[] Bytes)> FileAsync(IFormCollection form, string name, CancellationToken ct)
    {
        var file = form.Files.GetFile(name) ?? throw new ApiErrorException(ApiError.Missing(name));
        using var bytes = new MemoryStream((int)file.Length);
        await file.CopyToAsync(bytes, ct);
        return (file.FileName, bytes.ToArray());
    }

    /// <summary>A text field, or null.</summary>
    public static string? Field(IFormCollection form, string name) => form[name].ToString() is { Length: > 0 } value ? value : null;
}
