using System.Security.Cryptography;
using BlazorAgents.Emulator.Files;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Uploads;

/// <summary>Uploads under way. One that is not completed within an hour expires and gives its room back.</summary>
internal sealed class UploadRegistry(FileRegistry files, StorageCap cap, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Upload> _uploads = [];

    private long Now => time.GetUtcNow().ToUnixTimeSeconds();

    public object Create(string fileName, string purpose, long bytes, TimeSpan? fileLife)
    {
        lock (_lock)
        {
            var upload = new Upload(WireId.New("upload"), fileName, purpose, bytes, Now, fileLife);
            _uploads.Add(upload.Id, upload);
            return upload.Shape;
        }
    }

    public object AddPart(string id, byte[] bytes)
    {
        lock (_lock)
        {
            var upload = Pending(id);
            if (upload.Parts.Sum(kept => (long)kept.Bytes.Length) + bytes.Length > upload.Bytes)
            {
                throw new ApiErrorException(ApiError.Invalid("data", $"The parts have more bytes than the {upload.Bytes} that the upload was created for."));
            }

            cap.Take(bytes.Length, "data");
            var part = new UploadPart(WireId.New("part"), id, bytes, Now);
            upload.Parts.Add(part);
            return part.Shape;
        }
    }

    /// <summary>Makes the file out of the parts in the order given. Throws 400 if the size or the checksum (hex MD5) is another.</summary>
    public object Complete(string id, IReadOnlyList<string> partIds, string? md5)
    {
        lock (_lock)
        {
            var upload = Pending(id);
            var parts = partIds.Select((partId, index) => upload.Parts.Find(part => part.Id == partId)
                ?? throw new ApiErrorException(ApiError.Invalid($"part_ids[{index}]", $"No part with id '{partId}' belongs to upload '{id}'."))).ToList();
            var length = parts.Sum(part => (long)part.Bytes.Length);
            if (length != upload.Bytes)
            {
                throw new ApiErrorException(ApiError.Invalid("part_ids", $"The parts have {length} bytes, but the upload was created for {upload.Bytes}."));
            }

            byte[] bytes = [.. parts.SelectMany(part => part.Bytes)];
            if (md5 is not null && !Convert.ToHexString(Checksum(bytes)).Equals(md5, StringComparison.OrdinalIgnoreCase))
            {
                throw new ApiErrorException(ApiError.Invalid("md5", "The md5 checksum does not match the bytes that were uploaded."));
            }

            Release(upload);
            upload.File = files.Add(upload.FileName, upload.Purpose, bytes, upload.FileLife);
            upload.Status = "completed";
            return upload.Shape;
        }
    }

    public object Cancel(string id)
    {
        lock (_lock)
        {
            var upload = Pending(id);
            Release(upload);
            upload.Status = "cancelled";
            return upload.Shape;
        }
    }

    // The wire's own checksum; nothing relies on it being hard to forge.
#pragma warning disable CA5351
    private static byte[] Checksum(byte[] bytes) => MD5.HashData(bytes);
#pragma warning restore CA5351

    private Upload Pending(string id)
    {
        Sweep();
        if (!_uploads.TryGetValue(Parameters.RequirePrefix("upload_id", id, "upload_"), out var upload))
        {
            throw new ApiErrorException(new ApiError(404, $"No such Upload object: {id}", Param: "upload_id"));
        }

        return upload.Status == "pending"
            ? upload
            : throw new ApiErrorException(ApiError.Invalid("upload_id", $"Upload '{id}' is {upload.Status} and takes no more changes.", "invalid_upload_status"));
    }

    private void Sweep()
    {
        foreach (var upload in _uploads.Values.Where(upload => upload.Status == "pending" && upload.ExpiresAt <= Now))
        {
            Release(upload);
            upload.Status = "expired";
        }
    }

    private void Release(Upload upload)
    {
        cap.Release(upload.Parts.Sum(part => (long)part.Bytes.Length));
        upload.Parts.Clear();
    }
}
