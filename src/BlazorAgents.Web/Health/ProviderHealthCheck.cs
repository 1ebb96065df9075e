using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BlazorAgents.Web.Health;

/// <summary>Whether it is known which kind of model server answers. It does not call that server: that would cost on every probe.</summary>
internal sealed class ProviderHealthCheck(Func<string?> kind) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(kind() is { Length: > 0 } known ? HealthCheckResult.Healthy(known) : HealthCheckResult.Unhealthy("not configured"));
}
