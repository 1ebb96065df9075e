using BlazorAgents.Emulator;
using BlazorAgents.Emulator.Demo;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.OpenAI.Tests.Responses;
using BlazorAgents.Testing.Fakes;
using BlazorAgents.Testing.Specification;
using Microsoft.Extensions.AI;

namespace BlazorAgents.OpenAI.Tests.Contract;

/// <summary>What the Responses client, and the Assistants client over Conversations, ask follows OpenAI's specification.</summary>
public sealed class ResponsesClientContractTests
{
    private static readonly ClientRequest[] s_requests = [.. ClientRequests.All, .. HostedToolRequests.All];

    public static TheoryData<string> Names => [.. s_requests.Select(request => request.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Request_EachFeature_KeepsToTheSpecification(string name)
    {
        using var handler = new ContractHandler(new FakeHttpHandler(Answer), ContractChecks.Requests);
        var request = s_requests.Single(request => request.Name == name);
        foreach (var kind in request.Kinds(ClientType.Responses))
        {
            using var client = ContractClients.Responses(handler, kind);
            foreach (var id in new[] { null, "resp_1", "conv_1" })
            {
                var options = request.Options?.Clone() ?? new ChatOptions();
                options.ConversationId = id;
                await client.GetResponseAsync(request.Messages, options);
                await client.GetStreamingResponseAsync(request.Messages, options).ToChatResponseAsync();
            }
        }

        handler.AssertFulfilled();
    }

    [Fact]
    public async Task Conversation_WithTheEmulator_KeepsToTheSpecificationBothWays()
    {
        await using var server = await EmulatorServer.StartAsync(new EmulatorOptions { Pace = DemoPace.Instant });
        var coverage = new ContractCoverage();
        using var handler = new ContractHandler(new SocketsHttpHandler(), ContractChecks.All, coverage);
        using var client = ContractClients.Responses(handler, ProviderKind.Offline, server.BaseUrl);

        await TalkAsync(client);

        handler.AssertFulfilled();
        Assert.Equal(["createResponse"], coverage.Answered);
    }

    [Fact]
    public async Task AssistantsClient_WithTheEmulator_KeepsToTheSpecificationBothWays()
    {
        await using var server = await EmulatorServer.StartAsync(new EmulatorOptions { Pace = DemoPace.Instant });
        var coverage = new ContractCoverage();
        using var handler = new ContractHandler(new SocketsHttpHandler(), ContractChecks.All, coverage);
        await using (var client = ContractClients.Assistants(handler, ProviderKind.Offline, server.BaseUrl))
        {
            await TalkAsync(client);
        }

        handler.AssertFulfilled();
        Assert.Superset(new HashSet<string> { "createConversation", "createResponse", "deleteConversation" }, coverage.Answered.ToHashSet());
    }

    /// <summary>Everything but what the demo has no data for: other models and files of the server.</summary>
    private static async Task TalkAsync(IChatClient client)
    {
        foreach (var request in ClientRequests.All.Where(request => request.Options?.ModelId is null && !request.Messages.Any(message => message.Contents.OfType<HostedFileContent>().Any())))
        {
            await client.GetResponseAsync(request.Messages, request.Options);
            await client.GetStreamingResponseAsync(request.Messages, request.Options).ToChatResponseAsync();
        }
    }

    private static HttpResponseMessage Answer(FakeHttpRequest request) => request.Body.Contains("\"stream\":true", StringComparison.Ordinal)
        ? ResponseWire.Sse(ResponseWire.Created(), ResponseWire.Completed(ResponseWire.Message("msg_1", "ok")))
        : FakeHttpHandler.Json(ResponseWire.Response("completed", ResponseWire.Message("msg_1", "ok"), ResponseWire.Usage));
}
