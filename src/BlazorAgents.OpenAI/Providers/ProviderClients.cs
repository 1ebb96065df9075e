using BlazorAgents.Agents.Pipeline;
using BlazorAgents.OpenAI.Chat;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BlazorAgents.OpenAI.Providers;

/// <summary>Makes the clients of the configured provider. The clients are cheap and share one connection.</summary>
public sealed class ProviderClients(
    IOptions<ProviderOptions> options, OfflineEndpoint offline, TimeProvider time, ILogger<ProviderClients> logger)
{
    /// <summary>The emulator's model.</summary>
    public const string OfflineModelId = "demo-model";

    /// <summary>The model of an OpenAI or compatible provider for which none is configured.</summary>
    public const string DefaultModelId = "gpt-4o";

    private readonly Lock _gate = new();
    private ProviderConnection? _connection;

    /// <summary>What people may know about the provider.</summary>
    public ProviderInfo Info
    {
        get
        {
            var settings = options.Value;
            var kind = settings.ResolveKind();
            var endpoint = kind == ProviderKind.Offline ? offline.Address : Connection.Profile.Endpoint;
            return new ProviderInfo(
                kind,
                kind == ProviderKind.Offline ? "Offline demo" : Connection.Profile.DisplayName,
                endpoint?.Authority,
                DefaultModel(settings, kind),
                ResponsesModel(settings, kind));
        }
    }

    /// <summary>The shared connection, for other client types.</summary>
    /// <exception cref="Agents.AgentException">The offline model has not started yet.</exception>
    public ProviderConnection Connection
    {
        get
        {
            lock (_gate)
            {
                var moved = options.Value.ResolveKind() == ProviderKind.Offline && _connection?.Profile.Endpoint != offline.Address;
                return _connection = _connection is null || moved
                    ? ProviderConnection.Create(options.Value, offline, time, logger)
                    : _connection;
            }
        }
    }

    /// <summary>A Chat Completions client behind retry, circuit breaker and stall watch.</summary>
    /// <param name="modelId">The model of requests that name none; null takes the configured one.</param>
    public IChatClient CreateChatClient(string? modelId = null)
    {
        var connection = Connection;
        var client = new OpenAIChatClient(connection.Client, connection.Profile, modelId ?? Info.DefaultModelId, connection.Errors);
        return client.UseResilience(connection.Circuit, options.Value.Resilience, time, logger);
    }

    private static string DefaultModel(ProviderOptions settings, ProviderKind kind) => kind switch
    {
        ProviderKind.AzureOpenAI => settings.AzureChatDeployment ?? settings.AzureResponsesDeployment!,
        ProviderKind.Offline => OfflineModelId,
        _ => settings.ChatModelId ?? settings.ResponsesModelId ?? DefaultModelId,
    };

    private static string ResponsesModel(ProviderOptions settings, ProviderKind kind) => kind switch
    {
        ProviderKind.AzureOpenAI => settings.AzureResponsesDeployment ?? settings.AzureChatDeployment!,
        ProviderKind.Offline => OfflineModelId,
        _ => settings.ResponsesModelId ?? settings.ChatModelId ?? DefaultModelId,
    };
}
