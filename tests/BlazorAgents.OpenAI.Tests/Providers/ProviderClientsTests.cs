using System.Net;
using BlazorAgents.Agents;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BlazorAgents.OpenAI.Tests.Providers;

public sealed class ProviderClientsTests
{
    private const string Answer =
        """{"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"ok"},"finish_reason":"stop"}]}""";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private readonly ManualTimeProvider _time = new();
    private readonly ListLogger<ProviderClients> _log = new();

    [Fact]
    [Trait("Id", "REL-02")]
    public async Task ChatClient_503ThenAnswer_TriesAgainThroughTheWholePipeline()
    {
        var calls = 0;
        using var services = Build(_ => ++calls == 1 ? FakeHttpHandler.Json("{}", HttpStatusCode.ServiceUnavailable) : FakeHttpHandler.Sse(Answer));
        var agent = services.GetRequiredService<ProviderClients>().CreateChatClient().CreateAgent();

        var run = agent.RunStreamingAsync("Hi").ToListAsync().AsTask();
        var wait = await _time.WaitForTimerAsync(left => left < TimeSpan.FromSeconds(2));
        _time.Advance(wait);
        var updates = await run.WaitAsync(s_patience);

        Assert.Equal(AgentErrorKind.Unavailable, updates.OfType<AgentUpdate.RetryScheduled>().Single().Reason);
        Assert.Equal("ok", updates.OfType<AgentUpdate.TextDelta>().Single().Text);
        Assert.Equal(2, calls);
    }

