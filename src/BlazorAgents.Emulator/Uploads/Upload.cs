using BlazorAgents.Emulator.Files;

namespace BlazorAgents.Emulator.Uploads;

/// <summary>A file that arrives in parts. Changed under the registry's lock only. Times are seconds since 1970.</summary>
internal sealed class Upload(string id, string fileName, string purpose, long bytes, long createdAt, TimeSpan? fileLife)
{
    private const long Life = 60 * 60;

    public string Id => id;

    public string FileName => fileName;

    public string Purpose => purpose;

    public long Bytes => bytes;

    public TimeSpan? FileLife => fileLife;

    public long ExpiresAt { get; } = createdAt + Life;

    /// <summary>pending, completed, cancelled or expired.</summary>
    public string Status { get; set; } = "pending";

    public StoredFile? File { get; set; }

    public List<UploadPart> Parts { get; } = [];

    public object Shape
    {
        get
        {
            var shape = new Dictionary<string, object>
            {
                ["id"] = id,
                ["object"] = "upload",
                ["bytes"] = bytes,
                ["created_at"] = ExpiresAt - Life,
                ["filename"] = fileName,
                ["purpose"] = purpose,
                ["status"] = Status,
                ["expires_at"] = ExpiresAt,
            };
            if (File is not null)
            {
                shape["file"] = File.Shape;
            }

            return shape;
        }
    }
}
