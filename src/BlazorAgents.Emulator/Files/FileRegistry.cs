using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Files;

/// <summary>The files of one server: bytes, name and purpose by id. Expired files are gone.</summary>
public sealed class FileRegistry
{
    private readonly Lock _lock = new();
    private readonly OrderedDictionary<string, StoredFile> _files = [];
    private readonly TimeProvider _time;
    private readonly StorageCap _cap;

    internal FileRegistry(TimeProvider time, StorageCap cap) => (_time, _cap) = (time, cap);

    /// <summary>Raised with the id of a file that was deleted or has expired.</summary>
    internal event Action<string>? Removed;

    /// <summary>Keeps a file. Throws <see cref="ApiErrorException"/> (413) when the server is full.</summary>
    public StoredFile Add(string fileName, string purpose, ReadOnlyMemory<byte> bytes, TimeSpan? expiresAfter = null)
    {
        Sweep();
        _cap.Take(bytes.Length, "file");
        var now = _time.GetUtcNow();
        var file = new StoredFile(WireId.NewFile(), fileName, purpose, bytes, now.ToUnixTimeSeconds(), expiresAfter is { } life ? (now + life).ToUnixTimeSeconds() : null);
        lock (_lock)
        {
            _files.Add(file.Id, file);
        }

        return file;
    }

    /// <summary>The file, or null if there is none (any more).</summary>
    public StoredFile? Find(string id)
    {
        Sweep();
        lock (_lock)
        {
            return _files.GetValueOrDefault(id);
        }
    }

    /// <summary>The file, or <see cref="ApiErrorException"/> (404).</summary>
    public StoredFile Get(string id) => Find(id) ?? throw NotFound(id);

    /// <summary>All files, oldest first; of one purpose if it is given.</summary>
    public IReadOnlyList<StoredFile> List(string? purpose = null)
    {
        Sweep();
        lock (_lock)
        {
            return [.. _files.Values.Where(file => purpose is null || file.Purpose == purpose)];
        }
    }

    /// <summary>Deletes a file and takes it out of all vector stores. Throws <see cref="ApiErrorException"/> (404).</summary>
    public void Delete(string id)
    {
        Sweep();
        if (!Remove(id))
        {
            throw NotFound(id);
        }
    }

    private static ApiErrorException NotFound(string id) => new(new ApiError(404, $"No such File object: {id}", Param: "id"));

    private bool Remove(string id)
    {
        StoredFile? file;
        lock (_lock)
        {
            if (!_files.Remove(id, out file))
            {
                return false;
            }
        }

        _cap.Release(file.Bytes.Length);
        Removed?.Invoke(id);
        return true;
    }

    private void Sweep()
    {
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        List<string> expired;
        lock (_lock)
        {
            expired = [.. _files.Values.Where(file => file.ExpiresAt <= now).Select(file => file.Id)];
        }

        expired.ForEach(id => Remove(id));
    }
}
