using BlazorAgents.Agents.Pipeline;
using BlazorAgents.OpenAI.Assistants;
using BlazorAgents.OpenAI.Chat;
using BlazorAgents.OpenAI.Responses;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BlazorAgents.OpenAI.Providers;

/// <summary>Makes the clients of one provider: the configured one, or that of <paramref name="stored"/>. The clients are cheap and share one connection.</summary>
/// <param name="options">The configured provider, and what holds for every provider: resilience and the HTTP handler.</param>
/// <param name="offline">Where the emulator listens.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Gets retries and the circuit's changes.</param>
/// <param name="stored">The settings of a stored profile; null for the configured provider.</param>
public sealed class ProviderClients(
    IOptions<ProviderOptions> options, OfflineEndpoint offline, TimeProvider time, ILogger<ProviderClients> logger, ProviderSettings? stored = null)
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
            var settings = Settings;
            return new ProviderInfo(
                settings.Kind,
                settings.Name ?? (settings.Kind == ProviderKind.Offline ? "Offline demo" : Connection.Profile.DisplayName),
                settings.ApiEndpoint?.Authority,
                settings.DefaultModelId,
                settings.DefaultResponsesModelId);
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
                var settings = Settings;
                return _connection = _connection is null || _connection.Profile.Endpoint != settings.ApiEndpoint
                    ? ProviderConnection.Create(settings, options.Value, time, logger)
                    : _connection;
            }
        }
    }

    /// <summary>The provider's settings at this moment, key included: for the server's eyes only.</summary>
    public ProviderSettings Settings => stored ?? options.Value.ToSettings(offline.Address);

    /// <summary>The clients of another provider, with the same resilience and a connection and circuit of its own.</summary>
    public ProviderClients For(ProviderSettings settings) => new(options, offline, time, logger, settings);

    /// <summary>A Chat Completions client behind retry, circuit breaker and stall watch.</summary>
    /// <param name="modelId">The model of requests that name none; null takes the configured one.</param>
    public IChatClient CreateChatClient(string? modelId = null)
    {
        var connection = Connection;
        var client = new OpenAIChatClient(connection.Client, connection.Profile, modelId ?? Info.DefaultModelId, connection.Errors);
        return client.UseResilience(connection.Circuit, options.Value.Resilience, time, logger);
    }

    /// <summary>A client of the given type behind retry, circuit breaker and stall watch.</summary>
    /// <param name="type">Which of the provider's interfaces it talks through.</param>
    /// <param name="modelId">The model of requests that name none; null takes the configured one.</param>
    public IChatClient CreateChatClient(ClientType type, string? modelId = null) => type switch
    {
        ClientType.Chat => CreateChatClient(modelId),
        ClientType.Responses => WithResilience(new OpenAIResponsesChatClient(
            Connection.Client, Connection.Profile, modelId ?? Info.ResponsesModelId, Connection.Errors, time)),
        ClientType.Assistants => WithResilience(new AssistantsChatClient(
            Connection.Client, Connection.Profile, modelId ?? Info.ResponsesModelId, Connection.Errors, deletesThreads: false, time, logger)),
        ClientType.AssistantsApi => WithResilience(new AssistantsApiChatClient(
            Connection.Client, Connection.Profile, modelId ?? Info.DefaultModelId, Connection.Errors, options: null, time, logger)),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    private IChatClient WithResilience(IChatClient client) => client.UseResilience(Connection.Circuit, options.Value.Resilience, time, logger);
}
