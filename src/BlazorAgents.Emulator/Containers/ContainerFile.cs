namespace BlazorAgents.Emulator.Containers;

/// <summary>A file of a container. Source is "user" for an upload and "assistant" for what a program wrote.</summary>
internal sealed record ContainerFile(string Id, string ContainerId, string Name, string Source, ReadOnlyMemory<byte> Bytes, long CreatedAt)
{
    public object Describe() => new
    {
        id = Id,
        @object = "container.file",
        container_id = ContainerId,
        created_at = CreatedAt,
        bytes = Bytes.Length,
        path = "/mnt/data/" + Name,
        source = Source,
    };
}
