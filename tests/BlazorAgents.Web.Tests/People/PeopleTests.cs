using System.Net;
using BlazorAgents.Data;
using BlazorAgents.Web.Features.Account;
using BlazorAgents.Web.Features.People;
using BlazorAgents.Web.Security;
using BlazorAgents.Web.Tests.Account;

namespace BlazorAgents.Web.Tests.People;

public sealed class PeopleTests
{
    [Fact]
    public async Task People_Admin_AddsAPersonWhoCanSignIn()
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        using var admin = await host.SignInAsync();

        using var response = await admin.SubmitAsync(
            "/people/new",
            "add-person",
            ("Input.Email", "una@example.org"), ("Input.DisplayName", "Una <b>"), ("Input.Password", AccountHost.Password));

        Assert.Equal("/people?added=true", response.LocalPath());
        var row = (await admin.ReadAsync("/people")).QuerySelectorAll("tbody tr").Single(row => row.TextContent.Contains("una@example.org", StringComparison.Ordinal));
        Assert.Contains("Una <b>", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("User", row.TextContent, StringComparison.Ordinal);
        using var una = await host.SignInAsync("una@example.org");
    }

    [Fact]
    public async Task People_WrongInput_NamesTheFieldsAndKeepsWhatWasTyped()
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        using var admin = await host.SignInAsync();

        using var response = await admin.SubmitAsync(
            "/people/new",
            "add-person",
            ("Input.Email", "una"), ("Input.DisplayName", "Una"), ("Input.Role", "Owner"), ("Input.Password", "short"));

        var page = await Browser.ParseAsync(response);
        Assert.StartsWith("Enter an email address", page.GetElementById("input-email-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Choose one of the roles.", page.GetElementById("input-role-error")!.TextContent);
        Assert.NotNull(page.GetElementById("input-password-error"));
        Assert.Equal("Una", page.GetElementById("input-displayname")!.GetAttribute("value"));
        Assert.Null(page.GetElementById("input-password")!.GetAttribute("value"));
    }

    [Fact]
    public async Task People_SameAddressInOtherCase_IsRefused()
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        var admin = await host.AdminAsync();

        var result = await host.UseAsync<PeopleService, AccountResult>(
            people => people.AddAsync(admin, new NewAccount("ADA@Example.org", "Other", Roles.User, AccountHost.Password)));

