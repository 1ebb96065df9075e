namespace BlazorAgents.Emulator.Uploads;

/// <summary>A piece of an upload.</summary>
internal sealed record UploadPart(string Id, string UploadId, byte[] Bytes, long CreatedAt)
{
    public object Shape => new { id = Id, @object = "upload.part", created_at = CreatedAt, upload_id = UploadId };
}