    [Fact]
    [Trait("Id", "SEC-27")]
    public async Task ChatClient_KeyEchoedInAFault_IsInNoLogAndNoException()
    {
        using var services = Build(request => FakeHttpHandler.Json(
            $$$"""{"error":{"message":"{{{request.Headers["Authorization"]}}}"}}""", HttpStatusCode.InternalServerError));
        var agent = services.GetRequiredService<ProviderClients>().CreateChatClient().CreateAgent();

        var run = agent.RunAsync("Hi");
        for (var i = 0; i < 2; i++)
        {
            _time.Advance(await _time.WaitForTimerAsync(left => left < TimeSpan.FromSeconds(4)));
        }

        var error = await Assert.ThrowsAsync<AgentException>(() => run.WaitAsync(s_patience));
        Assert.DoesNotContain(TestClients.Key, error.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(_log.Entries);
        Assert.DoesNotContain(_log.Entries, e => $"{e.Text} {e.Exception}".Contains(TestClients.Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ChatClient_WebPageWithSuccess_IsNoAnswerAndNotAskedForAgain()
    {
        using var services = Build(_ => new HttpResponseMessage { Content = new StringContent("<!doctype html>", null, "text/html") });

        var error = await Assert.ThrowsAsync<AgentException>(() => services.GetRequiredService<ProviderClients>().CreateChatClient().CreateAgent().RunAsync("Hi").WaitAsync(s_patience));

        Assert.Equal(AgentErrorKind.BadResponse, error.Kind);
        Assert.Contains("OPENAI_API_BASE_URL", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChatClient_ModelOfTheRequest_WinsOverTheDefault()
    {
        var bodies = new List<string>();
        using var services = Build(request => { bodies.Add(request.Body); return FakeHttpHandler.Sse(Answer); });
        var client = services.GetRequiredService<ProviderClients>().CreateChatClient();

        await client.CreateAgent().RunAsync("Hi");
        await client.CreateAgent().RunAsync("Hi", runOptions: new AgentRunOptions { ModelId = "special" });

        Assert.Contains("\"model\":\"gpt-test\"", bodies[0], StringComparison.Ordinal);
        Assert.Contains("\"model\":\"special\"", bodies[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChatClient_ItsRequests_DescribeNeitherMachineNorOrganisationUnasked()
    {
        FakeHttpRequest? seen = null;
        using var services = Build(request => { seen = request; return FakeHttpHandler.Sse(Answer); });

        await services.GetRequiredService<ProviderClients>().CreateChatClient().CreateAgent().RunAsync("Hi");

        Assert.DoesNotContain(seen!.Headers.Keys, name => name.StartsWith("X-Stainless", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("OpenAI-Organization", seen.Headers.Keys);
    }

    [Theory]
    [InlineData(ClientType.Chat, "/v1/chat/completions", "gpt-test")]
    [InlineData(ClientType.Responses, "/v1/responses", "gpt-thinking")]
    public async Task ChatClient_OfEachType_UsesItsInterfaceAndModel(ClientType type, string path, string model)
    {
        FakeHttpRequest? seen = null;
        using var services = Build(request => { seen = request; return FakeHttpHandler.Json("{}", HttpStatusCode.BadRequest); });

        await Assert.ThrowsAsync<AgentException>(() => services.GetRequiredService<ProviderClients>().CreateChatClient(type).CreateAgent().RunAsync("Hi"));

        Assert.Equal(path, seen!.Uri.AbsolutePath);
        Assert.Contains($"\"model\":\"{model}\"", seen.Body, StringComparison.Ordinal);
    }

    /// <summary>The first answer may be at work and kept: a second one would cost and say it twice.</summary>
    [Fact]
    public async Task ResponsesClient_BrokenAfterItsBeginning_IsNotAskedAgain()
    {
        var calls = 0;
        using var services = Build(_ => { calls++; return Responses.ResponseWire.Sse(Responses.ResponseWire.Created()); });

        var error = await Assert.ThrowsAsync<AgentException>(
            () => services.GetRequiredService<ProviderClients>().CreateChatClient(ClientType.Responses).CreateAgent()
                .RunAsync("Hi", runOptions: new AgentRunOptions { Store = true }).WaitAsync(s_patience));

        Assert.Equal((1, AgentErrorKind.Unavailable), (calls, error.Kind));
    }

    /// <summary>A model that thinks sends a beginning at once and then nothing for minutes.</summary>
    [Fact]
    public async Task ResponsesClient_ThinkingForMinutes_IsNoStall()
    {
        var body = Responses.ResponseWire.Bytes(Responses.ResponseWire.Number([Responses.ResponseWire.Created()]));
        using var services = Build(_ => FakeHttpHandler.RawSse(new ChunkedStream(body, 64, hangs: true)));

        var client = services.GetRequiredService<ProviderClients>().CreateChatClient(ClientType.Responses);
        await using var updates = client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "Hi")]).GetAsyncEnumerator();
        Assert.True(await updates.MoveNextAsync());
        var next = updates.MoveNextAsync().AsTask();
        await _time.WaitForTimerAsync(left => left == TimeSpan.FromSeconds(300));
        _time.Advance(TimeSpan.FromSeconds(299));
        Assert.False(next.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(await next.WaitAsync(s_patience));
        Assert.IsType<Agents.Pipeline.RetryNoticeContent>(updates.Current.Contents.Single());
    }

    [Fact]
    public async Task Offline_EndpointGivenLater_IsUsed()
    {
        FakeHttpRequest? seen = null;
        using var services = Build(request => { seen = request; return FakeHttpHandler.Sse(Answer); }, configured: false);
        var clients = services.GetRequiredService<ProviderClients>();

        var early = Assert.Throws<AgentException>(() => clients.CreateChatClient());
        services.GetRequiredService<OfflineEndpoint>().Address = new Uri("http://127.0.0.1:5/v1");
        await clients.CreateChatClient().CreateAgent().RunAsync("Hi");

        Assert.Equal(AgentErrorKind.Unavailable, early.Kind);
        Assert.Equal("http://127.0.0.1:5/v1/chat/completions", seen!.Uri.ToString());
        Assert.Equal("127.0.0.1:5", clients.Info.Host);
    }

    [Fact]
    public async Task Models_Listed_AreKeptForFiveMinutesAndOnlyThoseThatChat()
    {
        var calls = 0;
        using var services = Build(_ =>
        {
            calls++;
            return FakeHttpHandler.Json("""{"object":"list","data":[{"id":"z-chat","object":"model","created":1,"owned_by":"x"},{"id":"text-embedding-3-small","object":"model","created":1,"owned_by":"x"},{"id":"gpt-test","object":"model","created":1,"owned_by":"x"}]}""");
        });
        var catalog = services.GetRequiredService<ModelCatalog>();

        var models = await catalog.GetModelIdsAsync(default);
        await catalog.GetModelIdsAsync(default);
        Assert.Equal(1, calls);
        _time.Advance(TimeSpan.FromMinutes(5));
        await catalog.GetModelIdsAsync(default);

        Assert.Equal(["gpt-test", "gpt-thinking", "z-chat"], models);
        Assert.Equal(2, calls);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(200)]
    public async Task Models_ServerWithoutTheList_GivesTheConfiguredOnes(int status)
    {
        using var services = Build(_ => FakeHttpHandler.Json("<html/>", (HttpStatusCode)status));

        Assert.Equal(["gpt-test", "gpt-thinking"], await services.GetRequiredService<ModelCatalog>().GetModelIdsAsync(default));
    }

    private ServiceProvider Build(Func<FakeHttpRequest, HttpResponseMessage> answer, bool configured = true)
    {
        var settings = configured
            ? new Dictionary<string, string?> { ["OPENAI_API_KEY"] = TestClients.Key, ["OPENAI_CHAT_MODEL_ID"] = "gpt-test", ["OPENAI_RESPONSES_MODEL_ID"] = "gpt-thinking" }
            : [];
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(_time)
            .AddOpenAIProvider(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddSingleton<ILogger<ProviderClients>>(_log);
        services.Configure<ProviderOptions>(o => o.CreateHandler = () => new FakeHttpHandler(answer));
        return services.BuildServiceProvider(validateScopes: true);
    }
}
