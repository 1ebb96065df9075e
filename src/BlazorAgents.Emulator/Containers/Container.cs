using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Containers;

/// <summary>A folder for code: files, and an end some minutes after its last use.</summary>
internal sealed class Container(string name, int minutes, string memoryLimit, long now)
{
    public string Id { get; } = WireId.New("cntr");

    public string Name => name;

    public long CreatedAt { get; } = now;

    public long LastActiveAt { get; set; } = now;

    public bool IsExpired { get; set; }

    /// <summary>Files by id, oldest first.</summary>
    public OrderedDictionary<string, ContainerFile> Files { get; } = [];

    public bool EndsBefore(long time) => IsExpired || time - LastActiveAt >= minutes * 60L;

    public object Describe() => new
    {
        id = Id,
        @object = "container",
        name,
        created_at = CreatedAt,
        status = IsExpired ? "expired" : "running",
        last_active_at = LastActiveAt,
        expires_after = new { anchor = "last_active_at", minutes },
        memory_limit = memoryLimit,
    };
}
