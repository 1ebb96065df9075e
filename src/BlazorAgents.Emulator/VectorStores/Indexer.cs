using BlazorAgents.Emulator.Files;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.VectorStores;

/// <summary>Reads and indexes files behind the requests, one after the other within one addition.</summary>
internal sealed class Indexer(Lock registryLock, StorageCap cap, TimeProvider time, TimeSpan timePerFile) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _all = Task.CompletedTask;

    /// <summary>Starts; called under the registry's lock. The task never fails.</summary>
    public Task Start(IReadOnlyList<VectorStoreFile> files)
    {
        if (files.Count == 0)
        {
            return Task.CompletedTask;
        }

        // Not with the token: a job that never starts would still have to mark its files.
        var job = Task.Run(() => IndexAsync(files), CancellationToken.None);
        _all = _all.IsCompleted ? job : Task.WhenAll(_all, job);
        return job;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        Task all;
        lock (registryLock)
        {
            all = _all;
        }

        await all;
        _stopping.Dispose();
    }

    private async Task IndexAsync(IReadOnlyList<VectorStoreFile> files)
    {
        foreach (var file in files)
        {
            try
            {
                if (timePerFile > TimeSpan.Zero)
                {
                    await Task.Delay(timePerFile, time, _stopping.Token);
                }

                Settle(file, Read(file));
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (ApiErrorException e)
            {
                Settle(file, (null, new VectorFileError("server_error", e.Error.Message)));
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                Settle(file, (null, new VectorFileError("server_error", "The server had an error while it read the file.")));
            }
        }
    }

    private (IndexedText? Text, VectorFileError? Error) Read(VectorStoreFile file)
    {
        lock (registryLock)
        {
            if (file.Status != "in_progress")
            {
                return (null, null);
            }
        }

        var (text, error) = FileText.Read(file.Source.Bytes.Span, file.Source.FileName);
        return text is null ? (null, error) : (IndexedText.Of(text, file.Strategy, _stopping.Token), null);
    }

    private void Settle(VectorStoreFile file, (IndexedText? Text, VectorFileError? Error) read)
    {
        lock (registryLock)
        {
            // Cancelled or taken out meanwhile.
            if (file.Status != "in_progress")
            {
                return;
            }

            if (read.Text is { } text && !cap.TryTake(text.Size))
            {
                read = (null, new VectorFileError("server_error", "The server's storage is full."));
            }

            (file.Text, file.Error) = read;
            file.Status = read.Text is null ? "failed" : "completed";
        }
    }
}
