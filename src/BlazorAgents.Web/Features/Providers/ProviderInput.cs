using BlazorAgents.OpenAI.Providers;

namespace BlazorAgents.Web.Features.Providers;

/// <summary>The fields of the form that adds or changes a provider, as typed.</summary>
public sealed class ProviderInput
{
    /// <summary>The name shown to people.</summary>
    public string? Name { get; set; }

    /// <summary>The name of a <see cref="ProviderKind"/>.</summary>
    public string? Kind { get; set; } = nameof(ProviderKind.OpenAI);

    /// <summary>The address; for OpenAI none takes the public API.</summary>
    public string? Endpoint { get; set; }

    /// <summary>Says that an unencrypted address is meant, where its host does not show that it is private.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>The key; none keeps the stored one.</summary>
    public string? Key { get; set; }

    /// <summary>Removes the stored key.</summary>
    public bool RemoveKey { get; set; }

    /// <summary>The chat model or deployment.</summary>
    public string? ChatModelId { get; set; }

    /// <summary>The model or deployment of the Responses client.</summary>
    public string? ResponsesModelId { get; set; }

    /// <summary>The organisation that OpenAI bills.</summary>
    public string? OrganizationId { get; set; }

    /// <summary>The name of a <see cref="OpenAI.Providers.ClientType"/>.</summary>
    public string? ClientType { get; set; } = nameof(OpenAI.Providers.ClientType.Chat);

    /// <summary>The version that was shown when the form was filled in; 0 for a new provider.</summary>
    public int Version { get; set; }
}
