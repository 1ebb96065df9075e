using Microsoft.AspNetCore.Http.HttpResults;

namespace BlazorAgents.Web.Features.Account;

/// <summary>Keeps redirects on this server.</summary>
public static class LocalUrl
{
    /// <summary>The address itself if it is a path on this server, otherwise the start page.</summary>
    public static string OrHome(string? url) =>
        url is ['/', ..] && RedirectHttpResult.IsLocalUrl(url) && !url.Any(char.IsControl) && !url.Contains('\\', StringComparison.Ordinal) ? url : "/";
}
