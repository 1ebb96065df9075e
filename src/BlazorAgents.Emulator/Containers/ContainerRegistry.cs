using BlazorAgents.Emulator.Files;
using BlazorAgents.Emulator.Wire;
using Microsoft.AspNetCore.Http;

namespace BlazorAgents.Emulator.Containers;

/// <summary>The containers of one server. One that was idle for its time (20 minutes) is expired: it can be seen, its files are gone.</summary>
internal sealed class ContainerRegistry(FileRegistry files, StorageCap cap, TimeProvider time)
{
    public const int DefaultMinutes = 20;
    private const int MostContainers = 200;
    private const int MostFiles = 500;

    private readonly Lock _lock = new();
    private readonly OrderedDictionary<string, Container> _byId = [];

    private long Now => time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>A new container with copies of uploaded files. Throws 404 for a file that does not exist.</summary>
    public Container Create(string name, IReadOnlyList<string> fileIds, int minutes = DefaultMinutes, string memoryLimit = "1g")
    {
        var uploads = fileIds.Select(files.Get).ToList();
        var container = new Container(name, minutes, memoryLimit, Now);
        lock (_lock)
        {
            while (_byId.Count >= MostContainers)
            {
                Empty(_byId.GetAt(0).Value);
                _byId.RemoveAt(0);
            }

            _byId.Add(container.Id, container);
        }

        foreach (var upload in uploads)
        {
            Put(container.Id, upload.FileName, "user", upload.Bytes);
        }

        return container;
    }

    /// <summary>Uses a container under the lock, expired or not. Throws 404.</summary>
    public T Read<T>(string id, Func<Container, T> use)
    {
        Parameters.RequirePrefix("container_id", id, "cntr_");
        lock (_lock)
        {
            return use(_byId.TryGetValue(id, out var container)
                ? Refresh(container)
                : throw new ApiErrorException(new ApiError(StatusCodes.Status404NotFound, $"Container with id '{id}' not found.")));
        }
    }

    /// <summary>Uses a running container under the lock, which counts as activity. Throws 404, and 400 for an expired one.</summary>
    public T Use<T>(string id, Func<Container, T> use) => Read(id, container =>
    {
        if (container.IsExpired)
        {
            throw new ApiErrorException(new ApiError(StatusCodes.Status400BadRequest, "Container is expired.", Code: "container_expired"));
        }

        container.LastActiveAt = Now;
        return use(container);
    });

    public IReadOnlyList<Container> List(string? name)
    {
        lock (_lock)
        {
            return [.. _byId.Values.Select(Refresh).Where(container => name is null || container.Name == name)];
        }
    }

    /// <summary>Puts a file into a container; one of the same name is replaced.</summary>
    public ContainerFile Put(string id, string name, string source, ReadOnlyMemory<byte> bytes) => Use(id, container =>
    {
        if (container.Files.Values.FirstOrDefault(file => file.Name == name) is { } old)
        {
            Remove(container, old);
        }

        if (container.Files.Count >= MostFiles)
        {
            throw new ApiErrorException(ApiError.Invalid("file", $"A container holds at most {MostFiles} files."));
        }

        cap.Take(bytes.Length);
        var file = new ContainerFile(WireId.New("cfile"), id, name, source, bytes, Now);
        container.Files.Add(file.Id, file);
        return file;
    });

    public ContainerFile File(string id, string fileId) => Use(id, container => Find(container, fileId));

    public void DeleteFile(string id, string fileId) => Use(id, container =>
    {
        Remove(container, Find(container, fileId));
        return true;
    });

    public void Delete(string id) => Read(id, container =>
    {
        Empty(container);
        return _byId.Remove(id);
    });

    private static ContainerFile Find(Container container, string fileId)
    {
        Parameters.RequirePrefix("file_id", fileId, "cfile_");
        return container.Files.GetValueOrDefault(fileId)
            ?? throw new ApiErrorException(new ApiError(StatusCodes.Status404NotFound, $"File with id '{fileId}' not found in container '{container.Id}'."));
    }

    private Container Refresh(Container container)
    {
        if (!container.IsExpired && container.EndsBefore(Now))
        {
            container.IsExpired = true;
            Empty(container);
        }

        return container;
    }

    private void Empty(Container container)
    {
        foreach (var file in container.Files.Values.ToList())
        {
            Remove(container, file);
        }
    }

    private void Remove(Container container, ContainerFile file)
    {
        container.Files.Remove(file.Id);
        cap.Release(file.Bytes.Length);
    }
}
