using BlazorAgents.Data;
using BlazorAgents.Runs;
using BlazorAgents.Web.Components;
using BlazorAgents.Web.Features.Audit;
using BlazorAgents.Web.Tests.Providers;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Web.Tests.Audit;

public sealed class AuditTrailPageTests
{
    private const string Rows = "[data-testid=audit-row]";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Page_Events_SaysWhoDidWhatToWhatWithItsDetails()
    {
        await using var host = await StartAsync();
        await WriteAsync(host, new AuditEntry(new Actor("bo", "Bo", Roles.Admin), "person.disabled", "person", "una/1", "Disabled <b>Una</b>", new { reason = "left" }));
        await WriteAsync(host, new AuditEntry(null, "conversation.deleted", "conversation", Guid.Empty.ToString(), "Deleted a conversation"));

        var page = Open(host);

        Assert.Contains("Conversation deleted", page.FindAll(Rows)[0].TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(Rows)[0].QuerySelectorAll("a"));
        var row = page.FindAll(Rows)[1];
        Assert.Contains("Person disabled", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("Disabled <b>Una</b>", row.TextContent, StringComparison.Ordinal);
        Assert.Equal(["/people/bo", "/people/una%2F1"], row.QuerySelectorAll("a").Select(link => link.GetAttribute("href")));

        await row.QuerySelector("button")!.ClickAsync();

        var details = page.Find("[data-testid=audit-details]").TextContent;
        Assert.Contains("reason", details, StringComparison.Ordinal);
        Assert.Contains("left", details, StringComparison.Ordinal);
        Assert.Contains(AuditChain.Root, details, StringComparison.Ordinal);
        Assert.Equal("true", page.FindAll(Rows)[1].QuerySelector("button")!.GetAttribute("aria-expanded"));
    }

    [Fact]
    public async Task Page_EveryFilterOfTheAddress_LeavesTheRestOutAndStandsInTheForm()
    {
        await using var host = await StartAsync();
        await WriteAsync(host, new AuditEntry(new Actor("bo", "Bo", Roles.Admin), "provider.added", "provider", "p1", "Added the provider Lab"));
        await WriteAsync(host, new AuditEntry(new Actor("cy", "Cy", Roles.Admin), "provider.deleted", "provider", "p2", "Deleted the provider Lab"));

        var page = Open(host, "/audit?who=Bo&action=provider.&type=provider&id=p1&from=2020-01-01&to=2999-12-31&words=lab");

        Assert.Contains("Provider added", Assert.Single(page.FindAll(Rows)).TextContent, StringComparison.Ordinal);
        Assert.Equal("Bo", page.Find("#audit-who").GetAttribute("value"));
        Assert.Equal("provider.", page.Find("#audit-action").GetAttribute("value"));
        Assert.Equal(
            "/audit/export.csv?who=Bo&action=provider.&type=provider&id=p1&from=2020-01-01&to=2999-12-31&words=lab&zone=UTC",
            page.Find("[data-testid=audit-export]").GetAttribute("href"));
    }

    [Fact]
    public async Task Filter_Applied_IsANewAddress()
    {
        await using var host = await StartAsync();
        var page = Open(host);
        await page.Find("#audit-who").ChangeAsync(new ChangeEventArgs { Value = " Bo & Co " });
        await page.Find("#audit-from").ChangeAsync(new ChangeEventArgs { Value = "2026-01-31" });

        await page.Find("form").SubmitAsync();

        Assert.EndsWith("/audit?who=Bo%20%26%20Co&from=2026-01-31", host.Get<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/audit?from=31.01.2026", "From: \"31.01.2026\" is not a day")]
    [InlineData("/audit?before=x", "before: ")]
    public async Task Page_WrongAddress_SaysWhichField(string address, string words)
    {
        await using var host = await StartAsync();

        var page = Open(host, address);

        Assert.StartsWith(words, page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_ManyEvents_ShowsAHundredAndLeadsToOlderOnes()
    {
        await using var host = await StartAsync();
        await host.Get<Database>().WriteAsync(async context =>
        {
            for (var number = 1; number <= 130; number++)
            {
                await host.Get<AuditLog>().AppendAsync(context, new AuditEntry(null, "test.done", "thing", $"{number}", $"Number {number}"));
            }
        });

        var first = Open(host);
        Assert.Equal(100, first.FindAll(Rows).Count);
        var older = first.Find("[data-testid=audit-older]").GetAttribute("href")!;
        Assert.Equal("/audit?before=31", older);
        var second = Open(host, older);

        Assert.Equal(30, second.FindAll(Rows).Count);
        Assert.Empty(second.FindAll("[data-testid=audit-older]"));
        Assert.Equal("/audit", second.Find("[data-testid=audit-newest]").GetAttribute("href"));
    }

    [Fact]
    public async Task Verify_SoundChain_SaysSoAndShowsThatItWasChecked()
    {
        await using var host = await StartAsync();
        await WriteAsync(host, new AuditEntry(null, "test.done", "thing", "1", "Done"));
        var page = Open(host);

        await page.Find("[data-testid=verify-chain]").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal("1 event, all sound.", page.Find("[data-testid=verify-result]").TextContent), s_patience);
        page.WaitForAssertion(() => Assert.Contains("Audit checked", page.FindAll(Rows)[0].TextContent, StringComparison.Ordinal), s_patience);
    }

    [Fact]
    public async Task Verify_ChangedEvent_SaysWhich()
    {
        await using var host = await StartAsync();
        for (var number = 1; number <= 3; number++)
        {
            await WriteAsync(host, new AuditEntry(null, "test.done", "thing", $"{number}", "Done"));
        }

        await host.Get<Database>().WriteAsync(context => context.Database.ExecuteSqlRawAsync(
            "DROP TRIGGER AuditEvents_NoUpdate; UPDATE AuditEvents SET Summary = 'Nothing' WHERE Id = 2"));
        var page = Open(host);

        await page.Find("[data-testid=verify-chain]").ClickAsync();

        page.WaitForAssertion(
            () => Assert.Equal("Event 2 was changed after it was written. 1 event before it is sound.", page.Find("[data-testid=verify-result]").TextContent), s_patience);
    }

    [Fact]
    public async Task Verify_EventThatCannotBeRead_PageStaysUsableAndNamesIt()
    {
        await using var host = await StartAsync();
        await WriteAsync(host, new AuditEntry(null, "test.done", "thing", "1", "Done"));
        await WriteAsync(host, new AuditEntry(null, "test.done", "thing", "2", "Done"));
        await host.Get<Database>().WriteAsync(context => context.Database.ExecuteSqlRawAsync(
            "DROP TRIGGER AuditEvents_NoUpdate; UPDATE AuditEvents SET At = 9223372036854775807 WHERE Id = 2"));
        var page = Open(host);
        Assert.StartsWith("Some of these events cannot be read", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);

        await page.Find("[data-testid=verify-chain]").ClickAsync();

        page.WaitForAssertion(
            () => Assert.StartsWith("Event 2 cannot be read: it was changed", page.Find("[data-testid=verify-result]").TextContent, StringComparison.Ordinal), s_patience);
    }

    [Fact]
    public async Task Verify_Cancelled_SaysSoAndWritesNothing()
    {
        await using var host = await StartAsync();
        await WriteAsync(host, new AuditEntry(null, "test.done", "thing", "1", "Done"));
        var page = Open(host);
        var (held, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var writer = host.Get<Database>().WriteAsync(async _ =>
        {
            held.SetResult();
            await release.Task; // the check cannot end: it has to tell the audit
        });
        await held.Task;

        var check = page.Find("[data-testid=verify-chain]").ClickAsync();
        page.WaitForElement("[data-testid=cancel-verify]", s_patience);
        await page.Find("[data-testid=cancel-verify]").ClickAsync();
        await check;

        Assert.StartsWith("Cancelled.", page.Find("[data-testid=verify-result]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-testid=cancel-verify]"));
        release.SetResult();
        await writer;
        Assert.Equal(1, await host.Get<Database>().ReadAsync(context => context.AuditEvents.CountAsync()));
    }

    [Fact]
    [Trait("Id", "SEC-13")]
    public async Task Page_NoAdministratorAnyMore_ShowsNoEvents()
    {
        await using var host = await StartAsync();
        await WriteAsync(host, new AuditEntry(null, "test.done", "thing", "1", "Done"));
        await host.Get<Database>().WriteAsync(context => context.Users.ExecuteUpdateAsync(set => set.SetProperty(user => user.DisabledAt, DateTimeOffset.UnixEpoch)));

        var page = Open(host);

        Assert.Equal("You are not an administrator any more.", page.Find("[role=alert]").TextContent);
        Assert.Empty(page.FindAll(Rows));
    }

    [Fact]
    public async Task Days_AreThoseOfTheReader()
    {
        await using var host = await StartAsync();
        var query = new AuditQuery { From = "2026-03-29", To = "2026-03-29" };

        var (filter, problem) = query.Read(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

        Assert.Null(problem);
        Assert.Equal(new DateTimeOffset(2026, 3, 28, 23, 0, 0, TimeSpan.Zero), filter.From);
        Assert.Equal(new DateTimeOffset(2026, 3, 29, 22, 0, 0, TimeSpan.Zero), filter.Until); // the day of the change has 23 hours
    }

    [Fact]
    [Trait("Id", "SEC-27")]
    public async Task Providers_EachChange_IsOneEventWithoutTheKey()
    {
        await using var host = await ProviderHost.StartAsync();
        var id = await host.AddAsync();
        var rename = ProviderHost.Input("Renamed", key: null);
        rename.Version = 1;
        await host.Service.ChangeAsync(ProviderHost.Admin, id, rename);
        var newKey = ProviderHost.Input("Renamed", key: "sk-another-key-0001");
        newKey.Version = 2;
        await host.Service.ChangeAsync(ProviderHost.Admin, id, newKey);
        await host.Service.ChangeAsync(ProviderHost.Admin, id, rename); // refused: it is older
        await foreach (var _ in host.Get<Web.Features.Providers.ProviderTester>().TestAsync(ProviderHost.Admin, id))
        {
        }

        await host.Service.EnableAsync(ProviderHost.Admin, id, enable: false);
        await host.Service.EnableAsync(ProviderHost.Admin, id, enable: true);
        await host.Service.DeleteAsync(ProviderHost.Admin, id);
        await host.Service.DeleteAsync(ProviderHost.Admin, id); // gone already

        var rows = await host.Get<Database>().ReadAsync(context => context.AuditEvents.OrderBy(row => row.Id).ToListAsync());
        Assert.Equal(
            ["provider.added", "provider.changed", "provider.key-changed", "provider.tested", "provider.disabled", "provider.enabled", "provider.deleted"],
            rows.Select(row => row.Action));
        Assert.All(rows, row => Assert.Equal(("ada", id), (row.ActorId, row.SubjectId)));
        Assert.All(rows, row => Assert.DoesNotContain("sk-", row.Summary + row.Details, StringComparison.Ordinal));
        Assert.All(rows, row => Assert.DoesNotContain("9f2c", row.Summary + row.Details, StringComparison.Ordinal));
        Assert.All(rows, row => Assert.NotEqual(row.Action, AuditActions.WordsOf(row.Action)));
    }

    [Fact]
    public void Actions_EachIsNounAndVerbOnce()
    {
        Assert.All(AuditActions.All, action => Assert.Matches("^[a-z]+(-[a-z]+)?\\.[a-z]+(-[a-z]+)?$", action.Key));
        Assert.Equal(AuditActions.All.Count, AuditActions.All.DistinctBy(action => action.Key).Count());
    }

    private static IRenderedComponent<AuditTrailPage> Open(ProviderHost host, string address = "/audit")
    {
        host.Get<NavigationManager>().NavigateTo(address);
        var page = host.Context.Render<AuditTrailPage>();
        page.WaitForState(() => page.FindAll($"{Rows}, [role=alert]").Count > 0 || page.Markup.Contains("No events", StringComparison.Ordinal)
            || page.Markup.Contains("Nothing has happened", StringComparison.Ordinal), s_patience);
        return page;
    }

    private static Task WriteAsync(ProviderHost host, AuditEntry entry) => host.Get<AuditLog>().AppendAsync(entry);

    private static async Task<ProviderHost> StartAsync()
    {
        var host = await ProviderHost.StartAsync();
        await host.Get<Database>().WriteAsync(context =>
        {
            context.Users.Add(new AppUser { Id = "ada", UserName = "ada", DisplayName = "Ada" });
            context.Roles.Add(new IdentityRole(Roles.Admin) { Id = "admins", NormalizedName = "ADMIN" });
            context.UserRoles.Add(new IdentityUserRole<string> { UserId = "ada", RoleId = "admins" });
            return Task.CompletedTask;
        });
        return host;
    }
}
