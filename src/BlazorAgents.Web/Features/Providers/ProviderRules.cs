using System.Globalization;
using System.Net;
using System.Net.Sockets;
using BlazorAgents.Data;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.Web.Features.Account;

namespace BlazorAgents.Web.Features.Providers;

/// <summary>What an administrator may enter for a provider. No message repeats the key.</summary>
internal static class ProviderRules
{
    private static readonly ProviderKind[] s_kinds = [ProviderKind.OpenAI, ProviderKind.AzureOpenAI, ProviderKind.Compatible];
    private static readonly string[] s_privateSuffixes = [".localhost", ".local", ".internal", ".lan", ".home.arpa"];

    /// <summary>What is wrong with <paramref name="input"/>, field by field; empty when nothing is.</summary>
    /// <param name="input">The form, already <see cref="Trim"/>med.</param>
    /// <param name="stored">The provider that is changed; null for a new one.</param>
    public static IEnumerable<FieldError> Check(ProviderInput input, Provider? stored)
    {
        if (TextError("a name", input.Name, 60, required: true) is { } name)
        {
            yield return new FieldError(nameof(input.Name), name);
        }

        var kind = ReadKind(input.Kind);
        if (kind is null)
        {
            yield return new FieldError(nameof(input.Kind), "Choose one of the kinds.");
        }

        var keepsKey = input.Key is null && !input.RemoveKey && stored?.ProtectedKey is not null;
        var hasKey = input.Key is not null || keepsKey;
        if (AddressError(input, kind, hasKey, stored) is { } address)
        {
            yield return new FieldError(nameof(input.Endpoint), address);
        }
        else if (keepsKey && !IsSameServer(stored!.Endpoint, AddressOf(input)))
        {
            // Otherwise a change of the address would send the stored key, which nobody may see, to whoever listens there.
            yield return new FieldError(nameof(input.Key), "The address leads to another server now. Enter the key for it, or remove the stored one.");
        }

        if (KeyError(input, kind, hasKey) is { } key)
        {
            yield return new FieldError(nameof(input.Key), key);
        }

        if (TextError(kind == ProviderKind.AzureOpenAI ? "the deployment" : "the model", input.ChatModelId, 200, required: true) is { } chat)
        {
            yield return new FieldError(nameof(input.ChatModelId), chat);
        }

        if (TextError("the model", input.ResponsesModelId, 200, required: false) is { } responses)
        {
            yield return new FieldError(nameof(input.ResponsesModelId), responses);
        }

        if (input.OrganizationId is { } organization && (organization.Length > 100 || !IsHeaderText(organization)))
        {
            yield return new FieldError(nameof(input.OrganizationId), "Enter the id without spaces, at most 100 letters, digits and signs (\"org-...\").");
        }

        if (!Enum.GetNames<ClientType>().Contains(input.ClientType))
        {
            yield return new FieldError(nameof(input.ClientType), "Choose one of the client types.");
        }
    }

    /// <summary>Takes spaces from the ends of every field; what is empty then is not set.</summary>
    public static ProviderInput Trim(ProviderInput input) => new()
    {
        Name = Trim(input.Name),
        Kind = input.Kind,
        Endpoint = Trim(input.Endpoint),
        AllowHttp = input.AllowHttp,
        Key = Trim(input.Key),
        RemoveKey = input.RemoveKey,
        ChatModelId = Trim(input.ChatModelId),
        ResponsesModelId = Trim(input.ResponsesModelId),
        OrganizationId = input.Kind == nameof(ProviderKind.OpenAI) ? Trim(input.OrganizationId) : null,
        ClientType = input.ClientType,
        Version = input.Version,
    };

    /// <summary>The address that the form means.</summary>
    public static string AddressOf(ProviderInput input) =>
        input.Endpoint ?? (input.Kind == nameof(ProviderKind.OpenAI) ? ProviderSettings.OpenAIEndpoint.AbsoluteUri : "");

