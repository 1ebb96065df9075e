using BlazorAgents.OpenAI.Providers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BlazorAgents.OpenAI.Assistants;

/// <summary>Looks for leaked assistants once, beside the start and never in its way.</summary>
internal sealed class AssistantJanitorService(ProviderClients clients, TimeProvider time, ILogger<AssistantJanitor> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the start goes on while the provider is asked
        try
        {
            await new AssistantJanitor(clients.Connection.Client, time, logger).CleanUpAsync(stoppingToken);
        }
#pragma warning disable CA1031 // an exception here would stop the whole application
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            AssistantsLog.JanitorFailed(logger, exception);
        }
        catch (OperationCanceledException)
        {
            // the application ends
        }
    }
}
