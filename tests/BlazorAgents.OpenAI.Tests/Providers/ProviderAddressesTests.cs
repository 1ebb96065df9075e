using System.Net;
using BlazorAgents.Agents;
using BlazorAgents.OpenAI.Providers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BlazorAgents.OpenAI.Tests.Providers;

public sealed class ProviderAddressesTests
{
    [Theory]
    [Trait("Id", "SEC-09")]
    [InlineData("169.254.169.254", true)]
    [InlineData("169.254.0.1", true)]
    [InlineData("fe80::1", true)]
    [InlineData("fe80::1%2", true)]
    [InlineData("febf::1", true)]
    [InlineData("::ffff:169.254.169.254", true)]
    [InlineData("64:ff9b::a9fe:a9fe", true)]
    [InlineData("2002:a9fe:a9fe::1", true)]
    [InlineData("fd00:ec2::254", true)]
    [InlineData("100.100.100.200", true)]
    [InlineData("168.63.129.16", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("::1", false)]
    [InlineData("10.0.0.5", false)]
    [InlineData("192.168.1.9", false)]
    [InlineData("fd12:3456::1", false)]
    [InlineData("169.253.1.1", false)]
    [InlineData("203.0.113.4", false)]
    [InlineData("2001:db8::1", false)]
    public void Address_LinkLocalOrMetadata_IsRefused(string address, bool refused) =>
        Assert.Equal(refused, ProviderAddresses.IsRefused(IPAddress.Parse(address)));

    [Theory]
    [Trait("Id", "SEC-09")]
    [InlineData("http://169.254.169.254/v1", true)]
    [InlineData("http://2852039166/v1", true)]
    [InlineData("http://0xa9fea9fe/v1", true)]
    [InlineData("http://0251.0376.0251.0376/v1", true)]
    [InlineData("http://①⑥⑨.②⑤④.169.254/v1", true)]
    [InlineData("http://[fe80::1]/v1", true)]
    [InlineData("http://[::ffff:a9fe:a9fe]/v1", true)]
    [InlineData("http://localhost:8000/v1", false)]
    [InlineData("https://api.openai.com/v1", false)]
    public void Url_WrittenAsARefusedAddress_IsRefused(string url, bool refused) =>
        Assert.Equal(refused, ProviderAddresses.IsRefused(new Uri(url)));

    [Theory]
    [Trait("Id", "SEC-09")]
    [InlineData("http://169.254.169.254/latest/v1")]
    [InlineData("http://[fe80::1]:8000/v1")]
    public async Task Call_ToARefusedAddress_ConnectsToNothingAndSaysSo(string url)
    {
        using var services = new ServiceCollection()
            .AddLogging()
            .AddOpenAIProvider(new ConfigurationBuilder().AddInMemoryCollection([new("OPENAI_API_BASE_URL", url)]).Build())
            .BuildServiceProvider();
        var connection = services.GetRequiredService<ProviderClients>().Connection;

        var error = await Assert.ThrowsAnyAsync<Exception>(() => connection.Client.GetOpenAIModelClient().GetModelsAsync());

        Assert.Contains("is refused", error.ToString(), StringComparison.Ordinal);
        var told = connection.Errors.Translate(error);
        Assert.Equal(AgentErrorKind.Unavailable, told.Kind);
        Assert.Contains("refused: link-local", told.Message, StringComparison.Ordinal);
    }
}
