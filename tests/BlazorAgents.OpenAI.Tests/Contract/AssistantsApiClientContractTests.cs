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
}
