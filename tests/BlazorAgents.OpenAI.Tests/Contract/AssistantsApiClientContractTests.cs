using BlazorAgents.Emulator;
using BlazorAgents.Emulator.Demo;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.OpenAI.Tests.Assistants;
using BlazorAgents.Testing.Specification;
using Microsoft.Extensions.AI;

namespace BlazorAgents.OpenAI.Tests.Contract;

/// <summary>What the client of the retired Assistants API asks follows OpenAI's specification.</summary>
public sealed class AssistantsApiClientContractTests
{
    private const string Files = "files"; // an assistant reads them with a tool only

    private static readonly ClientRequest[] s_requests =
    [
        .. ClientRequests.All.Concat(HostedToolRequests.All).Where(request => request.Name != Files && request.Kinds(ClientType.AssistantsApi).Any()),
        ClientRequests.All.Single(request => request.Name == Files) with { Options = new ChatOptions { Tools = [new HostedFileSearchTool(), new HostedCodeInterpreterTool()] } },
    ];

    public static TheoryData<string> Names => [.. s_requests.Select(request => request.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Request_EachFeature_KeepsToTheSpecification(string name)
    {
        var server = new AssistantsServer().ThenText("one").ThenText("two");
        var coverage = new ContractCoverage();
        using var handler = new ContractHandler(server.Handler, ContractChecks.Requests, coverage);
        var request = s_requests.Single(request => request.Name == name);
        await using (var client = ContractClients.AssistantsApi(handler, ProviderKind.OpenAI))
        {
            await client.GetResponseAsync(request.Messages, request.Options);
            var options = request.Options?.Clone() ?? new ChatOptions();
            options.ConversationId = "thread_9";
            await client.GetStreamingResponseAsync(request.Messages, options).ToChatResponseAsync();
        }

        handler.AssertFulfilled();
        Assert.Superset(new HashSet<string> { "createAssistant", "createRun", "deleteAssistant" }, coverage.Requested.ToHashSet());
    }

    [Fact]
    public async Task Conversation_WithTheEmulator_KeepsToTheSpecificationBothWays()
    {
        await using var server = await EmulatorServer.StartAsync(new EmulatorOptions { Pace = DemoPace.Instant });
        var coverage = new ContractCoverage();
        using var handler = new ContractHandler(new SocketsHttpHandler(), ContractChecks.All, coverage);
        await using (var client = ContractClients.AssistantsApi(handler, ProviderKind.Offline, server.BaseUrl))
        {
            foreach (var request in s_requests.Where(request => request.Options?.ModelId is null && !NeedsServerFiles(request)))
            {
                await client.GetResponseAsync(request.Messages, request.Options);
            }
        }

        handler.AssertFulfilled();
        Assert.Superset(new HashSet<string> { "createAssistant", "createRun", "deleteAssistant" }, coverage.Answered.ToHashSet());
    }

    private static bool NeedsServerFiles(ClientRequest request) =>
        request.Messages.Any(message => message.Contents.OfType<HostedFileContent>().Any())
        || request.Options?.Tools?.Any(tool => tool is HostedFileSearchTool { Inputs.Count: > 0 } or HostedCodeInterpreterTool { Inputs.Count: > 0 }) == true;
}
