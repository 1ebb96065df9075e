using System.Globalization;
using BlazorAgents.Data;
using BlazorAgents.Runs.Tests.Hosting;
using BlazorAgents.Testing.Fakes;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Runs.Tests.Audit;

public sealed class AuditListTests
{
    private static readonly Actor s_ada = new("ada", "Ada", Roles.Admin);
    private static readonly Actor s_bo = new("bo", "Bo_1", Roles.Admin);

    [Fact]
    public async Task List_MoreThanAPage_GoesOnBeforeTheLastOfIt()
    {
        await using var host = await StartAsync();
        var log = host.Get<AuditLog>();
        for (var number = 1; number <= 5; number++)
        {
            await log.AppendAsync(Entry(subject: $"{number}"));
        }

        var first = await log.ListAsync(s_ada, new AuditFilter(), before: null, take: 3);
        await log.AppendAsync(Entry(subject: "new"));
        var second = await log.ListAsync(s_ada, new AuditFilter(), before: first.Events[^1].Id, take: 3);

        Assert.Equal((true, "5 4 3"), (first.HasOlder, Subjects(first)));
        Assert.Equal((false, "2 1"), (second.HasOlder, Subjects(second)));
    }

    [Fact]
    public async Task List_EachFilter_LeavesTheRest()
    {
        var time = new ManualTimeProvider();
        await using var host = await StartAsync(time);
        var log = host.Get<AuditLog>();
        var start = time.GetUtcNow();
        await log.AppendAsync(Entry(s_ada, "provider.added", "provider", "p1", "Added the provider Lab"));
        time.Advance(TimeSpan.FromHours(1));
        await log.AppendAsync(Entry(s_bo, "provider.deleted", "provider", "p2", "Deleted 100% of Lab_2"));
        time.Advance(TimeSpan.FromHours(1));
        await log.AppendAsync(Entry(null, "approval.expired", "approval", "a1", "create_order: expired"));

        await AssertAsync(new AuditFilter { Actor = "ada" }, "p1");
        await AssertAsync(new AuditFilter { Actor = "bo" }, "p2");
        await AssertAsync(new AuditFilter { Actor = "_" }, "p2");
        await AssertAsync(new AuditFilter { Actor = "Blazor" }, "a1");
        await AssertAsync(new AuditFilter { Action = "provider." }, "p2 p1");
        await AssertAsync(new AuditFilter { Action = "added" }, "");
        await AssertAsync(new AuditFilter { SubjectType = "provider", SubjectId = "p1" }, "p1");
        await AssertAsync(new AuditFilter { Search = "lab" }, "p2 p1");
        await AssertAsync(new AuditFilter { Search = "%" }, "p2");
        await AssertAsync(new AuditFilter { Search = "'; DROP TABLE AuditEvents; --" }, "");
        await AssertAsync(new AuditFilter { Search = new string('x', 100_000) }, "");
        await AssertAsync(new AuditFilter { From = start.AddHours(1) }, "a1 p2");
        await AssertAsync(new AuditFilter { Until = start.AddHours(1) }, "p1");
        await AssertAsync(new AuditFilter { From = start.AddHours(1).ToOffset(TimeSpan.FromHours(5)), Until = start.AddHours(2) }, "p2");
        await AssertAsync(new AuditFilter { Actor = " ", Action = "", Search = null }, "a1 p2 p1");

        async Task AssertAsync(AuditFilter filter, string subjects) => Assert.Equal(subjects, Subjects(await log.ListAsync(s_ada, filter, before: null, take: 50)));
    }

