namespace BlazorAgents.OpenAI.Providers;

/// <summary>What the client layer must know about a provider to talk to it and to explain its errors.</summary>
/// <param name="Kind">Which service it is.</param>
/// <param name="Endpoint">The base address, with its version path ("https://api.openai.com/v1").</param>
public sealed record ProviderProfile(ProviderKind Kind, Uri Endpoint)
{
    /// <summary>The provider's name for people.</summary>
    public string DisplayName => Kind switch
    {
        ProviderKind.OpenAI => "OpenAI",
        ProviderKind.AzureOpenAI => "Azure OpenAI",
        ProviderKind.Offline => "Offline demo",
        _ => Endpoint.Host,
    };

    /// <summary>The setting that holds the key.</summary>
    public string KeySetting => Kind == ProviderKind.AzureOpenAI ? "AZURE_OPENAI_API_KEY" : "OPENAI_API_KEY";

    /// <summary>The setting that holds the chat model.</summary>
    public string ModelSetting => Kind == ProviderKind.AzureOpenAI ? "AZURE_OPENAI_CHAT_DEPLOYMENT_NAME" : "OPENAI_CHAT_MODEL_ID";

    /// <summary>The setting that holds the address.</summary>
    public string EndpointSetting => Kind == ProviderKind.AzureOpenAI ? "AZURE_OPENAI_ENDPOINT" : "OPENAI_API_BASE_URL";

    /// <summary>True for servers that know the wire's older names only ("max_tokens") and its common additions ("top_k").</summary>
    public bool UsesCompatibleNames => Kind == ProviderKind.Compatible;
}
