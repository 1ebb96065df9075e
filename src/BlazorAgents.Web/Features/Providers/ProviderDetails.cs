using BlazorAgents.OpenAI.Providers;

namespace BlazorAgents.Web.Features.Providers;

/// <summary>A provider as administrators see it; the key is not in it.</summary>
/// <param name="Id">The stored provider's id, or <see cref="ConfiguredId"/>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Which service it is.</param>
/// <param name="Endpoint">Its address; null while the offline model has not started.</param>
/// <param name="Key">Whether there is a key.</param>
/// <param name="KeyEnding">The key's last four characters, if they may be shown.</param>
/// <param name="ChatModelId">The chat model or deployment.</param>
/// <param name="ResponsesModelId">The model of the Responses client.</param>
/// <param name="OrganizationId">The organisation that OpenAI bills.</param>
/// <param name="ClientType">The client type of new agents.</param>
/// <param name="IsEnabled">Whether agents may use it.</param>
/// <param name="Version">Counts the changes.</param>
/// <param name="ChangedAt">UTC; null for the configured provider.</param>
/// <param name="Test">What the last test showed; null when there was none.</param>
public sealed record ProviderDetails(
    string Id,
    string Name,
    ProviderKind Kind,
    Uri? Endpoint,
    KeyState Key,
    string? KeyEnding,
    string ChatModelId,
    string ResponsesModelId,
    string? OrganizationId,
    ClientType ClientType,
    bool IsEnabled,
    int Version,
    DateTimeOffset? ChangedAt,
    TestReport? Test)
{
    /// <summary>Stands for the provider of the configuration, which is read-only here.</summary>
    public const string ConfiguredId = "configured";

    /// <summary>Whether it comes from the configuration.</summary>
    public bool IsConfigured => Id == ConfiguredId;

    /// <summary>The key in words.</summary>
    public string KeyWords => (Key, KeyEnding, Kind) switch
    {
        (KeyState.Unreadable, _, _) => "Enter the key again",
        (KeyState.Set, { } ending, _) => "••••" + ending,
        (KeyState.Set, _, _) => "Set",
        (_, _, ProviderKind.AzureOpenAI) => "Entra ID",
        (_, _, ProviderKind.Offline) => "Needs none",
        _ => "None",
    };
}
