using System.Net;
using BlazorAgents.Data;
using BlazorAgents.Runs;
using BlazorAgents.Web.Features.Account;
using BlazorAgents.Web.Features.People;
using BlazorAgents.Web.Security;
using BlazorAgents.Web.Tests.Account;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BlazorAgents.Web.Tests.Audit;

/// <summary>Each thing that people do to accounts is one event with the right actor, and no secret is in it.</summary>
public sealed class AuditHooksTests
{
    private const string NewPassword = "another long password";

    [Fact]
    public async Task Setup_FirstAdministrator_IsAnEventOfTheApplication()
    {
        await using var host = await AccountHost.StartWithAdminAsync();

        var row = Assert.Single(await EventsAsync(host));

        Assert.Equal(("setup.completed", null, "person"), (row.Action, row.ActorId, row.SubjectType));
    }

    [Fact]
    public async Task SignIn_InOutAndWrong_AreOneEventEach()
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        var ada = await host.AdminAsync();
        using (var wrong = await host.Open().SignInAsync(AccountHost.AdminEmail, "my secret guess 1"))
        {
            Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
        }

        using var browser = await host.SignInAsync();
        using var left = await browser.SubmitAsync("/account/password", "password", ("Input.Current", "my secret guess 2"), ("Input.Password", NewPassword), ("Input.Repeated", NewPassword));
        using var changed = await browser.SubmitAsync(
            "/account/password", "password", ("Input.Current", AccountHost.Password), ("Input.Password", NewPassword), ("Input.Repeated", NewPassword));
        await SignOutAsync(browser);

