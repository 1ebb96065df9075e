namespace BlazorAgents.OpenAI.Providers;

/// <summary>Where the built-in emulator listens; set by the composition root once it does.</summary>
public sealed class OfflineEndpoint
{
    private volatile Uri? _address;

    /// <summary>The base address with its version path ("http://127.0.0.1:5123/v1"); null until the emulator listens.</summary>
    public Uri? Address
    {
        get => _address;
        set => _address = value;
    }
}
