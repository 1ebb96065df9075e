using BlazorAgents.Data;
using BlazorAgents.Runs.Tests.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Runs.Tests.Audit;

public sealed class AuditLogTests
{
    private static readonly Actor s_ada = new("1", "Ada", Roles.Admin);

    [Fact]
    public async Task Append_ManyWritersAtOnce_MakeOneChainWithoutGaps()
    {
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { StartEngine = false });
        var log = host.Get<AuditLog>();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(number => log.AppendAsync(Entry($"{number}"))));

        Assert.Equal(new AuditCheck(50), await log.VerifyAsync());
        Assert.Equal(50, await host.Database.ReadAsync(c => c.AuditEvents.Select(e => e.SubjectId).Distinct().CountAsync()));
    }

    [Fact]
    public async Task Append_SeveralInOneTransaction_FollowEachOtherAndGoWithItsUndoing()
    {
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { StartEngine = false });
        var log = host.Get<AuditLog>();
        await log.AppendAsync(Entry("1"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Database.WriteAsync(async context =>
        {
            await log.AppendAsync(context, Entry("2"));
            throw new InvalidOperationException();
        }));
        await host.Database.WriteAsync(async context =>
        {
            await log.AppendAsync(context, Entry("3"));
            await log.AppendAsync(context, Entry("4"));
        });

        Assert.Equal(new AuditCheck(3), await log.VerifyAsync());
        Assert.Equal(["1", "3", "4"], await host.Database.ReadAsync(c => c.AuditEvents.OrderBy(e => e.Id).Select(e => e.SubjectId).ToListAsync()));
    }

    [Theory]
    [InlineData("UPDATE AuditEvents SET Summary = 'x'")]
    [InlineData("DELETE FROM AuditEvents")]
    public async Task Database_ChangingOrRemovingAnEvent_IsRefused(string sql)
    {
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { StartEngine = false });
        await host.Get<AuditLog>().AppendAsync(Entry("1"));

        var refused = await Assert.ThrowsAsync<SqliteException>(() => host.Database.WriteAsync(c => c.Database.ExecuteSqlRawAsync(sql)));

        Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE AuditEvents SET Summary = 'Nothing happened' WHERE Id = 3", 3, "changed")]
    [InlineData("UPDATE AuditEvents SET ActorId = NULL WHERE Id = 2", 2, "changed")]
    [InlineData("UPDATE AuditEvents SET At = At + 1 WHERE Id = 5", 5, "changed")]
    [InlineData("DELETE FROM AuditEvents WHERE Id = 4", 5, "missing")]
    [InlineData("DELETE FROM AuditEvents WHERE Id < 3", 3, "missing")]
    [InlineData("UPDATE AuditEvents SET PreviousHash = Hash WHERE Id = 2", 2, "follow")]
    public async Task Verify_TamperedBehindTheTriggers_FindsTheFirstBrokenEvent(string sql, long brokenId, string problem)
    {
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { StartEngine = false });
        var log = host.Get<AuditLog>();
        for (var number = 1; number <= 5; number++)
        {
            await log.AppendAsync(Entry($"{number}"));
        }

        await host.Database.WriteAsync(c => c.Database.ExecuteSqlRawAsync("DROP TRIGGER AuditEvents_NoUpdate; DROP TRIGGER AuditEvents_NoDelete;"));
        await host.Database.WriteAsync(c => c.Database.ExecuteSqlRawAsync(sql));
        var check = await log.VerifyAsync();

        Assert.Equal(brokenId, check.BrokenId);
        Assert.Contains(problem, check.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Append_HostileText_IsCutAndCleaned()
    {
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { StartEngine = false });
        var log = host.Get<AuditLog>();

        await log.AppendAsync(new AuditEntry(null, "a.b", "thing", "1", "line\nbreak\u0000" + new string('x', 10_000), new { Text = new string('\u0001', 20_000) }));

        var row = await host.Database.ReadAsync(c => c.AuditEvents.SingleAsync());
        Assert.StartsWith("line break ", row.Summary, StringComparison.Ordinal);
        Assert.True(row.Summary.Length <= 500 && row.Details.Length <= 60_000);
        Assert.Equal("BlazorAgents", row.ActorName);
        Assert.Null((await log.VerifyAsync()).BrokenId);
    }

    private static AuditEntry Entry(string subject) => new(s_ada, "test.done", "thing", subject, "Something was done.", new { Number = 1 });
}
