using BlazorAgents.Emulator.Containers;
using BlazorAgents.Emulator.Files;
using BlazorAgents.Emulator.Uploads;
using BlazorAgents.Emulator.VectorStores;

namespace BlazorAgents.Emulator;

/// <summary>What clients have stored in one server. It lives as long as the server.</summary>
public sealed class EmulatorState : IAsyncDisposable
{
    internal EmulatorState(EmulatorOptions options)
    {
        Storage = new StorageCap(options.MaxStoredBytes);
        Files = new FileRegistry(options.TimeProvider, Storage);
        Uploads = new UploadRegistry(Files, Storage, options.TimeProvider);
        Containers = new ContainerRegistry(Files, Storage, options.TimeProvider);
        VectorStores = new VectorStoreRegistry(Files, Storage, options.TimeProvider, options.IndexingTime);
    }

    /// <summary>Uploaded files.</summary>
    public FileRegistry Files { get; }

    /// <summary>Vector stores over those files.</summary>
    public VectorStoreRegistry VectorStores { get; }

    internal ContainerRegistry Containers { get; }

    internal UploadRegistry Uploads { get; }

    internal StorageCap Storage { get; }

    /// <summary>Ends the work that goes on behind the requests.</summary>
    public async ValueTask DisposeAsync() => await VectorStores.DisposeAsync();
}