        Assert.Equal("Email", Assert.Single(result.Errors).Field);
    }

    [Theory]
    [InlineData(Roles.User)]
    [InlineData(Roles.Approver)]
    [Trait("Id", "SEC-13")]
    public async Task PeopleService_NotAnAdmin_IsRefused(string role)
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        var id = await host.AddAsync("una@example.org", role);
        var una = new ActingUser(id, "Una", role);

        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => host.UseAsync<PeopleService, object?>(async people => await people.ListAsync(una)));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => host.UseAsync<PeopleService, object?>(async people => await people.FindAsync(una, id)));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => host.UseAsync<PeopleService, object?>(async people => await people.ChangeRoleAsync(una, id, Roles.Admin)));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => host.UseAsync<PeopleService, object?>(async people => await people.EnableAsync(una, id)));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => host.UseAsync<PeopleService, object?>(async people => await people.ResetPasswordAsync(una, id, AccountHost.Password)));
    }

    [Fact]
    [Trait("Id", "SEC-20")]
    public async Task ChangeRole_LastEnabledAdmin_IsRefusedByThePage()
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        var ada = await host.AdminAsync();
        using var browser = await host.SignInAsync();

        using var response = await browser.SubmitAsync($"/people/{ada.Id}", "role", ("Role.Role", Roles.User));

        Assert.Contains("last administrator", (await Browser.ParseAsync(response)).GetElementById("role-role-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/test/admin")).StatusCode);
    }

    [Fact]
    [Trait("Id", "SEC-20")]
    public async Task ChangeRole_TwoAdminsDemoteEachOtherAtOnce_OneStays()
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        var ada = await host.AdminAsync();
        var second = new ActingUser(await host.AddAsync("second@example.org", Roles.Admin), "Second", Roles.Admin);

        var errors = await Task.WhenAll(
            host.UseAsync<PeopleService, FieldError?>(people => people.ChangeRoleAsync(ada, second.Id, Roles.User)),
            host.UseAsync<PeopleService, FieldError?>(people => people.ChangeRoleAsync(second, ada.Id, Roles.User)));

        Assert.Single(errors, error => error is null);
    }

    [Fact]
    [Trait("Id", "SEC-20")]
    public async Task Disable_YourselfOrTheLastAdmin_IsRefused()
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        var ada = await host.AdminAsync();
        var second = new ActingUser(await host.AddAsync("second@example.org", Roles.Admin), "Second", Roles.Admin);

        Assert.Contains("your own", (await DisableAsync(host, ada, ada.Id))!.Message, StringComparison.Ordinal);
        Assert.Null(await DisableAsync(host, ada, second.Id));
        Assert.Contains("not an administrator any more", (await DisableAsync(host, second, ada.Id))!.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Id", "SEC-20")]
    public async Task Disable_SignedInPerson_EndsTheCookieAndEnablingLetsIn()
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        var id = await host.AddAsync("una@example.org", Roles.User);
        using var una = await host.SignInAsync("una@example.org");
        using var admin = await host.SignInAsync();

        using var disabled = await admin.SubmitAsync($"/people/{id}", "state");

        Assert.Equal($"/people/{id}?saved=state", disabled.LocalPath());
        Assert.Equal(HttpStatusCode.Redirect, (await una.GetAsync("/test/user")).StatusCode);
        using var enabled = await admin.SubmitAsync($"/people/{id}", "state");
        using var again = await host.SignInAsync("una@example.org");
    }

    [Fact]
    [Trait("Id", "SEC-20")]
    public async Task ChangeRole_SignedInPerson_EndsTheCookie()
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        var id = await host.AddAsync("una@example.org", Roles.Approver);
        using var una = await host.SignInAsync("una@example.org");
        using var admin = await host.SignInAsync();

        using var changed = await admin.SubmitAsync($"/people/{id}", "role", ("Role.Role", Roles.User));

        Assert.Equal(HttpStatusCode.Redirect, changed.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await una.GetAsync("/test/user")).StatusCode);
        using var again = await host.SignInAsync("una@example.org");
        Assert.Equal(HttpStatusCode.Redirect, (await again.GetAsync("/test/approver")).StatusCode);
    }

    [Fact]
    [Trait("Id", "SEC-20")]
    public async Task ResetPassword_LockedPerson_EndsTheCookieAndUnlocks()
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        var id = await host.AddAsync("una@example.org", Roles.User);
        using var una = await host.SignInAsync("una@example.org");
        using var admin = await host.SignInAsync();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            using var wrong = await host.Open().SignInAsync("una@example.org", "wrong password 123");
        }

        using var reset = await admin.SubmitAsync($"/people/{id}", "reset", ("Reset.Password", "another long password"));

        Assert.Equal(HttpStatusCode.Redirect, reset.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await una.GetAsync("/test/user")).StatusCode);
        using var again = await host.SignInAsync("una@example.org", "another long password");
    }

    [Fact]
    [Trait("Id", "SEC-20")]
    public async Task ChangePassword_OwnPassword_KeepsThisBrowserAndEndsOthers()
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        using var here = await host.SignInAsync();
        using var elsewhere = await host.SignInAsync();

        using var wrong = await here.SubmitAsync("/account/password", "password", Fields("wrong password 123"));
        Assert.NotNull((await Browser.ParseAsync(wrong)).GetElementById("input-current-error"));
        using var changed = await here.SubmitAsync("/account/password", "password", Fields(AccountHost.Password));

        Assert.Equal("/account/password?saved=true", changed.LocalPath());
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/test/user")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await elsewhere.GetAsync("/test/user")).StatusCode);

        static (string, string)[] Fields(string current) =>
            [("Input.Current", current), ("Input.Password", "another long password"), ("Input.Repeated", "another long password")];
    }

    [Fact]
    public async Task Person_UnknownId_IsNotFound()
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        using var admin = await host.SignInAsync();

        using var response = await admin.GetAsync("/people/nobody");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("Person not found", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static Task<FieldError?> DisableAsync(AccountHost host, ActingUser by, string id) =>
        host.UseAsync<PeopleService, FieldError?>(people => people.DisableAsync(by, id));
}
