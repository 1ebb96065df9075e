namespace BlazorAgents.OpenAI.Providers;

/// <summary>Which service answers.</summary>
public enum ProviderKind
{
    /// <summary>Nothing is configured: the built-in emulator.</summary>
    Offline,

    /// <summary>OpenAI's own API.</summary>
    OpenAI,

    /// <summary>Azure OpenAI through its v1 API.</summary>
    AzureOpenAI,

    /// <summary>Another server that speaks OpenAI's wire.</summary>
    Compatible,
}
