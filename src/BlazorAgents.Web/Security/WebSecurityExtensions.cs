using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace BlazorAgents.Web.Security;

/// <summary>Registers and orders what protects every request and circuit.</summary>
public static class WebSecurityExtensions
{
    /// <summary>Registers the limits, the guards and <see cref="CurrentUser"/>.</summary>
    public static IServiceCollection AddWebSecurity(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<WebSecurityOptions>().Bind(configuration.GetSection("Security"));
        services.AddOptions<WebLimits>().Bind(configuration.GetSection("Limits")).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<WebLimits>>((kestrel, limits) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = limits.Value.RequestBodyBytes;
        });
        services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.AddPolicy<string, SignInRateLimit>(SignInRateLimit.Name);
        });
        services.AddOptions<Microsoft.AspNetCore.Antiforgery.AntiforgeryOptions>().Configure<IOptions<WebSecurityOptions>>((antiforgery, security) =>
        {
            antiforgery.Cookie.Name = CookieName("BlazorAgents.Form", security.Value);
            antiforgery.Cookie.SecurePolicy = SecurePolicy(security.Value);
            antiforgery.Cookie.HttpOnly = true;
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            // One policy for all: the headers say DENY already.
            antiforgery.SuppressXFrameOptionsHeader = true;
        });

        services.AddHttpContextAccessor();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<CircuitCounter>();
        services.AddScoped<CircuitAdmission>();
        services.AddScoped<CircuitHandler, CircuitAdmissionHandler>();
        return services.AddScoped<CurrentUser>();
    }

    /// <summary>
    /// Comes first in the pipeline: headers, error pages, the cross-site guard, routing, sign-in, authorization, antiforgery.
    /// </summary>
    public static WebApplication UseWebSecurity(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = ErrorPages.HandleExceptionAsync,
            // The handler logs the exception with its correlation id; once is enough.
            SuppressDiagnosticsCallback = _ => true,
            AllowStatusCode404Response = true,
        });
        app.Use(ErrorPages.ShowStatusAsync);
        app.UseMiddleware<CrossSiteGuard>();
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        return app;
    }

    /// <summary>Maps <c>/error</c>, where a page can send people after a circuit broke.</summary>
    public static IEndpointRouteBuilder MapErrorPage(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/error", (HttpContext context) =>
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return ErrorPages.WriteAsync(context);
        }).AllowAnonymous();
        return endpoints;
    }

    /// <summary>For <c>AddInteractiveServerRenderMode</c>: leaves the policy to <see cref="SecurityHeaders"/>, which forbids all framing.</summary>
    public static void ConfigureCircuitEndpoint(ServerComponentsEndpointOptions options) => options.ContentSecurityFrameAncestorsPolicy = null;

    internal static string CookieName(string name, WebSecurityOptions options) => options.HttpsOnly ? "__Host-" + name : name;

    internal static CookieSecurePolicy SecurePolicy(WebSecurityOptions options) =>
        options.HttpsOnly ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
}
