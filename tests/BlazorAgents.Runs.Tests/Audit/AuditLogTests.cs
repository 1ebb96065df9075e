using System.Text;
using System.Text.Json;
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
    [InlineData("UPDATE AuditEvents SET At = 9223372036854775807 WHERE Id = 4", 4, "changed")]
    [InlineData("INSERT INTO AuditEvents SELECT 0, At, ActorId, ActorName, Action, SubjectType, SubjectId, Summary, Details, PreviousHash, Hash FROM AuditEvents WHERE Id = 1", 0, "put in")]
    [InlineData("UPDATE AuditEvents SET Id = 9 WHERE Id = 5", 9, "Events 5 to 8 are missing")]
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

    [Fact]
    public async Task Append_TextOfExactlyTheLongestLength_IsKeptWhole()
    {
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { StartEngine = false });
        var log = host.Get<AuditLog>();

        await log.AppendAsync(new AuditEntry(null, "a.b", "thing", "1", new string('x', 500)));
        await log.AppendAsync(new AuditEntry(null, "a.b", "thing", "1", new string('x', 501)));

        var stored = await host.Database.ReadAsync(c => c.AuditEvents.OrderBy(e => e.Id).Select(e => e.Summary).ToListAsync());
        Assert.Equal([new string('x', 500), new string('x', 499) + "…"], stored);
    }

    [Theory]
    [InlineData('x')]
    [InlineData('"')]
    [InlineData('ー')]
    [InlineData('\u0001')]
    public async Task Append_LongDetails_AreAtMostEightKilobytesOfJson(char filling)
    {
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { StartEngine = false });
        var log = host.Get<AuditLog>();

        await log.AppendAsync(Entry("1") with { Details = new { Text = new string(filling, 20_000) } });

        var details = await host.Database.ReadAsync(c => c.AuditEvents.Select(e => e.Details).SingleAsync());
        Assert.InRange(Encoding.UTF8.GetByteCount(details), 1_000, 8 * 1024);
        Assert.StartsWith("""{"text":""", JsonDocument.Parse(details).RootElement.GetProperty("shortened").GetString(), StringComparison.Ordinal);
        Assert.Equal(new AuditCheck(1), await log.VerifyAsync());
    }

    [Fact]
    public async Task Verify_SeveralPages_TellsHowFarItIs()
    {
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { StartEngine = false });
        var log = host.Get<AuditLog>();
        await host.Database.WriteAsync(async context =>
        {
            for (var number = 1; number <= 2_500; number++)
            {
                await log.AppendAsync(context, Entry($"{number}"));
            }
        });
        var seen = new Seen();

        var check = await log.VerifyAsync(seen);

        Assert.Equal(new AuditCheck(2_500), check);
        Assert.Equal([1_000, 2_000], seen.Counts);
    }

    private static AuditEntry Entry(string subject) => new(s_ada, "test.done", "thing", subject, "Something was done.", new { Number = 1 });

    private sealed class Seen : IProgress<long>
    {
        public List<long> Counts { get; } = [];

        public void Report(long value) => Counts.Add(value);
    }
}
