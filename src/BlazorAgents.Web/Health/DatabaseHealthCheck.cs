using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BlazorAgents.Web.Health;

/// <summary>Whether the database answers. The health service turns an exception into "unhealthy" and logs it.</summary>
internal sealed class DatabaseHealthCheck(Database database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await database.ReadAsync(data => data.Users.AnyAsync(cancellationToken), cancellationToken);
        return HealthCheckResult.Healthy("reachable");
    }
}