    [Theory]
    [InlineData(Roles.User)]
    [InlineData(Roles.Approver)]
    [InlineData("disabled")]
    [InlineData("gone")]
    [Trait("Id", "SEC-13")]
    public async Task Audit_NoAdministratorNow_IsRefusedAndNothingIsWritten(string state)
    {
        await using var host = await StartAsync();
        var log = host.Get<AuditLog>();
        await log.AppendAsync(Entry());
        var una = new Actor("una", "Una", Roles.Admin); // what an old sign-in still says
        if (state != "gone")
        {
            await AddAsync(host, una, state == "disabled" ? Roles.Admin : state, state == "disabled");
        }

        using var text = new StringWriter(CultureInfo.InvariantCulture);

        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => log.ListAsync(una, new AuditFilter(), before: null, take: 1));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => log.ExportAsync(una, new AuditFilter(), text));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => log.VerifyAsync(una));
        Assert.Equal("", text.ToString());
        Assert.Equal("test.done by BlazorAgents", await LastAsync(host));
    }

    [Fact]
    public async Task Verify_ByAnAdministrator_IsAnEventWithItsResult()
    {
        await using var host = await StartAsync();
        var log = host.Get<AuditLog>();
        await log.AppendAsync(Entry());

        var check = await log.VerifyAsync(s_ada);

        Assert.Equal(new AuditCheck(1), check);
        Assert.Equal("audit.verified by ada", await LastAsync(host));
    }

    [Fact]
    public async Task Export_ManyPages_WritesEveryMatchingEventOnce()
    {
        await using var host = await StartAsync();
        var log = host.Get<AuditLog>();
        await host.Database.WriteAsync(async context =>
        {
            for (var number = 1; number <= 2_100; number++)
            {
                await log.AppendAsync(context, Entry(action: number % 2 == 0 ? "even.done" : "odd.done", subject: $"{number}"));
            }
        });
        using var text = new StringWriter(CultureInfo.InvariantCulture);

        var count = await log.ExportAsync(s_ada, new AuditFilter { Action = "even." }, text);

        var lines = text.ToString().Split("\r\n");
        Assert.Equal(1_050, count);
        Assert.StartsWith("Id,Time,Actor,", lines[0], StringComparison.Ordinal);
        Assert.Equal("", lines[^1]);
        Assert.Equal("audit.exported by ada", await LastAsync(host));
        Assert.Equal(Enumerable.Range(1, 1_050).Reverse().Select(half => $"{half * 2}"), lines[1..^1].Select(line => line.Split(',')[0]));
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://evil\")", "\"'=HYPERLINK(\"\"http://evil\"\")\"")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("＝1+1", "'＝1+1")]
    [InlineData("a, b", "\"a, b\"")]
    [InlineData(" padded ", "\" padded \"")]
    [InlineData("two\nlines", "two lines")]
    public async Task Export_TextOfAStranger_StaysText(string summary, string cell)
    {
        await using var host = await StartAsync();
        var log = host.Get<AuditLog>();
        await log.AppendAsync(Entry(summary: summary));
        using var text = new StringWriter(CultureInfo.InvariantCulture);

        await log.ExportAsync(s_ada, new AuditFilter(), text);

        Assert.Contains($",test.done,thing,1,{cell},{{}},{new string('0', 64)},", text.ToString(), StringComparison.Ordinal);
    }

    private static AuditEntry Entry(
        Actor? by = null, string action = "test.done", string type = "thing", string subject = "1", string summary = "Something was done") =>
        new(by, action, type, subject, summary);

    private static Task<string> LastAsync(RunsHost host) => host.Database.ReadAsync(
        context => context.AuditEvents.OrderByDescending(e => e.Id).Select(e => e.Action + " by " + (e.ActorId ?? e.ActorName)).FirstAsync());

    private static string Subjects(AuditPage page) => string.Join(' ', page.Events.Select(e => e.SubjectId));

    private static async Task<RunsHost> StartAsync(TimeProvider? time = null)
    {
        var settings = new RunsHostSettings { StartEngine = false };
        var host = await RunsHost.StartAsync(time is null ? settings : settings with { Time = time });
        await AddAsync(host, s_ada, Roles.Admin);
        return host;
    }

    private static Task AddAsync(RunsHost host, Actor person, string role, bool isDisabled = false) => host.Database.WriteAsync(context =>
    {
        context.Users.Add(new AppUser { Id = person.Id, UserName = person.Id, DisabledAt = isDisabled ? DateTimeOffset.UnixEpoch : null });
        context.Roles.Add(new IdentityRole(role) { Id = $"{role}-of-{person.Id}", Name = $"{role}", NormalizedName = $"{role}-{person.Id}" });
        context.UserRoles.Add(new IdentityUserRole<string> { UserId = person.Id, RoleId = $"{role}-of-{person.Id}" });
        return Task.CompletedTask;
    });
}