        var rows = (await EventsAsync(host)).Skip(1).ToList();
        Assert.Equal(
            [("sign-in.failed", null), ("sign-in.succeeded", ada.Id), ("sign-in.failed", null), ("password.changed", ada.Id), ("sign-in.ended", ada.Id)],
            rows.Select(row => (row.Action, row.ActorId)));
        Assert.All(rows, row => Assert.Equal(ada.Id, row.SubjectId));
        AssertNoSecrets(rows);
    }

    [Fact]
    [Trait("Id", "SEC-17")]
    public async Task SignIn_AddressWithoutAnAccount_LeavesNothingThatWasTyped()
    {
        await using var host = await AccountHost.StartWithAdminAsync();

        using var response = await host.Open().SignInAsync("secret-typed-in-the-wrong-field@example.org", "my secret guess 1");

        Assert.Equal("setup.completed", Assert.Single(await EventsAsync(host)).Action);
    }

    [Fact]
    public async Task SignIn_ManyWrongPasswords_AreFourFailuresAndOneLock()
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        for (var attempt = 0; attempt < 9; attempt++)
        {
            using var wrong = await host.Open().SignInAsync(AccountHost.AdminEmail, $"my secret guess {attempt}");
        }

        var rows = (await EventsAsync(host)).Skip(1).ToList();
        Assert.Equal([.. Enumerable.Repeat("sign-in.failed", 4), "sign-in.locked"], rows.Select(row => row.Action));
        AssertNoSecrets(rows);
    }

    [Fact]
    public async Task SignIn_DisabledAccount_IsAFailureWithItsCause()
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        var ada = await host.AdminAsync();
        var una = await host.AddAsync("una@example.org", Roles.User);
        await host.UseAsync<PeopleService, FieldError?>(people => people.DisableAsync(ada, una));

        using var response = await host.Open().SignInAsync("una@example.org", AccountHost.Password);

        var last = (await EventsAsync(host))[^1];
        Assert.Equal(("sign-in.failed", una), (last.Action, last.SubjectId));
        Assert.Contains("disabled", last.Summary, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Id", "SEC-17")]
    public async Task FailedSignIns_MoreThanAMinuteTakes_AreCountedAndNotWritten()
    {
        var time = new BlazorAgents.Testing.Fakes.ManualTimeProvider();
        await using var host = await AccountHost.StartWithAdminAsync();
        var audit = new SignInAudit(new AuditLog(host.Services.GetRequiredService<Database>(), time), time);
        var user = new AppUser { Id = "una", DisplayName = "Una" };
        for (var attempt = 0; attempt < SignInAudit.FailuresPerMinute + 12; attempt++)
        {
            await audit.FailedAsync(user, "wrong password", context: null);
        }

        Assert.Equal(SignInAudit.FailuresPerMinute, (await EventsAsync(host)).Count(row => row.Action == "sign-in.failed"));
        time.Advance(TimeSpan.FromMinutes(1));
        await audit.FailedAsync(user, "wrong password", context: null);

        Assert.Contains("\"leftOutBefore\":12", (await EventsAsync(host))[^1].Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_EachChange_IsOneEventOfTheAdministrator()
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        var ada = await host.AdminAsync();
        var added = await host.UseAsync<PeopleService, AccountResult>(
            people => people.AddAsync(ada, new NewAccount("una@example.org", "Una", Roles.Approver, AccountHost.Password)));
        var una = added.User!.Id;
        await host.UseAsync<PeopleService, FieldError?>(people => people.ChangeRoleAsync(ada, una, Roles.User));
        await host.UseAsync<PeopleService, FieldError?>(people => people.DisableAsync(ada, una));
        await host.UseAsync<PeopleService, FieldError?>(people => people.EnableAsync(ada, una));
        await host.UseAsync<PeopleService, object?>(async people => await people.ResetPasswordAsync(ada, una, NewPassword));
        await host.UseAsync<PeopleService, FieldError?>(people => people.DisableAsync(ada, ada.Id)); // refused
        await host.UseAsync<PeopleService, FieldError?>(people => people.ChangeRoleAsync(ada, ada.Id, Roles.User)); // refused: the last one

        var rows = (await EventsAsync(host)).Skip(1).ToList();
        Assert.Equal(["person.added", "person.role-changed", "person.disabled", "person.enabled", "password.reset"], rows.Select(row => row.Action));
        Assert.All(rows, row => Assert.Equal((ada.Id, una), (row.ActorId, row.SubjectId)));
        Assert.Contains("\"before\":\"Approver\",\"after\":\"User\"", rows[1].Details, StringComparison.Ordinal);
        AssertNoSecrets(rows);
        Assert.All(rows, row => Assert.NotEqual(row.Action, AuditActions.WordsOf(row.Action)));
    }

    [Theory]
    [InlineData(true, "The requester's account was disabled.", RunStatus.Stopped)]
    [InlineData(false, "The requester's role was changed to User.", RunStatus.Queued)]
    public async Task People_LoseAccess_TheirOpenRequestsEndWithTheCause(bool disabled, string cause, RunStatus runStatus)
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        var ada = await host.AdminAsync();
        var una = await host.AddAsync("una@example.org", Roles.Approver);
        var database = host.Services.GetRequiredService<Database>();
        var (request, run) = await AddRequestAsync(database, una);
        var statuses = new List<ApprovalState>();
        using var subscription = host.Services.GetRequiredService<ApprovalService>().Subscribe(news => statuses.Add(news.State));

        var error = await host.UseAsync<PeopleService, FieldError?>(
            people => disabled ? people.DisableAsync(ada, una) : people.ChangeRoleAsync(ada, una, Roles.User));

        Assert.Null(error);
        var stored = await database.ReadAsync(context => context.Approvals.SingleAsync(a => a.Id == request));
        Assert.Equal((ApprovalState.Cancelled, cause), (stored.State, stored.Cause));
        Assert.Equal([ApprovalState.Cancelled], statuses);
        if (runStatus is RunStatus.Stopped)
        {
            Assert.Equal(runStatus, await database.ReadAsync(context => context.Runs.Where(r => r.Id == run).Select(r => r.Status).SingleAsync()));
        }
        else
        {
            Assert.NotEqual(RunStatus.AwaitingApproval, await database.ReadAsync(context => context.Runs.Where(r => r.Id == run).Select(r => r.Status).SingleAsync()));
        }
    }

    [Fact]
    [Trait("Id", "SEC-13")]
    public async Task Export_ByAnAdministrator_IsAFileOfWhatTheFiltersLeave()
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        using var admin = await host.SignInAsync();

        using var response = await admin.GetAsync("/audit/export.csv?action=setup.&zone=Europe/Berlin");

        var lines = (await response.Content.ReadAsStringAsync()).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/csv", response.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("audit-", response.Content.Headers.ContentDisposition!.FileName, StringComparison.Ordinal);
        Assert.Equal(2, lines.Length);
        Assert.Contains(",setup.completed,", lines[1], StringComparison.Ordinal);
        Assert.Equal("audit.exported", (await EventsAsync(host))[^1].Action);
    }

    [Theory]
    [InlineData("from=yesterday", "From: \"yesterday\" is not a day")]
    [InlineData("to=2026-02-30", "To: \"2026-02-30\" is not a day")]
    [InlineData("from=2026-03-02&to=2026-03-01", "From: the first day")]
    [InlineData("zone=Mars/Olympus", "zone: ")]
    public async Task Export_WrongFilter_SaysWhichField(string query, string words)
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        using var admin = await host.SignInAsync();

        using var response = await admin.GetAsync("/audit/export.csv?" + query);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.StartsWith(words, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Roles.User)]
    [InlineData(Roles.Approver)]
    [Trait("Id", "SEC-13")]
    public async Task Export_ByOthers_IsRefusedAndNotWritten(string role)
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        await host.AddAsync("una@example.org", role);
        using var una = await host.SignInAsync("una@example.org");

        using var response = await una.GetAsync("/audit/export.csv");

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.DoesNotContain(await EventsAsync(host), row => row.Action == "audit.exported");
    }

    private static async Task<(Guid Request, Guid Run)> AddRequestAsync(Database database, string requester)
    {
        var (conversation, turn, run, request) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await database.WriteAsync(context =>
        {
            context.Conversations.Add(new Conversation { Id = conversation, UserId = requester, Title = "Order", AgentId = "first" });
            context.Turns.Add(new Turn { Id = turn, ConversationId = conversation, Text = "Order a laptop" });
            context.Runs.Add(new Run { Id = run, ConversationId = conversation, TurnId = turn, ClientRequestId = Guid.NewGuid(), AgentId = "first", Status = RunStatus.AwaitingApproval });
            context.Approvals.Add(new Approval
            {
                Id = request,
                ConversationId = conversation,
                RunId = run,
                CallId = "1",
                AgentId = "first",
                AgentName = "First",
                AgentVersion = "1",
                ToolName = "create_order",
                ToolSchema = "{}",
                Risk = "write",
                RequesterId = requester,
                RequesterName = "Una",
                Arguments = "{}",
                Sentence = "Order",
                UserMessage = "Order a laptop",
                AskedBecause = "It writes.",
                Digest = "d",
                State = ApprovalState.Pending,
                Decider = ApprovalDecider.Approver,
                CreatedAt = DateTimeOffset.UtcNow,
                ExpiresAt = DateTimeOffset.UtcNow.AddDays(1),
            });
            return Task.CompletedTask;
        });
        return (request, run);
    }

    private static async Task SignOutAsync(Browser browser)
    {
        // The token of any page's form serves every form of the session.
        var token = (await browser.ReadAsync("/account/password")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var response = await browser.PostAsync("/account/logout", [new("__RequestVerificationToken", token)]);
        Assert.Equal("/account/login", response.LocalPath());
    }

    private static void AssertNoSecrets(IEnumerable<AuditEvent> rows)
    {
        foreach (var row in rows)
        {
            var text = string.Join(' ', row.ActorName, row.SubjectId, row.Summary, row.Details);
            Assert.DoesNotContain("secret guess", text, StringComparison.Ordinal);
            Assert.DoesNotContain(AccountHost.Password, text, StringComparison.Ordinal);
            Assert.DoesNotContain(NewPassword, text, StringComparison.Ordinal);
        }
    }

    private static Task<List<AuditEvent>> EventsAsync(AccountHost host) => host.Services.GetRequiredService<Database>().ReadAsync(
        context => context.AuditEvents.OrderBy(row => row.Id).ToListAsync());
}
