using BlazorAgents.Emulator;
using BlazorAgents.OpenAI.Providers;
using Microsoft.Extensions.Options;

namespace BlazorAgents.Web.Hosting;

/// <summary>Runs the emulator for as long as the application lives, when no provider is configured.</summary>
internal sealed class OfflineProvider(IOptions<ProviderOptions> options, OfflineEndpoint endpoint, ILoggerFactory loggers) : IAsyncDisposable
{
    private EmulatorServer? _server;

    /// <summary>Starts the emulator if it is needed. Before the host starts, so that runs left in the queue find their provider.</summary>
    public async Task StartAsync()
    {
        if (options.Value.ResolveKind() is ProviderKind.Offline)
        {
            _server = await EmulatorServer.StartAsync(new EmulatorOptions { LoggerFactory = loggers });
            endpoint.Address = _server.BaseUrl;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
