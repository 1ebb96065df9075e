using System.Net;
using BlazorAgents.Agents;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BlazorAgents.OpenAI.Tests.Providers;

public sealed class StoredProviderTests
{
    private const string Answer =
        """{"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"ok"},"finish_reason":"stop"}]}""";

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task TwoProviders_AtOnce_EachHasItsOwnAddressKeyAndModel()
    {
        var seen = new List<FakeHttpRequest>();
        using var services = Build(request => { seen.Add(request); return FakeHttpHandler.Sse(Answer); });
        var configured = services.GetRequiredService<ProviderClients>();
        var stored = configured.For(Compatible("http://models.example:8000/v1"));

        await configured.CreateChatClient().CreateAgent().RunAsync("Hi");
        await stored.CreateChatClient().CreateAgent().RunAsync("Hi");

        Assert.Equal(["https://api.openai.com/v1/chat/completions", "http://models.example:8000/v1/chat/completions"], seen.Select(r => r.Uri.ToString()));
        Assert.Equal(["Bearer configured-key", $"Bearer {TestClients.Key}"], seen.Select(r => r.Headers["Authorization"]));
        Assert.Contains("\"model\":\"llama\"", seen[1].Body, StringComparison.Ordinal);
        Assert.Equal(new ProviderInfo(ProviderKind.Compatible, "Lab", "models.example:8000", "llama", "llama"), stored.Info);
    }

    [Fact]
    [Trait("Id", "REL-02")]
    public async Task TwoProviders_OneFails_TheOtherIsNotPaused()
    {
        using var services = Build(request => request.Uri.Host == "models.example"
            ? FakeHttpHandler.Json("{}", HttpStatusCode.ServiceUnavailable)
            : FakeHttpHandler.Sse(Answer));
        var configured = services.GetRequiredService<ProviderClients>();
        var broken = configured.For(Compatible("http://models.example/v1"));

        AgentException? error = null;
        for (var i = 0; error?.Message.Contains("paused", StringComparison.Ordinal) != true && i < 20; i++)
        {
            error = await Assert.ThrowsAsync<AgentException>(() => broken.Connection.Circuit.RunAsync<int>(
                _ => throw new AgentException(AgentErrorKind.Unavailable, "down"), CancellationToken.None));
        }

        Assert.Contains("Lab failed repeatedly", error!.Message, StringComparison.Ordinal);
        Assert.Equal("ok", (await configured.CreateChatClient().CreateAgent().RunAsync("Hi")).Text);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, "Lab refused the credentials. Check its key.")]
    [InlineData(HttpStatusCode.NotFound, "Lab does not know this model or deployment. Check its model and its address.")]
    public async Task StoredProvider_Fault_NamesTheProfileAndNoVariable(HttpStatusCode status, string expected)
    {
        using var services = Build(_ => FakeHttpHandler.Json("{}", status));
        var stored = services.GetRequiredService<ProviderClients>().For(Compatible("http://models.example/v1"));

        var error = await Assert.ThrowsAsync<AgentException>(() => stored.CreateChatClient().CreateAgent().RunAsync("Hi"));

        Assert.Equal(expected, error.Message);
    }

    [Fact]
    public void Settings_AsText_DoNotShowTheKey() =>
        Assert.DoesNotContain(TestClients.Key, $"{Compatible("http://models.example/v1")}", StringComparison.Ordinal);

    private static ProviderSettings Compatible(string endpoint) => new()
    {
        Kind = ProviderKind.Compatible,
        Endpoint = new Uri(endpoint),
        Name = "Lab",
        ApiKey = TestClients.Key,
        ChatModelId = "llama",
    };

    private ServiceProvider Build(Func<FakeHttpRequest, HttpResponseMessage> answer)
    {
        var settings = new Dictionary<string, string?> { ["OPENAI_API_KEY"] = "configured-key" };
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(_time)
            .AddOpenAIProvider(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.Configure<ProviderOptions>(o => o.CreateHandler = () => new FakeHttpHandler(answer));
        return services.BuildServiceProvider(validateScopes: true);
    }
}
