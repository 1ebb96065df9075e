using System.Net;
using BlazorAgents.Web.Tests.Account;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Web.Tests.Health;

public sealed class HealthTests
{
    [Fact]
    public async Task Ready_AllWell_SaysSoToAnybody()
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        using var visitor = host.Open();

        using var response = await visitor.GetAsync("/health/ready");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(
            """{"status":"Healthy","checks":{"database":{"status":"Healthy","detail":"reachable"},"provider":{"status":"Healthy","detail":"offline"}}}""",
            await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Ready_DatabaseBroken_IsUnavailableWithoutDetailsWhileLiveStays()
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        using var visitor = host.Open();
        await host.UseAsync<Data.AppDbContext, int>(data => data.Database.ExecuteSqlRawAsync("PRAGMA foreign_keys = OFF; DROP TABLE AspNetUsers;"));

        using var ready = await visitor.GetAsync("/health/ready");
        using var live = await visitor.GetAsync("/health/live");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("""{"status":"Unhealthy","checks":{"database":{"status":"Unhealthy","detail":null}""", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
    }
}
