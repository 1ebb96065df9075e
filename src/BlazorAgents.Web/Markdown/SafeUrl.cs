namespace BlazorAgents.Web.Markdown;

/// <summary>An address that passed <see cref="UrlPolicy"/>.</summary>
/// <param name="Href">The normalised absolute address: ASCII, ready for an attribute once HTML-escaped.</param>
/// <param name="Host">The host (for mailto the mail domain) in its ASCII form, so that look-alike letters show.</param>
public readonly record struct SafeUrl(string Href, string Host);
