using System.Net;
using BlazorAgents.Web.Security;
using BlazorAgents.Web.Tests.Account;
using Microsoft.Extensions.Logging;

namespace BlazorAgents.Web.Tests.Security;

public sealed class HeadersTests(HeadersTests.Server server) : IClassFixture<HeadersTests.Server>
{
    [Theory]
    [InlineData("/account/password", HttpStatusCode.OK)]
    [InlineData("/account/login", HttpStatusCode.Redirect)]
    [InlineData("/setup?token=x", HttpStatusCode.NotFound)]
    [InlineData("/static.txt", HttpStatusCode.OK)]
    [InlineData("/people", HttpStatusCode.OK)]
    [InlineData("/no/such/page", HttpStatusCode.NotFound)]
    [InlineData("/test/throws", HttpStatusCode.InternalServerError)]
    [InlineData("/error", HttpStatusCode.InternalServerError)]
    [InlineData("/health/live", HttpStatusCode.OK)]
    [InlineData("/_blazor/negotiate", HttpStatusCode.MethodNotAllowed)]
    [Trait("Id", "BLZ-10")]
    public async Task Headers_EveryKindOfRoute_ArePresentOnce(string url, HttpStatusCode status)
    {
        using var response = await server.Admin.GetAsync(url);

        Assert.True(status == response.StatusCode, $"{response.StatusCode}: {string.Join(Environment.NewLine, server.Host.Log.Entries.Select(entry => entry.Exception))}");
        Assert.Equal(ContentSecurityPolicy.Default, Header(response, "Content-Security-Policy"));
        AssertHeaders(response);
    }

    [Fact]
    [Trait("Id", "BLZ-10")]
    public async Task Headers_RedirectOfAnUnsignedVisitor_ArePresent()
    {
        using var visitor = server.Host.Open();

        using var response = await visitor.GetAsync("/people");

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        AssertHeaders(response);
    }

    [Fact]
    [Trait("Id", "SEC-04")]
    public async Task Headers_FileWithItsOwnPolicy_KeepsIt()
    {
        using var response = await server.Admin.GetAsync("/test/file");

        Assert.Equal(ContentSecurityPolicy.Sandbox, Header(response, "Content-Security-Policy"));
        AssertHeaders(response);
    }

    [Theory]
    [InlineData("/account/password")]
    [InlineData("/people")]
    [InlineData("/no/such/page")]
    [Trait("Id", "BLZ-10")]
    public async Task Pages_Always_AreNotStored(string url)
    {
        using var response = await server.Admin.GetAsync(url);

        Assert.Equal("no-store", Header(response, "Cache-Control"));
    }

    [Fact]
    [Trait("Id", "BLZ-10")]
    public void Policy_Scripts_ComeFromHereOnly()
    {
        Assert.Contains("script-src 'self';", ContentSecurityPolicy.Default, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", ContentSecurityPolicy.Default, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", ContentSecurityPolicy.Default, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Id", "BLZ-10")]
    public async Task Hsts_HttpsOnly_IsSet()
    {
        await using var host = await AccountHost.StartWithAdminAsync(("Security:HttpsOnly", "true"));
        using var browser = host.Open();

        using var response = await browser.GetAsync("/account/login");

        Assert.Equal("max-age=31536000", Header(response, "Strict-Transport-Security"));
    }

    [Fact]
    [Trait("Id", "BLZ-06")]
    public async Task Exception_Unhandled_ShowsTheIdThatTheLogHasAndNoDetail()
    {
        using var response = await server.Admin.GetAsync("/test/throws");

        var page = await Browser.ParseAsync(response);
        var id = page.QuerySelector(".correlation-id")!.TextContent;
        Assert.DoesNotContain("secret detail", page.Source.Text, StringComparison.Ordinal);
        var entry = Assert.Single(server.Host.Log.Entries, entry => entry.Level == LogLevel.Error && entry.Text.Contains(id, StringComparison.Ordinal));
        Assert.Equal("the secret detail", entry.Exception!.Message);
    }

    [Fact]
    public async Task Unsigned_NotAPage_GetsThePlainStatus()
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server.Host.Address };

        using var response = await client.PostAsync(new Uri("/_blazor/negotiate?negotiateVersion=1", UriKind.Relative), null);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Body_BeyondTheLimit_IsRefused()
    {
        var big = new string('x', 70 * 1024);
        using var response = await server.Admin.PostAsync("/account/login", [new("Input.Email", big)]);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    private static void AssertHeaders(HttpResponseMessage response)
    {
        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
        Assert.Equal("DENY", Header(response, "X-Frame-Options"));
        Assert.Equal("same-origin", Header(response, "Referrer-Policy"));
        Assert.Equal("same-origin", Header(response, "Cross-Origin-Opener-Policy"));
        Assert.Contains("camera=()", Header(response, "Permissions-Policy"), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Server"));
    }

    private static string Header(HttpResponseMessage response, string name) => Assert.Single(response.Headers.GetValues(name));

    /// <summary>One server for all, since these tests change nothing on it.</summary>
    public sealed class Server : IAsyncLifetime
    {
        public AccountHost Host { get; private set; } = null!;

        public Browser Admin { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Host = await AccountHost.StartWithAdminAsync();
            Admin = await Host.SignInAsync();
        }

        public async Task DisposeAsync()
        {
            Admin.Dispose();
            await Host.DisposeAsync();
        }
    }
}
