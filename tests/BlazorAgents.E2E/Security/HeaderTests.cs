using BlazorAgents.E2E.Fixtures;

namespace BlazorAgents.E2E.Security;

[Collection(OfflineTests.Name)]
public sealed class HeaderTests(OfflineApp fixture)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/c/00000000-0000-7000-8000-000000000000")]
    [InlineData("/people")]
    [InlineData("/people/new")]
    [InlineData("/account/login")]
    [InlineData("/account/password")]
    [InlineData("/account/access-denied")]
    [InlineData("/setup")]
    [InlineData("/error")]
    [InlineData("/no/such/page")]
    [InlineData("/health/ready")]
    [InlineData("/_blazor")]
    [InlineData("/css/tokens.css")]
    [InlineData("/_framework/blazor.web.js")]
    [Trait("Id", "BLZ-10")]
    public async Task Every_answer_carries_the_security_headers(string path)
    {
        using var session = await AppSession.SignInAsync(fixture.App.BaseUrl, Person.Admin);

        using var response = await session.GetAsync(path);

        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("DENY", Assert.Single(response.Headers.GetValues("X-Frame-Options")));
        Assert.Equal("same-origin", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("same-origin", Assert.Single(response.Headers.GetValues("Cross-Origin-Opener-Policy")));
        Assert.True(response.Headers.Contains("Permissions-Policy"));
        Assert.False(response.Headers.Contains("Server"));
        if (response.Content.Headers.ContentType?.MediaType == "text/html")
        {
            Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        }
    }

    [Fact]
    [Trait("Id", "BLZ-10")]
    public async Task Every_cookie_is_out_of_reach_for_scripts_and_other_sites()
    {
        using var session = new AppSession(fixture.App.BaseUrl);
        using var page = await session.GetAsync("/account/login");
        using var signedIn = await session.SubmitAsync("account/login", new() { ["Input.Email"] = Person.Admin.Email, ["Input.Password"] = Person.Admin.Password });

        var cookies = new[] { page, signedIn }.SelectMany(response => response.Headers.TryGetValues("Set-Cookie", out var values) ? values : []).ToList();

        Assert.Contains(cookies, cookie => cookie.StartsWith("BlazorAgents.Account=", StringComparison.Ordinal));
        Assert.All(cookies, cookie =>
        {
            Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Matches("(?i)samesite=(lax|strict)", cookie);
        });
    }
}
