using BlazorAgents.Agents;
using BlazorAgents.Data;
using BlazorAgents.OpenAI.Assistants;
using BlazorAgents.OpenAI.Providers;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Web.Features.Providers;

/// <summary>Removes, beside the start, the assistants that a killed process left at the providers whose Assistants API was used.</summary>
internal sealed partial class LeakedAssistants(
    Database database, ProviderRegistry providers, TimeProvider time, ILogger<LeakedAssistants> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the start goes on while the providers are asked
        try
        {
            await CleanUpAsync(stoppingToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(exception); // an exception here would stop the whole application
        }
    }

    /// <summary>Looks once at each provider.</summary>
    internal async Task CleanUpAsync(CancellationToken cancellationToken)
    {
        var used = await database.ReadAsync(
            data => data.Runs.Where(run => run.ClientType == nameof(ClientType.AssistantsApi)).Select(run => run.ProviderId).Distinct().ToListAsync(cancellationToken),
            cancellationToken);
        foreach (var id in used)
        {
            try
            {
                var clients = await providers.GetAsync(id, cancellationToken);
                if (clients.Settings.Kind is not ProviderKind.Offline) // its assistants end with its process
                {
                    await new AssistantJanitor(clients.Connection.Client, time, logger).CleanUpAsync(cancellationToken);
                }
            }
            catch (AgentException exception)
            {
                LogFailed(exception); // removed or switched off since
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Leaked assistants of a provider were not looked for")]
    private partial void LogFailed(Exception exception);
}
