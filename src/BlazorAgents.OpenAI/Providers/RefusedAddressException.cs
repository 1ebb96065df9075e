namespace BlazorAgents.OpenAI.Providers;

/// <summary>A provider's host stands for an address that no provider can have: see <see cref="ProviderAddresses"/>.</summary>
internal sealed class RefusedAddressException(string host)
    : HttpRequestException($"The address of {host} is refused: link-local addresses and cloud metadata services are no model servers.");
