namespace BlazorAgents.Emulator.Files;

/// <summary>An uploaded file with its content. Times are seconds since 1970; ExpiresAt is null for a file that stays.</summary>
public sealed record StoredFile(string Id, string FileName, string Purpose, ReadOnlyMemory<byte> Bytes, long CreatedAt, long? ExpiresAt)
{
    internal object Shape
    {
        get
        {
            var shape = new Dictionary<string, object?>
            {
                ["id"] = Id,
                ["object"] = "file",
                ["bytes"] = Bytes.Length,
                ["created_at"] = CreatedAt,
                ["filename"] = FileName,
                ["purpose"] = Purpose,
                ["status"] = "processed",
            };
            if (ExpiresAt is { } end)
            {
                shape["expires_at"] = end;
            }

            return shape;
        }
    }
}
