using System.Net;
using BlazorAgents.Emulator;
using BlazorAgents.Emulator.Demo;
using BlazorAgents.OpenAI.Probe;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BlazorAgents.OpenAI.Tests.Probe;

public sealed class ProviderProbeTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Probe_ServerThatCanDoAll_SaysYesToAllAndLeavesNothingBehind()
    {
        using var server = new ProbeServer();

        var results = await server.RunAsync();

        Assert.Equal(Enum.GetValues<Capability>(), results.Keys.Order());
        Assert.All(results.Values, result => Assert.True(result.Support == CapabilitySupport.Yes, $"{result}"));
        Assert.Equal("The answer came in 2 pieces.", results[Capability.Streaming].Detail);
        Assert.Equal("The model made 2 calls at once.", results[Capability.ParallelTools].Detail);
        Assert.Equal("nomic-embed-text gives vectors of 3 numbers.", results[Capability.Embeddings].Detail);
        Assert.Equal(
            ["DELETE /v1/assistants/asst_1", "DELETE /v1/conversations/conv_1", "DELETE /v1/responses/resp_1", "DELETE /v1/vector_stores/vs_1"],
            server.Calls.Where(call => call.StartsWith("DELETE", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Contains("POST /v1/responses/resp_1/cancel", server.Calls);
        Assert.All(server.Handler.Requests, request => Assert.Equal($"Bearer {TestClients.Key}", request.Headers["Authorization"]));
    }

    [Fact]
    public async Task Probe_ItsRequests_AreSmallAndStoreOnlyWhatIsRemoved()
    {
        using var server = new ProbeServer();

        await server.RunAsync();

        var bodies = server.Handler.Requests.Where(request => request.Uri.AbsolutePath is "/v1/chat/completions" or "/v1/responses").Select(request => request.Body).ToList();
        Assert.All(bodies, body => Assert.Matches("\"max_(output_|completion_)?tokens\":(16|400)\\b", body));
        Assert.Single(bodies, body => body.Contains("\"store\":true", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(501)]
    public async Task Probe_ServerWithChatOnly_SaysNoWithTheStatus(int status)
    {
        using var server = new ProbeServer(request => request.Uri.AbsolutePath == "/v1/chat/completions" ? null : ProbeServer.Error(status, "nothing here"));

        var results = await server.RunAsync();

        Assert.Equal(CapabilitySupport.Yes, results[Capability.Tools].Support);
        foreach (var capability in new[] { Capability.Responses, Capability.Conversations, Capability.Background, Capability.VectorStores, Capability.Assistants, Capability.Embeddings })
        {
            Assert.Equal(CapabilitySupport.No, results[capability].Support);
            Assert.Contains($"The server answers {status}", results[capability].Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Probe_OpenAIWithoutAssistants_SaysWhyAndWhatInstead()
    {
        using var server = new ProbeServer(request => request.Uri.AbsolutePath == "/v1/assistants" ? ProbeServer.Error(404, "gone") : null);

        var result = (await server.RunAsync(ProviderKind.OpenAI))[Capability.Assistants];

        Assert.Equal(CapabilitySupport.No, result.Support);
        Assert.Contains("switched off on 2026-08-26", result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Id", "SEC-27")]
    public async Task Probe_KeyRefused_AsksOnceAndShowsNoKey()
    {
        using var server = new ProbeServer(_ => ProbeServer.Error(401, $"Incorrect API key provided: {TestClients.Key}", "invalid_api_key"));

        var results = await server.RunAsync();

        Assert.Single(server.Calls);
        Assert.Equal(Enum.GetValues<Capability>().Length, results.Count);
        Assert.All(results.Values, result => Assert.Equal(CapabilitySupport.Unknown, result.Support));
        Assert.Contains("refused", results[Capability.Streaming].Detail, StringComparison.Ordinal);
        Assert.Equal("Not tested, because the first test failed.", results[Capability.Tools].Detail);
        Assert.All(results.Values, result => Assert.DoesNotContain(TestClients.Key, result.Detail, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Id", "SEC-27")]
    public async Task Probe_KeyEchoedByOneInterface_IsNotInItsResult()
    {
        using var server = new ProbeServer(request => request.Uri.AbsolutePath is "/v1/conversations" or "/v1/embeddings"
            ? ProbeServer.Error(400, $"bad\r\nheader {request.Headers["Authorization"]}")
            : null);

        var results = await server.RunAsync();

        Assert.Equal("The server refused the request. The server answers 400: bad header Bearer [key].", results[Capability.Conversations].Detail);
        Assert.DoesNotContain(TestClients.Key, results[Capability.Embeddings].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Probe_NothingListens_AsksOnceAndSaysSo()
    {
        using var server = new ProbeServer(_ => throw new HttpRequestException("refused", new System.Net.Sockets.SocketException(111)));

        var results = await server.RunAsync();

        Assert.Single(server.Calls);
        Assert.Contains("models.example", results[Capability.Streaming].Detail, StringComparison.Ordinal);
        Assert.All(results.Values, result => Assert.Equal(CapabilitySupport.Unknown, result.Support));
    }

    [Fact]
    [Trait("Id", "REL-05")]
    public async Task Probe_WebSiteInsteadOfAnApi_SaysNoToAllWithoutFailing()
    {
        using var server = new ProbeServer(_ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("<html>Welcome</html>", null, "text/html") });

        var results = await server.RunAsync();

        Assert.All(results.Values, result => Assert.NotEqual(CapabilitySupport.Yes, result.Support));
        Assert.Equal("The answer is not what an OpenAI API sends.", results[Capability.Responses].Detail);
        Assert.DoesNotContain(server.Calls, call => call.StartsWith("DELETE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Probe_Redirect_IsNotFollowedAndNamed()
    {
        using var server = new ProbeServer(request => request.Uri.AbsolutePath == "/v1/vector_stores"
            ? new HttpResponseMessage(HttpStatusCode.MovedPermanently) { Headers = { Location = new Uri("http://169.254.169.254/") } }
            : null);

        var result = (await server.RunAsync())[Capability.VectorStores];

        Assert.Equal((CapabilitySupport.No, true), (result.Support, result.Detail.Contains("redirects (301)", StringComparison.Ordinal)));
        Assert.All(server.Handler.Requests, request => Assert.Equal("models.example", request.Uri.Host));
    }

    [Theory]
    [InlineData(429, "slow down")]
    [InlineData(503, "failed")]
    [InlineData(403, "may not use it")]
    public async Task Probe_FaultThatPasses_IsUnknownAndNotNo(int status, string said)
    {
        using var server = new ProbeServer(request => request.Uri.AbsolutePath == "/v1/responses" ? ProbeServer.Error(status, "hm") : null);

        var result = (await server.RunAsync())[Capability.Responses];

        Assert.Equal(CapabilitySupport.Unknown, result.Support);
        Assert.Contains(said, result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Probe_ModelOfAnswersThatMissThePoint_IsToldApart()
    {
        using var server = new ProbeServer(request => request.Body switch
        {
            var body when body.Contains("\"stream\":true", StringComparison.Ordinal) => null,
            var body when body.Contains("Rome", StringComparison.Ordinal) => ProbeServer.Text("Sunny in both."),
            var body when body.Contains("\"tools\"", StringComparison.Ordinal) => ProbeServer.Text("Let me think", "length"),
            var body when body.Contains("image_url", StringComparison.Ordinal) => ProbeServer.Text("I rendered a covered bridge."),
            var body when body.Contains("response_format", StringComparison.Ordinal) => ProbeServer.Text("""{"city":"Oslo"}"""),
            _ => null,
        });

        var results = await server.RunAsync();

        Assert.Equal(CapabilitySupport.No, results[Capability.ParallelTools].Support);
        Assert.Equal((CapabilitySupport.Unknown, true), (results[Capability.Tools].Support, results[Capability.Tools].Detail.Contains("used up", StringComparison.Ordinal)));
        Assert.Equal(CapabilitySupport.Unknown, results[Capability.Vision].Support);
        Assert.Equal("The answer was JSON, but it did not follow the schema.", results[Capability.JsonSchema].Detail);
    }

    [Fact]
    public async Task Probe_SomethingCannotBeRemoved_IsNamed()
    {
        using var server = new ProbeServer(request => request.Method == HttpMethod.Delete ? ProbeServer.Error(500, "no") : null);

        var result = (await server.RunAsync())[Capability.VectorStores];

        Assert.Equal("The server made a vector store. It could not be removed from the server: vs_1.", result.Detail);
    }

    [Fact]
    public async Task Probe_IdThatWouldLeadElsewhere_IsNotUsed()
    {
        using var server = new ProbeServer(request => request.Uri.AbsolutePath == "/v1/conversations"
            ? FakeHttpHandler.Json("""{"id":"../assistants/asst_of_someone","object":"conversation"}""")
            : null);

        var result = (await server.RunAsync())[Capability.Conversations];

        Assert.Equal(CapabilitySupport.No, result.Support);
        Assert.DoesNotContain(server.Calls, call => call.Contains("someone", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Id", "REL-04")]
    public async Task Probe_OneInterfaceIsSilent_EndsAfterFifteenSecondsAndTheOthersAreThere()
    {
        var time = new ManualTimeProvider();
        using var server = new ProbeServer(time: time, wrap: inner => new HeldHttpHandler(inner, "/v1/responses", new TaskCompletionSource().Task));
        var seen = new List<CapabilityResult>();
        var others = new TaskCompletionSource();

        var run = Task.Run(async () =>
        {
            await foreach (var result in server.Probe().RunAsync())
            {
                seen.Add(result);
                if (seen.Count == Enum.GetValues<Capability>().Length - 2)
                {
                    others.SetResult();
                }
            }
        });
        await others.Task.WaitAsync(s_patience);
        time.Advance(TimeSpan.FromSeconds(15));
        await run.WaitAsync(s_patience);

        Assert.Equal([Capability.Responses, Capability.Background], seen.TakeLast(2).Select(result => result.Capability).Order());
        Assert.All(seen.TakeLast(2), result => Assert.Equal((CapabilitySupport.Unknown, "No answer within 15 seconds."), (result.Support, result.Detail)));
    }

    [Fact]
    public async Task Probe_Cancelled_StillRemovesWhatItMade()
    {
        using var stop = new CancellationTokenSource();
        using var server = new ProbeServer(request =>
        {
            if (request.Uri.AbsolutePath == "/v1/vector_stores")
            {
                stop.Cancel(); // the person stops while the server is at it
            }

            return null;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await server.Probe().RunAsync(stop.Token).ToListAsync().AsTask().WaitAsync(s_patience));

        Assert.Contains("DELETE /v1/vector_stores/vs_1", server.Calls);
    }

    [Fact]
    public async Task Probe_OfflineDemo_ShowsWhatTheEmulatorHas()
    {
        await using var emulator = await EmulatorServer.StartAsync(new EmulatorOptions { Pace = DemoPace.Instant });
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddOpenAIProvider(new ConfigurationBuilder().Build())
            .BuildServiceProvider();
        services.GetRequiredService<OfflineEndpoint>().Address = emulator.BaseUrl;

        var found = await new ProviderProbe(services.GetRequiredService<ProviderClients>(), TimeProvider.System).RunAsync().ToListAsync();

        var results = found.ToDictionary(result => result.Capability);
        Assert.Equal(Enum.GetValues<Capability>(), results.Keys.Order());
        foreach (var capability in new[] { Capability.Streaming, Capability.Tools, Capability.ParallelTools, Capability.JsonSchema, Capability.Embeddings })
        {
            Assert.True(results[capability].Support == CapabilitySupport.Yes, $"{results[capability]}");
        }

        Assert.Equal(CapabilitySupport.Unknown, results[Capability.Vision].Support); // it takes images and cannot see
        Assert.All(results.Values, result => Assert.True(
            result.Support != CapabilitySupport.No || result.Detail.Contains("404", StringComparison.Ordinal), $"{result}"));
    }
}
