using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BlazorAgents.Web.Health;

/// <summary>Tells an orchestrator whether the process lives and whether it can work. Anonymous, so it says nothing secret.</summary>
public static class HealthExtensions
{
    /// <summary>Registers the checks.</summary>
    /// <param name="services">The services.</param>
    /// <param name="providerKind">Names the configured kind of model server, e.g. "openai" or "offline"; null when none is known.</param>
    public static IServiceCollection AddHealth(this IServiceCollection services, Func<IServiceProvider, string?> providerKind)
    {
        services.AddHealthChecks()
            .AddCheck<DatabaseHealthCheck>("database", timeout: TimeSpan.FromSeconds(5))
            .Add(new HealthCheckRegistration("provider", provider => new ProviderHealthCheck(() => providerKind(provider)), null, null));
        return services;
    }

    /// <summary>Maps <c>/health/live</c> and <c>/health/ready</c>.</summary>
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks("/health/live", Options(_ => false)).AllowAnonymous();
        endpoints.MapHealthChecks("/health/ready", Options(_ => true)).AllowAnonymous();
        return endpoints;
    }

    private static HealthCheckOptions Options(Func<HealthCheckRegistration, bool> predicate) =>
        new() { Predicate = predicate, ResponseWriter = WriteAsync };

    private static Task WriteAsync(HttpContext context, HealthReport report) =>
        context.Response.WriteAsJsonAsync(new
        {
            status = report.Status.ToString(),
            checks = report.Entries.ToDictionary(
                entry => entry.Key,
                // Only descriptions written for this purpose: an exception's text may hold paths or addresses.
                entry => new { status = entry.Value.Status.ToString(), detail = entry.Value.Exception is null ? entry.Value.Description : null }),
        });
}
