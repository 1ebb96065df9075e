using System.ClientModel;
using System.ClientModel.Primitives;
using Azure.Identity;
using BlazorAgents.Agents;
using BlazorAgents.Agents.Pipeline;
using BlazorAgents.OpenAI.Errors;
using Microsoft.Extensions.Logging;
using OpenAI;

namespace BlazorAgents.OpenAI.Providers;

/// <summary>One SDK client for one endpoint, with what its users share: profile, errors, circuit.</summary>
public sealed class ProviderConnection
{
    private ProviderConnection(ProviderProfile profile, OpenAIClient client, ErrorTranslator errors, EndpointCircuit circuit)
    {
        Profile = profile;
        Client = client;
        Errors = errors;
        Circuit = circuit;
    }

    /// <summary>What is special about the server.</summary>
    public ProviderProfile Profile { get; }

    /// <summary>The SDK's client: no retries, no timeout of its own, no telemetry.</summary>
    public OpenAIClient Client { get; }

    /// <summary>Translates the SDK's exceptions.</summary>
    public ErrorTranslator Errors { get; }

    /// <summary>The endpoint's circuit breaker.</summary>
    public EndpointCircuit Circuit { get; }

    internal static ProviderConnection Create(ProviderSettings settings, ProviderOptions options, TimeProvider time, ILogger logger)
    {
        var endpoint = settings.ApiEndpoint
            ?? throw new AgentException(AgentErrorKind.Unavailable, "The offline demo model has not started yet. Try again in a moment.");
        var profile = new ProviderProfile(settings.Kind, endpoint, settings.Name);
        var key = settings.ApiKey;
        var sdkOptions = new OpenAIClientOptions
        {
            Endpoint = profile.Endpoint, // always: without it a slip of the configuration would talk to the public API
            OrganizationId = profile.Kind == ProviderKind.OpenAI ? settings.OrganizationId : null,
            RetryPolicy = new ClientRetryPolicy(0),
            NetworkTimeout = Timeout.InfiniteTimeSpan, // StallChatClient watches
            ClientLoggingOptions = new ClientLoggingOptions { EnableLogging = false },
            Transport = new HttpClientPipelineTransport(CreateHttpClient(options)),
        };
        sdkOptions.AddPolicy(new WebPagePolicy(), PipelinePosition.PerTry);
        return new ProviderConnection(
            profile,
            CreateClient(profile, key, options.AzureScope, sdkOptions),
            new ErrorTranslator(profile, new SecretRedactor(key), time),
            new EndpointCircuit(profile.DisplayName, options.Resilience.Circuit, time, logger));
    }

    private static OpenAIClient CreateClient(ProviderProfile profile, string? key, string scope, OpenAIClientOptions sdkOptions)
    {
        // Read by the SDK for each client: its User-Agent and X-Stainless headers describe the machine.
        AppContext.SetSwitch("OpenAI.DisableTelemetry", true);
        return profile.Kind == ProviderKind.AzureOpenAI && key is null
            ? new OpenAIClient(new BearerTokenPolicy(new DefaultAzureCredential(), scope), sdkOptions)
            : new OpenAIClient(new ApiKeyCredential(key ?? "none"), sdkOptions); // servers without keys ignore it, the SDK wants one
    }

    private static HttpClient CreateHttpClient(ProviderOptions options)
    {
        var handler = options.CreateHandler?.Invoke() ?? new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // a redirect would carry the key to another host
            ConnectCallback = ProviderAddresses.ConnectAsync,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }
}
