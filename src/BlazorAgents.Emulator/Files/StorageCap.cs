using System.Globalization;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Files;

/// <summary>Counts what a server keeps in memory and refuses more than its cap.</summary>
internal sealed class StorageCap(long most)
{
    private long _used;

    public long Used => Interlocked.Read(ref _used);

    /// <summary>Takes room for so many bytes, or throws 413 that names what asked for it.</summary>
    public void Take(long bytes, string? param = null)
    {
        if (!TryTake(bytes))
        {
            throw new ApiErrorException(new ApiError(413, string.Create(CultureInfo.InvariantCulture,
                $"This server keeps at most {most} bytes. Delete files or vector stores first."), Param: param, Code: "storage_limit_exceeded"));
        }
    }

    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _used, bytes) <= most)
        {
            return true;
        }

        Interlocked.Add(ref _used, -bytes);
        return false;
    }

    public void Release(long bytes) => Interlocked.Add(ref _used, -bytes);
}
