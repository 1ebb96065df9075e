namespace BlazorAgents.OpenAI.Providers;

/// <summary>What the client layer must know about a provider to talk to it and to explain its errors.</summary>
/// <param name="Kind">Which service it is.</param>
/// <param name="Endpoint">The base address, with its version path ("https://api.openai.com/v1").</param>
/// <param name="Name">The name of a stored profile; null for the provider of the configuration.</param>
public sealed record ProviderProfile(ProviderKind Kind, Uri Endpoint, string? Name = null)
{
    /// <summary>The provider's name for people.</summary>
    public string DisplayName => Name ?? Kind switch
    {
        ProviderKind.OpenAI => "OpenAI",
        ProviderKind.AzureOpenAI => "Azure OpenAI",
        ProviderKind.Offline => "Offline demo",
        _ => Endpoint.Host,
    };

    /// <summary>What holds the key, for a sentence: a setting, or the field of a stored profile.</summary>
    public string KeySetting => Name is not null ? "its key"
        : Kind == ProviderKind.AzureOpenAI ? "AZURE_OPENAI_API_KEY" : "OPENAI_API_KEY";

    /// <summary>What holds the chat model, for a sentence.</summary>
    public string ModelSetting => Name is not null ? "its model"
        : Kind == ProviderKind.AzureOpenAI ? "AZURE_OPENAI_CHAT_DEPLOYMENT_NAME" : "OPENAI_CHAT_MODEL_ID";

    /// <summary>What holds the address, for a sentence.</summary>
    public string EndpointSetting => Name is not null ? "its address"
        : Kind == ProviderKind.AzureOpenAI ? "AZURE_OPENAI_ENDPOINT" : "OPENAI_API_BASE_URL";

    /// <summary>True for servers that know the wire's older names only ("max_tokens") and its common additions ("top_k").</summary>
    public bool UsesCompatibleNames => Kind == ProviderKind.Compatible;
}
