using System.Net;
using BlazorAgents.Data;
using BlazorAgents.Web.Features.Account;
using BlazorAgents.Web.Features.Setup;
using BlazorAgents.Web.Tests.Account;
using Microsoft.Extensions.DependencyInjection;

namespace BlazorAgents.Web.Tests.Setup;

public sealed class SetupTests
{
    private static readonly (string Name, string Value)[] s_admin =
        [("Input.Email", "grace@example.org"), ("Input.DisplayName", "Grace"), ("Input.Password", AccountHost.Password)];

    [Fact]
    public async Task SetupLink_FirstUse_MakesTheAdministratorAndSignsIn()
    {
        await using var host = await AccountHost.StartAsync();
        using var browser = host.Open();

        using var response = await browser.SubmitAsync(Link(host), "setup", s_admin);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/", response.LocalPath());
        Assert.Equal("admin", await (await browser.GetAsync("/test/admin")).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task SetupLink_SecondUse_IsNotFound()
    {
        await using var host = await AccountHost.StartAsync();
        using var browser = host.Open();
        var link = Link(host);
        using var first = await browser.SubmitAsync(link, "setup", s_admin);
        using var other = host.Open();

        using var second = await other.GetAsync(link);

        Assert.Equal(HttpStatusCode.NotFound, second.StatusCode);
        Assert.Contains("This setup link does not work", await second.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SetupLink_OpenedAgainAfterSetup_MakesNobody()
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        using var browser = host.Open();

        using var page = await browser.GetAsync(Link(host));

        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
    }

    [Fact]
    public async Task SetupLink_TwoAtOnce_MakesOneAdministrator()
    {
        await using var host = await AccountHost.StartAsync();
        var token = host.Services.GetRequiredService<SetupLink>().Open();

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => host.UseAsync<FirstAdministrator, AccountResult?>(
            first => first.CreateAsync(token, new NewAccount($"admin{number}@example.org", "Admin", null, AccountHost.Password), default))));

        Assert.Single(results, result => result?.Succeeded == true);
    }

    [Theory]
    [InlineData("/setup")]
    [InlineData("/setup?token=")]
    [InlineData("/setup?token=0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task SetupLink_WrongToken_IsNotFoundAndSaysWhatToDo(string url)
    {
        await using var host = await AccountHost.StartAsync();
        using var browser = host.Open();

        using var response = await browser.GetAsync(url);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("restart the", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SetupLink_WeakPassword_NamesTheFieldAndStaysUsable()
    {
        await using var host = await AccountHost.StartAsync();
        using var browser = host.Open();
        var link = Link(host);

        using var weak = await browser.SubmitAsync(link, "setup", ("Input.Email", "grace@example.org"), ("Input.DisplayName", "Grace"), ("Input.Password", "short"));

        var page = await Browser.ParseAsync(weak);
        Assert.Equal("Use at least 12 characters.", page.GetElementById("input-password-error")!.TextContent);
        Assert.Equal("grace@example.org", page.GetElementById("input-email")!.GetAttribute("value"));
        Assert.Null(page.GetElementById("input-password")!.GetAttribute("value"));
        using var good = await browser.SubmitAsync(link, "setup", s_admin);
        Assert.Equal(HttpStatusCode.Redirect, good.StatusCode);
    }

    [Fact]
    public void SetupLink_AfterADay_IsNotAccepted()
    {
        var clock = new SteppedClock();
        var link = new SetupLink(clock);
        var token = link.Open();
        Assert.True(link.Accepts(token));

        clock.Now += SetupLink.Lifetime;

        Assert.False(link.Accepts(token));
    }

    [Fact]
    public void SetupLink_NewStart_EndsTheOldToken()
    {
        var link = new SetupLink(TimeProvider.System);
        var old = link.Open();

        var token = link.Open();

        Assert.Equal(64, token.Length);
        Assert.False(link.Accepts(old));
        Assert.True(link.Accepts(token));
    }

    [Fact]
    public void Announcement_AnyAddress_IsOneThatCanBeOpened() =>
        Assert.Equal(
            string.Join(
                Environment.NewLine,
                "Setup link (works once): http://127.0.0.1:5080/setup?token=t",
                "Setup link (works once): http://localhost:8080/setup?token=t",
                "Setup link (works once): http://localhost:80/setup?token=t"),
            SetupLinkAnnouncer.Text(["http://127.0.0.1:5080", "http://[::]:8080", "http://0.0.0.0:80"], "t"));

    [Fact]
    public async Task Login_NoAccounts_PointsToTheSetupLink()
    {
        await using var host = await AccountHost.StartAsync();
        using var browser = host.Open();

        var page = await browser.ReadAsync("/account/login");

        Assert.Contains("setup link", page.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("form"));
    }

    [Fact]
    public async Task Configuration_EmailAndPassword_MakesTheAdministrator()
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        using var browser = await host.SignInAsync();

        Assert.Equal("admin", await (await browser.GetAsync("/test/admin")).Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("not an address", AccountHost.Password, "Setup:AdminEmail")]
    [InlineData(AccountHost.AdminEmail, "short", "Setup:AdminPassword")]
    [InlineData(AccountHost.AdminEmail, "", "Setup:AdminPassword")]
    [InlineData("", AccountHost.Password, "Setup:AdminEmail")]
    public async Task Configuration_NotValid_FailsTheStartAndNamesTheKey(string email, string password, string key)
    {
        var exception = await Assert.ThrowsAsync<SetupConfigurationException>(
            () => AccountHost.StartAsync(("Setup:AdminEmail", email), ("Setup:AdminPassword", password)));

        Assert.StartsWith(key + ":", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(AccountHost.Password, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prepare_Again_LeavesRolesAndAdministratorAsTheyAre()
    {
        await using var host = await AccountHost.StartWithAdminAsync();

        await host.UseAsync<FirstAdministrator, bool>(async first =>
        {
            await first.PrepareAsync(default);
            return true;
        });

        var (users, roles) = await host.UseAsync<AppDbContext, (int, int)>(data => Task.FromResult((data.Users.Count(), data.Roles.Count())));
        Assert.Equal((1, 3), (users, roles));
    }

    private static string Link(AccountHost host) => "/setup?token=" + host.Services.GetRequiredService<SetupLink>().Open();

    private sealed class SteppedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