    /// <summary>The form of a name by which two names are the same.</summary>
    public static string Normalize(string name) => name.Normalize().ToUpperInvariant();

    /// <summary>True when the host shows by itself that it is this machine or a private network.</summary>
    public static bool IsPrivate(Uri address)
    {
        var host = ProviderAddresses.HostOf(address) ?? "";
        if (!IPAddress.TryParse(host, out var ip))
        {
            return !host.Contains('.', StringComparison.Ordinal) || s_privateSuffixes.Any(suffix => host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));
        }

        ip = ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip;
        return IPAddress.IsLoopback(ip) || ip.IsIPv6UniqueLocal
            || (ip.AddressFamily == AddressFamily.InterNetwork && ip.GetAddressBytes() is [10, ..] or [172, >= 16 and <= 31, ..] or [192, 168, ..] or [100, >= 64 and <= 127, ..]);
    }

    private static string? AddressError(ProviderInput input, ProviderKind? kind, bool hasKey, Provider? stored)
    {
        var text = AddressOf(input);
        if (text.Length == 0)
        {
            return kind == ProviderKind.AzureOpenAI
                ? "Enter the address of the resource (\"https://NAME.openai.azure.com/\")."
                : "Enter the address of the server, with its version path (\"http://localhost:11434/v1\").";
        }

        if (text.Length > 500)
        {
            return "Enter an address of at most 500 characters.";
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps) || address.Host.Length == 0)
        {
            return "Enter a whole address that begins with https:// or http://.";
        }

        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0 || text.Contains('?', StringComparison.Ordinal) || text.Contains('#', StringComparison.Ordinal))
        {
            return "Enter the address without a user name, a query or a fragment. The key has its own field.";
        }

        if (ProviderAddresses.HostOf(address) is null)
        {
            return $"\"{address.Host}\" is no valid name of a server. Check its letters.";
        }

        if (ProviderAddresses.IsRefused(address))
        {
            return "This address is refused: link-local addresses and cloud metadata services are no model servers.";
        }

        if (address.Scheme == Uri.UriSchemeHttps)
        {
            return null;
        }

        if (kind == ProviderKind.AzureOpenAI && !hasKey)
        {
            return "Without a key the address must begin with https://: Entra ID sends its token only over an encrypted connection.";
        }

        // A public-looking name can belong to a private network, so the person decides; an address that stays as it was has been decided.
        return input.AllowHttp || IsPrivate(address) || text == stored?.Endpoint
            ? null
            : "Over http the key and the conversations can be read on the way. Begin with https://, or confirm below that this server is in your own network.";
    }

    private static string? KeyError(ProviderInput input, ProviderKind? kind, bool hasKey) => input.Key switch
    {
        null when kind == ProviderKind.OpenAI && !hasKey => "Enter the key. OpenAI answers nobody without one.",
        null => null,
        { Length: > 1000 } => "A key has at most 1000 characters.",
        var key when !IsHeaderText(key) => "A key has no spaces, line breaks, or characters other than plain letters, digits and signs. Check that it was copied whole and alone.",
        _ => null,
    };

    private static string? TextError(string what, string? text, int most, bool required) => text switch
    {
        null => required ? $"Enter {what}." : null,
        _ when text.Length > most => string.Create(CultureInfo.InvariantCulture, $"Enter at most {most} characters."),
        _ when text.Any(c => char.IsControl(c) || char.IsSurrogate(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator) =>
            "Enter it without line breaks or invisible characters.",
        _ => null,
    };

    private static bool IsSameServer(string stored, string entered) =>
        Uri.TryCreate(stored, UriKind.Absolute, out var before) && Uri.TryCreate(entered, UriKind.Absolute, out var after)
        && Uri.Compare(before, after, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;

    private static ProviderKind? ReadKind(string? kind) => Array.Find(s_kinds, known => known.ToString() == kind) is var found && found != ProviderKind.Offline ? found : null;

    private static bool IsHeaderText(string text) => text.All(c => c is > ' ' and <= '~');

    private static string? Trim(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
