namespace BlazorAgents.OpenAI.Providers;

/// <summary>Where one provider is and how to talk to it, from the configuration or from a stored profile. Not a record: that would print the key.</summary>
public sealed class ProviderSettings
{
    /// <summary>Where OpenAI's own API is.</summary>
    public static readonly Uri OpenAIEndpoint = new("https://api.openai.com/v1");

    /// <summary>Which service it is.</summary>
    public required ProviderKind Kind { get; init; }

    /// <summary>The base address with its version path, for Azure the resource; null while the offline model has not started.</summary>
    public required Uri? Endpoint { get; init; }

    /// <summary>The name that an administrator gave to a stored profile; null for the provider of the configuration.</summary>
    public string? Name { get; init; }

    /// <summary>The key; null where the server wants none, on Azure for Entra ID.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The chat model or deployment; null takes the other one.</summary>
    public string? ChatModelId { get; init; }

    /// <summary>The model or deployment of the Responses client; null takes the other one.</summary>
    public string? ResponsesModelId { get; init; }

    /// <summary>The organisation that OpenAI bills.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>The address that requests go to.</summary>
    public Uri? ApiEndpoint => Kind == ProviderKind.AzureOpenAI && Endpoint is not null ? AzureV1(Endpoint) : Endpoint;

    /// <summary>The model of agents that name none.</summary>
    public string DefaultModelId => Kind == ProviderKind.Offline ? ProviderClients.OfflineModelId
        : ChatModelId ?? ResponsesModelId ?? ProviderClients.DefaultModelId;

    /// <summary>The model of the Responses client for agents that name none.</summary>
    public string DefaultResponsesModelId => Kind == ProviderKind.Offline ? ProviderClients.OfflineModelId
        : ResponsesModelId ?? ChatModelId ?? ProviderClients.DefaultModelId;

    /// <summary>The last four characters of a key, to tell keys apart; null when there is none or four would show too much of it.</summary>
    public static string? EndingOf(string? key) => key is { Length: >= 12 } ? key[^4..] : null;

    /// <summary>The v1 API below a resource's address, whether or not the address names it already.</summary>
    private static Uri AzureV1(Uri resource)
    {
        var path = resource.AbsolutePath.TrimEnd('/');
        path = path.EndsWith("/openai/v1", StringComparison.OrdinalIgnoreCase) ? path
            : path.EndsWith("/openai", StringComparison.OrdinalIgnoreCase) ? path + "/v1"
            : path + "/openai/v1";
        return new UriBuilder(resource) { Path = path + "/" }.Uri;
    }
}
