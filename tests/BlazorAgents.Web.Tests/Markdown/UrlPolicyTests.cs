using BlazorAgents.Testing;
using BlazorAgents.Web.Markdown;

namespace BlazorAgents.Web.Tests.Markdown;

[Trait("Id", "SEC-03")]
public sealed class UrlPolicyTests
{
    [Fact]
    public void TryLink_HostileAddresses_AreRefused() =>
        Assert.All(HostileCorpus.BadAddresses, address => Assert.False(
            UrlPolicy.TryLink(address, out _) || UrlPolicy.TryLink(System.Net.WebUtility.HtmlDecode(address), out _), address));

    [Theory]
    [InlineData("https://example.com/a?b=c#d", "https://example.com/a?b=c#d", "example.com")]
    [InlineData("  HTTP://Example.COM:8080/x  ", "http://example.com:8080/x", "example.com")]
    [InlineData("https://exаmple.com/", "https://xn--exmple-4nf.com/", "xn--exmple-4nf.com")]
    [InlineData("https://example.com/?next=javascript:alert(1)", "https://example.com/?next=javascript:alert(1)", "example.com")]
    [InlineData("https://[::1]/x", "https://[::1]/x", "::1")]
    [InlineData("mailto:me@example.com", "mailto:me@example.com", "example.com")]
    public void TryLink_HonestAddress_IsNormalised(string raw, string href, string host)
    {
        Assert.True(UrlPolicy.TryLink(raw, out var url));
        Assert.Equal((href, host), (url.Href, url.Host));
    }

    // These are addresses until their host is asked for.
    [Theory]
    [InlineData("https://www.example.本-/x")]
    [InlineData("https://本-")]
    [InlineData("mailto:me@本-")]
    public void TryLink_HostThatIsNoName_IsRefused(string raw)
    {
        Assert.False(UrlPolicy.TryLink(raw, out _));
        Assert.Equal($"<p dir=\"auto\">{raw}</p>\n", Assert.Single(new MarkdownRenderer().RenderBlocks(raw)));
    }

    [Theory]
    [InlineData("mailto:me@example.com")]
    [InlineData("data:image/png;base64,iVBORw0KGgo=")]
    [InlineData(null)]
    [InlineData("")]
    public void TryImage_NotWeb_IsRefused(string? raw) => Assert.False(UrlPolicy.TryImage(raw, out _));
}
