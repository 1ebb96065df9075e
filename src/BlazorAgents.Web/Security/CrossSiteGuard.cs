using BlazorAgents.OpenAI.Providers;
using Microsoft.Extensions.Options;

namespace BlazorAgents.Web.Security;

/// <summary>Refuses what another site's page sends: unsafe requests, and anything to the circuits' hub.</summary>
/// <remarks>
/// A browser names the page's origin in these requests, and a page cannot change it. WebSockets are not bound by the
/// same-origin policy, so this check is the only one they meet. Clients that are no browsers send no origin and pass.
/// </remarks>
internal sealed partial class CrossSiteGuard(RequestDelegate next, IOptionsMonitor<WebSecurityOptions> options, ILogger<CrossSiteGuard> logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!IsGuarded(context.Request) || IsFromHere(context.Request))
        {
            return next(context);
        }

        LogRefused(logger, context.Request.Method, context.Request.Path.StartsWithSegments("/_blazor") ? "/_blazor" : "a page");
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private static bool IsGuarded(HttpRequest request) =>
        !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        || request.Path.StartsWithSegments("/_blazor")
        || request.HttpContext.WebSockets.IsWebSocketRequest
        || request.Headers.Upgrade.Count > 0;

    private bool IsFromHere(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"];
        var origin = request.Headers.Origin;
        if (origin.Count == 0)
        {
            return site != "cross-site";
        }

        // "null" (a sandboxed frame, a file) is no origin of ours, and does not parse.
        return origin.Count == 1
            && Uri.TryCreate(origin[0], UriKind.Absolute, out var from)
            && (from.Scheme == Uri.UriSchemeHttp || from.Scheme == Uri.UriSchemeHttps)
            && (site != "cross-site" || IsAllowed(from))
            && (IsAllowed(from) || IsSame(from, request.Host));
    }

    private static bool IsSame(Uri origin, HostString host) =>
        string.Equals(ProviderAddresses.HostOf(origin), host.Host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase) && IsSamePort(origin, host.Port);

    // Behind a proxy that ends TLS the scheme differs, so a host without a port matches either default one.
    private static bool IsSamePort(Uri origin, int? port) => port is null or 80 or 443 ? origin.IsDefaultPort : origin.Port == port;

    private bool IsAllowed(Uri origin) => options.CurrentValue.AllowedOriginHosts.Contains(origin.Authority, StringComparer.OrdinalIgnoreCase);

    [LoggerMessage(LogLevel.Warning, "Refused a {Method} request to {Target} that came from another site")]
    private static partial void LogRefused(ILogger logger, string method, string target);
}
