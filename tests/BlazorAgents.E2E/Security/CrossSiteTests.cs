using System.Net;
using System.Net.WebSockets;
using BlazorAgents.E2E.Fixtures;

namespace BlazorAgents.E2E.Security;

[Collection(OfflineTests.Name)]
public sealed class CrossSiteTests(OfflineApp fixture)
{
    [Theory]
    [InlineData("http://evil.test", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("http://127.0.0.1:1", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.OK)]
    [Trait("Id", "SEC-22")]
    public async Task Only_the_own_origin_negotiates_a_circuit(string? origin, HttpStatusCode expected)
    {
        using var session = await SignInAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("_blazor/negotiate?negotiateVersion=1", UriKind.Relative));
        request.Headers.Add("Origin", origin ?? fixture.App.BaseUrl.GetLeftPart(UriPartial.Authority));

        using var response = await session.Http.SendAsync(request);

        Assert.Equal(expected, response.StatusCode);
    }

    [Theory]
    [InlineData("http://evil.test", false)]
    [InlineData("null", false)]
    [InlineData(null, true)]
    [Trait("Id", "SEC-22")]
    public async Task Only_the_own_origin_opens_the_circuits_web_socket(string? origin, bool opens)
    {
        using var session = await SignInAsync();
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.Cookies = session.Cookies;
        socket.Options.SetRequestHeader("Origin", origin ?? fixture.App.BaseUrl.GetLeftPart(UriPartial.Authority));
        var address = new UriBuilder(fixture.App.BaseUrl) { Scheme = "ws", Path = "/_blazor" }.Uri;

        var opening = socket.ConnectAsync(address, CancellationToken.None);

        if (opens)
        {
            await opening;
            Assert.Equal(WebSocketState.Open, socket.State);
        }
        else
        {
            await Assert.ThrowsAsync<WebSocketException>(() => opening);
            Assert.Equal(HttpStatusCode.Forbidden, socket.HttpStatusCode);
        }
    }

    [Theory]
    [InlineData("/account/logout")]
    [InlineData("/account/password")]
    [InlineData("/people/new")]
    [InlineData("/")]
    [Trait("Id", "SEC-22")]
    public async Task A_form_of_another_site_is_refused(string path)
    {
        using var session = await SignInAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new FormUrlEncodedContent([]) };
        request.Headers.Add("Origin", "http://evil.test");

        using var response = await session.Http.SendAsync(request);
        using var home = await session.GetAsync("/");

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, home.StatusCode);
    }

    private Task<AppSession> SignInAsync() => AppSession.SignInAsync(fixture.App.BaseUrl, Person.Admin);
}
