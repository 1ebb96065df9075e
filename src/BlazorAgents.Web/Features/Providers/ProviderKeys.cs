using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace BlazorAgents.Web.Features.Providers;

/// <summary>Encrypts the keys of stored providers with the server's own keys. A ciphertext belongs to one provider and opens for no other.</summary>
public sealed class ProviderKeys(IDataProtectionProvider protection)
{
    private const string Purpose = "BlazorAgents.Providers.Key.v1";

    /// <summary>The key as it may be stored.</summary>
    public string Protect(Guid providerId, string key) => For(providerId).Protect(key);

    /// <summary>The key, or null when it cannot be read: the server's keys are lost, or the text is damaged or another provider's.</summary>
    public string? Unprotect(Guid providerId, string protectedKey)
    {
        try
        {
            return For(providerId).Unprotect(protectedKey);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector For(Guid providerId) => protection.CreateProtector(Purpose, providerId.ToString("N"));
}
