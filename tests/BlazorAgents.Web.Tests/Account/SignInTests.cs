using System.Net;
using BlazorAgents.Data;
using BlazorAgents.Web.Features.People;
using BlazorAgents.Web.Security;
using Microsoft.AspNetCore.Identity;

namespace BlazorAgents.Web.Tests.Account;

public sealed class SignInTests
{
    [Fact]
    public async Task SignIn_RightPassword_SetsCookieAndGoesHome()
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        using var browser = host.Open();

        using var response = await browser.SignInAsync(AccountHost.AdminEmail, AccountHost.Password);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/", response.LocalPath());
        Assert.Equal("user", await (await browser.GetAsync("/test/user")).Content.ReadAsStringAsync());
    }

    [Fact]
    [Trait("Id", "BLZ-10")]
    public async Task SignIn_OverHttp_CookieIsHttpOnlyAndLax()
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        using var browser = host.Open();

        using var response = await browser.SignInAsync(AccountHost.AdminEmail, AccountHost.Password);

        var cookie = response.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("BlazorAgents.Account=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    [Trait("Id", "BLZ-10")]
    public async Task SignIn_HttpsOnly_CookieIsBoundToTheHost()
    {
        await using var host = await AccountHost.StartWithAdminAsync(("Security:HttpsOnly", "true"));
        using var browser = host.Open();

        using var page = await browser.GetAsync("/account/login");

        var cookie = Assert.Single(page.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("__Host-BlazorAgents.Form=", cookie, StringComparison.Ordinal);
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(AccountHost.AdminEmail, "wrong password 123")]
    [InlineData("nobody@example.org", AccountHost.Password)]
    public async Task SignIn_WrongAddressOrPassword_SaysTheSameAndKeepsTheAddressOnly(string email, string password)
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        using var browser = host.Open();

        using var response = await browser.SignInAsync(email, password);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var page = await Browser.ParseAsync(response);
        Assert.StartsWith("The email address or the password is not right.", page.QuerySelector("[role=alert] p")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(email, page.QuerySelector("[name='Input.Email']")!.GetAttribute("value"));
        Assert.Null(page.QuerySelector("[name='Input.Password']")!.GetAttribute("value"));
    }

    [Fact]
    public async Task SignIn_EmptyFields_NamesEachFieldAndBindsTheErrorToIt()
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        using var browser = host.Open();

        using var response = await browser.SignInAsync("", "");

        var page = await Browser.ParseAsync(response);
        var email = page.QuerySelector("[name='Input.Email']")!;
        Assert.Equal("true", email.GetAttribute("aria-invalid"));
        Assert.Equal("Enter your email address.", page.GetElementById(email.GetAttribute("aria-describedby")!)!.TextContent);
        Assert.NotNull(page.QuerySelector($"label[for='{email.Id}']"));
    }

    [Fact]
    public async Task SignIn_FiveWrongPasswords_LocksOutTheRightOne()
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        using var browser = host.Open();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            using var wrong = await browser.SignInAsync(AccountHost.AdminEmail, "wrong password 123");
            Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
        }

        using var right = await browser.SignInAsync(AccountHost.AdminEmail, AccountHost.Password);

        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.True(await host.UseAsync<UserManager<AppUser>, bool>(
            async users => await users.IsLockedOutAsync((await users.FindByEmailAsync(AccountHost.AdminEmail))!)));
    }

    [Fact]
    public async Task SignIn_TooManyAttemptsFromOneAddress_AreRefusedWithRetryAfter()
    {
        await using var host = await AccountHost.StartWithAdminAsync(("Limits:SignInsPerMinute", "3"));
        using var browser = host.Open();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            using var allowed = await browser.SignInAsync($"person{attempt}@example.org", "wrong password 123");
            Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        }

        using var refused = await browser.SignInAsync(AccountHost.AdminEmail, AccountHost.Password);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("60", refused.Headers.GetValues("Retry-After").Single());
        Assert.Contains("Too many attempts", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/people?added=true", "/people?added=true")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("~/people", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("people", "/")]
    public async Task SignIn_ReturnUrl_StaysOnThisServer(string returnUrl, string expected)
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        using var browser = host.Open();

        using var response = await browser.SignInAsync(AccountHost.AdminEmail, AccountHost.Password, returnUrl);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(new Uri(host.Address, expected), new Uri(host.Address, response.Headers.Location!));
    }

    [Fact]
    public async Task Page_Unsigned_LeadsToSignInAndBack()
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        using var browser = host.Open();

        using var response = await browser.GetAsync("/people?added=true");

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/account/login?returnUrl=%2Fpeople%3Fadded%3Dtrue", response.LocalPath());
    }

    [Fact]
    public async Task SignOut_WithToken_EndsTheSession()
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        await host.AddAsync("una@example.org", Roles.User);
        using var browser = await host.SignInAsync("una@example.org");
        var token = (await browser.ReadAsync("/account/access-denied")).QuerySelector("form[action='/account/logout'] input[name=__RequestVerificationToken]")!;

        using var response = await browser.PostAsync("/account/logout", [new("__RequestVerificationToken", token.GetAttribute("value")!)]);

        Assert.Equal("/account/login", response.LocalPath());
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/test/user")).StatusCode);
    }

    [Fact]
    [Trait("Id", "SEC-22")]
    public async Task SignOut_WithoutToken_IsRefusedAndTheSessionLives()
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        using var browser = await host.SignInAsync();

        using var response = await browser.PostAsync("/account/logout", []);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/test/user")).StatusCode);
    }

    [Fact]
    [Trait("Id", "SEC-22")]
    public async Task SignIn_WithoutToken_IsRefusedWithAPage()
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        using var browser = host.Open();

        using var response = await browser.PostAsync(
            "/account/login",
            [new("_handler", "sign-in"), new("Input.Email", AccountHost.AdminEmail), new("Input.Password", AccountHost.Password)]);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("out of date", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(browser.Cookies.GetAllCookies());
    }

    [Fact]
    public async Task SignIn_Disabled_IsRefusedAndSaysSo()
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        var id = await host.AddAsync("una@example.org", Roles.User);
        await host.UseAsync<PeopleService, object?>(async people => await people.DisableAsync(await host.AdminAsync(), id));
        using var browser = host.Open();

        using var response = await browser.SignInAsync("una@example.org", AccountHost.Password);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("This account is disabled.", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/test/user")).StatusCode);
    }

    [Theory]
    [InlineData(Roles.User, HttpStatusCode.OK, HttpStatusCode.Redirect, HttpStatusCode.Redirect)]
    [InlineData(Roles.Approver, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Redirect)]
    [InlineData(Roles.Admin, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK)]
    [Trait("Id", "SEC-13")]
    public async Task Policies_EachRole_IncludesThoseBelow(string role, HttpStatusCode user, HttpStatusCode approver, HttpStatusCode admin)
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        await host.AddAsync("una@example.org", role);
        using var browser = await host.SignInAsync("una@example.org");

        Assert.Equal(user, (await browser.GetAsync("/test/user")).StatusCode);
        Assert.Equal(approver, (await browser.GetAsync("/test/approver")).StatusCode);
        Assert.Equal(admin, (await browser.GetAsync("/test/admin")).StatusCode);
        Assert.Equal(admin, (await browser.GetAsync("/people")).StatusCode);
    }

    [Fact]
    public async Task CurrentUser_InARequest_IsThePersonSignedIn()
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        var id = await host.AddAsync("una@example.org", Roles.Approver);
        using var browser = await host.SignInAsync("una@example.org");

        var who = await (await browser.GetAsync("/test/who")).Content.ReadAsStringAsync();

        Assert.Equal($$"""{"id":"{{id}}","name":"una","role":"Approver"}""", who);
    }
}
