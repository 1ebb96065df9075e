using BlazorAgents.Agents.Pipeline;

namespace BlazorAgents.OpenAI.Providers;

/// <summary>Which provider to use, from the configuration section "Provider" and the guide's environment variables, which win.</summary>
public sealed class ProviderOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Provider";

    /// <summary>The kind, where more than one is configured; null finds it.</summary>
    public ProviderKind? Kind { get; set; }

    /// <summary>The key (OPENAI_API_KEY).</summary>
    public string? ApiKey { get; set; }

    /// <summary>The chat model (OPENAI_CHAT_MODEL_ID).</summary>
    public string? ChatModelId { get; set; }

    /// <summary>The model of the Responses client (OPENAI_RESPONSES_MODEL_ID).</summary>
    public string? ResponsesModelId { get; set; }

    /// <summary>The organisation (OPENAI_ORG_ID).</summary>
    public string? OrganizationId { get; set; }

    /// <summary>The address of the API with its version path (OPENAI_API_BASE_URL).</summary>
    public string? BaseUrl { get; set; }

    /// <summary>The Azure OpenAI resource (AZURE_OPENAI_ENDPOINT).</summary>
    public string? AzureEndpoint { get; set; }

    /// <summary>The chat deployment (AZURE_OPENAI_CHAT_DEPLOYMENT_NAME).</summary>
    public string? AzureChatDeployment { get; set; }

    /// <summary>The deployment of the Responses client (AZURE_OPENAI_RESPONSES_DEPLOYMENT_NAME).</summary>
    public string? AzureResponsesDeployment { get; set; }

    /// <summary>The Azure key (AZURE_OPENAI_API_KEY); none means Entra ID.</summary>
    public string? AzureApiKey { get; set; }

    /// <summary>The scope of the Entra ID token (AZURE_OPENAI_SCOPE).</summary>
    public string AzureScope { get; set; } = "https://ai.azure.com/.default";

    /// <summary>Whether agents use the Assistants API here: then assistants that a killed process left are looked for at the start.</summary>
    public bool UsesAssistantsApi { get; set; }

    /// <summary>Retry, circuit breaker and stall watch.</summary>
    public ResilienceOptions Resilience { get; set; } = new();

    /// <summary>Makes the HTTP handler of all calls; null takes sockets. For proxies and tests.</summary>
    public Func<HttpMessageHandler>? CreateHandler { get; set; }

    /// <summary>Which provider the settings describe.</summary>
    public ProviderKind ResolveKind() => Kind ?? this switch
    {
        { AzureEndpoint: not null } => ProviderKind.AzureOpenAI,
        { BaseUrl: not null } when !IsOpenAIHost(BaseUrl) => ProviderKind.Compatible,
        { ApiKey: not null } or { BaseUrl: not null } => ProviderKind.OpenAI,
        _ => ProviderKind.Offline,
    };

    /// <summary>The settings of the one provider that is configured.</summary>
    /// <param name="offlineAddress">Where the emulator listens; null while it does not.</param>
    public ProviderSettings ToSettings(Uri? offlineAddress) => ResolveKind() switch
    {
        ProviderKind.AzureOpenAI => new ProviderSettings
        {
            Kind = ProviderKind.AzureOpenAI,
            Endpoint = new Uri(AzureEndpoint!),
            ApiKey = AzureApiKey,
            ChatModelId = AzureChatDeployment,
            ResponsesModelId = AzureResponsesDeployment,
        },
        ProviderKind.Offline => new ProviderSettings { Kind = ProviderKind.Offline, Endpoint = offlineAddress },
        var kind => new ProviderSettings
        {
            Kind = kind,
            Endpoint = BaseUrl is null ? ProviderSettings.OpenAIEndpoint : new Uri(BaseUrl),
            ApiKey = ApiKey,
            ChatModelId = ChatModelId,
            ResponsesModelId = ResponsesModelId,
            OrganizationId = OrganizationId,
        },
    };

    private static bool IsOpenAIHost(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Host.Equals("api.openai.com", StringComparison.OrdinalIgnoreCase);
}
