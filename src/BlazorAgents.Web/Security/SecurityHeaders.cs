using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace BlazorAgents.Web.Security;

/// <summary>Puts the security headers on every response.</summary>
internal sealed class SecurityHeaders(RequestDelegate next, IOptions<WebSecurityOptions> options)
{
    private const string Permissions =
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
        + "microphone=(), midi=(), payment=(), usb=()";

    public Task InvokeAsync(HttpContext context)
    {
        if (options.Value.HttpsOnly)
        {
            // The proxy that ends TLS asks over HTTP; what counts is how people reach it.
            context.Request.Scheme = Uri.UriSchemeHttps;
        }

        // Registered first, so it runs last: after an error page has cleared the headers and after the framework's own.
        context.Response.OnStarting(Apply, context);
        return next(context);
    }

    private static Task Apply(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy.Of(context);
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin"; // "no-referrer" would make browsers post our own forms with the origin "null"
        headers["Permissions-Policy"] = Permissions;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }

        // Pages show what belongs to one person; whatever says nothing about caching is treated like a page.
        if (StringValues.IsNullOrEmpty(headers.CacheControl) || IsHtml(context.Response.ContentType))
        {
            headers.CacheControl = "no-store";
        }

        return Task.CompletedTask;
    }

    private static bool IsHtml(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase);
}
