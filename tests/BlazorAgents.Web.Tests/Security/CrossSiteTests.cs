using System.Net;
using System.Net.WebSockets;
using BlazorAgents.Web.Tests.Account;

namespace BlazorAgents.Web.Tests.Security;

[Trait("Id", "SEC-22")]
public sealed class CrossSiteTests
{
    [Theory]
    [InlineData(null, null, HttpStatusCode.OK)]
    [InlineData("own", null, HttpStatusCode.OK)]
    [InlineData("own", "same-origin", HttpStatusCode.OK)]
    [InlineData("http://evil.example", null, HttpStatusCode.Forbidden)]
    [InlineData("http://127.0.0.1:1", null, HttpStatusCode.Forbidden)]
    [InlineData("http://127.0.0.1", null, HttpStatusCode.Forbidden)]
    [InlineData("null", null, HttpStatusCode.Forbidden)]
    [InlineData("own", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData(null, "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("ftp://evil.example", null, HttpStatusCode.Forbidden)]
    [InlineData("http://本-", null, HttpStatusCode.Forbidden)]
    [InlineData("https://partner.example", "cross-site", HttpStatusCode.OK)]
    public async Task Request_FromAnOrigin_IsLetInOnlyFromHere(string? origin, string? site, HttpStatusCode expected)
    {
        await using var host = await AccountHost.StartWithAdminAsync(("Security:AllowedOriginHosts:0", "partner.example"));
        using var browser = await host.SignInAsync();

        foreach (var url in new[] { "/test/post", "/_blazor/negotiate?negotiateVersion=1" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url);
            Add(request, "Origin", origin == "own" ? host.Address.GetLeftPart(UriPartial.Authority) : origin);
            Add(request, "Sec-Fetch-Site", site);
            using var response = await browser.SendAsync(request);
            Assert.Equal(expected, response.StatusCode);
        }
    }

    [Theory]
    [InlineData("http://evil.example", false)]
    [InlineData(null, true)]
    public async Task WebSocket_FromAnOrigin_IsLetInOnlyFromHere(string? origin, bool expected)
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        using var browser = await host.SignInAsync();
        using var socket = new ClientWebSocket();
        socket.Options.Cookies = browser.Cookies;
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Origin", origin ?? host.Address.GetLeftPart(UriPartial.Authority));
        var address = new UriBuilder(host.Address) { Scheme = "ws", Path = "/_blazor" }.Uri;

        var exception = await Record.ExceptionAsync(() => socket.ConnectAsync(address, CancellationToken.None));

        Assert.Equal(expected, exception is null);
        Assert.Equal(expected ? HttpStatusCode.SwitchingProtocols : HttpStatusCode.Forbidden, socket.HttpStatusCode);
    }

    [Fact]
    public async Task Link_FromAnotherSite_OpensThePage()
    {
        await using var host = await AccountHost.StartWithAdminAsync();
        using var browser = await host.SignInAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/people");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        using var response = await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static void Add(HttpRequestMessage request, string name, string? value)
    {
        if (value is not null)
        {
            request.Headers.Add(name, value);
        }
    }
}
