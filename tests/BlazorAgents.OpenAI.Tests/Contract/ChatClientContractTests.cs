using BlazorAgents.Emulator;
using BlazorAgents.Emulator.Demo;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.Testing.Fakes;
using BlazorAgents.Testing.Specification;
using Microsoft.Extensions.AI;

namespace BlazorAgents.OpenAI.Tests.Contract;

/// <summary>What the Chat client asks follows OpenAI's specification.</summary>
public sealed class ChatClientContractTests
{
    private const string Chunk =
        """{"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"ok"},"finish_reason":"stop"}]}""";

    private const string Whole =
        """{"id":"c1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"ok","refusal":null},"logprobs":null,"finish_reason":"stop"}]}""";

    private static readonly ClientRequest[] s_requests =
    [
        .. ClientRequests.All,
        new("stops, seed and penalties", [new(ChatRole.User, "Hi")], new() { StopSequences = ["END", "STOP"], Seed = 7, FrequencyPenalty = 0.5f, PresencePenalty = -0.5f }),
        new("sound", [new(ChatRole.User, [new DataContent(new byte[] { 4 }, "audio/mpeg"), new DataContent(new byte[] { 5 }, "audio/wav")])]),
        new("web search", [new(ChatRole.User, "Hi")], new() { Tools = [new HostedWebSearchTool()] }),
    ];

    public static TheoryData<string> Names => [.. s_requests.Select(request => request.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Request_EachFeature_KeepsToTheSpecification(string name)
    {
        var request = s_requests.Single(request => request.Name == name);

        foreach (var kind in request.Kinds(ClientType.Chat))
        {
            Assert.Empty(await ViolationsAsync(request, kind));
        }
    }

    [Fact]
    public async Task Request_CompatibleServer_AddsOnlyTheNamesThatSuchServersKnow()
    {
        var request = new ClientRequest("",
            [new(ChatRole.Assistant, [new TextReasoningContent("thinking"), ScriptedChatClient.Call("a", "f")]), new(ChatRole.Tool, [new FunctionResultContent("a", "r")])],
            new ChatOptions { MaxOutputTokens = 5, TopK = 3 });

        var found = await ViolationsAsync(request, ProviderKind.Compatible);

        Assert.Equal(["$.messages[0].reasoning_content", "$.top_k"], found.Select(violation => violation.Path).Distinct().Order());
        Assert.All(found, violation => Assert.Equal("is not a property that the specification knows", violation.Problem));
    }

    [Fact]
    public async Task Conversation_WithTheEmulator_KeepsToTheSpecificationBothWays()
    {
        await using var server = await EmulatorServer.StartAsync(new EmulatorOptions { Pace = DemoPace.Instant });
        var coverage = new ContractCoverage();
        using var handler = new ContractHandler(new SocketsHttpHandler(), ContractChecks.All, coverage);
        using var client = ContractClients.Chat(handler, ProviderKind.Offline, server.BaseUrl);
        foreach (var request in ClientRequests.All.Where(request => request.Options?.ModelId is null))
        {
            await client.GetResponseAsync(request.Messages, request.Options);
            await client.GetStreamingResponseAsync(request.Messages, request.Options).ToChatResponseAsync();
        }

        handler.AssertFulfilled();
        Assert.Equal(["createChatCompletion"], coverage.Answered);
        Assert.Contains(("CreateChatCompletionStreamResponse", ""), coverage.Events);
    }

    private static async Task<IReadOnlyCollection<ContractViolation>> ViolationsAsync(ClientRequest request, ProviderKind kind)
    {
        using var handler = new ContractHandler(
            new FakeHttpHandler(seen => seen.Body.Contains("\"stream\":true", StringComparison.Ordinal) ? FakeHttpHandler.Sse(Chunk) : FakeHttpHandler.Json(Whole)),
            ContractChecks.Requests);
        using var client = ContractClients.Chat(handler, kind);

        await client.GetResponseAsync(request.Messages, request.Options);
        await client.GetStreamingResponseAsync(request.Messages, request.Options).ToChatResponseAsync();

        return handler.Violations;
    }
}
