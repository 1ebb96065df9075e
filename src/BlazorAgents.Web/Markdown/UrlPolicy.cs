using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text;

namespace BlazorAgents.Web.Markdown;

/// <summary>The one list of schemes that an address from a model, a tool or a document may have before it is shown.</summary>
public static class UrlPolicy
{
    private const int MaxLength = 4096;
    private const int DecodeRounds = 4;
    private static readonly string[] s_links = ["http", "https", "mailto"];
    private static readonly string[] s_images = ["http", "https"];

    /// <summary>An address that may become a link: absolute http, https or mailto.</summary>
    public static bool TryLink([NotNullWhen(true)] string? raw, out SafeUrl url) => TryAllow(raw, s_links, out url);

    /// <summary>An address that may become an image after a click: absolute http or https.</summary>
    public static bool TryImage([NotNullWhen(true)] string? raw, out SafeUrl url) => TryAllow(raw, s_images, out url);

    private static bool TryAllow(string? raw, string[] schemes, out SafeUrl url)
    {
        url = default;
        if (string.IsNullOrWhiteSpace(raw) || raw.Length > MaxLength || HasDisguise(raw))
        {
            return false;
        }

        var text = raw.Trim();
        if (!IsAllowedAtEveryDepth(text, schemes) || !Uri.TryCreate(text, UriKind.Absolute, out var uri) ||
            !schemes.Contains(uri.Scheme, StringComparer.Ordinal))
        {
            return false;
        }

        return uri.Scheme == Uri.UriSchemeMailto ? TryMail(uri, out url) : TryWeb(uri, out url);
    }

    private static bool TryWeb(Uri uri, out SafeUrl url)
    {
        // "https://bank.example@evil.example/": what stands before the @ only ever misleads a reader.
        var host = HostOf(uri);
        if (host.Length == 0 || uri.UserInfo.Length > 0)
        {
            url = default;
            return false;
        }

        var authority = uri.HostNameType == UriHostNameType.IPv6 ? $"[{host}]" : host;
        var port = uri.IsDefaultPort ? "" : string.Create(CultureInfo.InvariantCulture, $":{uri.Port}");
        url = new SafeUrl($"{uri.Scheme}://{authority}{port}{uri.PathAndQuery}{uri.Fragment}", host);
        return true;
    }

    private static bool TryMail(Uri uri, out SafeUrl url)
    {
        url = new SafeUrl(uri.AbsoluteUri, HostOf(uri));
        return url.Host.Length > 0 && uri.AbsoluteUri.IndexOf('@', StringComparison.Ordinal) > 0;
    }

    // A host is checked against the rules for international names only when it is asked for, not when the address is read.
    private static string HostOf(Uri uri)
    {
        try
        {
            return uri.IdnHost;
        }
        catch (UriFormatException)
        {
            return "";
        }
    }

    // Browsers drop tabs and line ends inside a scheme and read a backslash as a slash; no honest address has either.
    private static bool HasDisguise(string raw)
    {
        foreach (var rune in raw.AsSpan().Trim().EnumerateRunes())
        {
            if (rune.Value is '\\' or 0xFFFD ||
                Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAllowedAtEveryDepth(string text, string[] schemes)
    {
        for (var round = 0; round < DecodeRounds; round++)
        {
            if (!schemes.Contains(SchemeOf(text), StringComparer.OrdinalIgnoreCase))
            {
                return false;
            }

            var decoded = WebUtility.HtmlDecode(Uri.UnescapeDataString(text));
            if (decoded == text)
            {
                return true;
            }

            text = decoded;
        }

        return false;
    }

    private static string SchemeOf(string text)
    {
        var scheme = new StringBuilder(8);
        foreach (var c in text)
        {
            if (c == ':')
            {
                return scheme.ToString();
            }

            if (!char.IsWhiteSpace(c) && !char.IsControl(c))
            {
                scheme.Append(c);
            }

            if (scheme.Length > 8)
            {
                break;
            }
        }

        return "";
    }
}
