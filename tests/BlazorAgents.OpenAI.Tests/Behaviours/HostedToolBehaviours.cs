using BlazorAgents.Agents;
using BlazorAgents.Agents.HostedTools;
using BlazorAgents.OpenAI.Providers;
using Microsoft.Extensions.AI;
using OpenAI.Files;
using OpenAI.VectorStores;

namespace BlazorAgents.OpenAI.Tests.Behaviours;

/// <summary>Tools that the provider runs. Who cannot have one says so before anything is sent.</summary>
internal static class HostedToolBehaviours
{
    private const string Handbook = """
        Travel expenses are refunded within fourteen days after the receipts were handed in at the finance office.

        Every employee has thirty days of paid vacation each year, which can be moved to the next year until the end of March.
        """;

    public static IReadOnlyList<Behaviour> All { get; } =
    [
        Hosted("File search by the provider", "the provider searches files and cites them", new HostedFileSearchTool(), SearchFilesAsync),
        Hosted("Code interpreter of the provider", "the provider runs code", new HostedCodeInterpreterTool(), RunCodeAsync),
        Hosted("Web search by the provider", "the provider searches the web and cites it", new HostedWebSearchTool(), SearchWebAsync),
        Hosted("Image generation by the provider", "the provider draws a picture", new HostedImageGenerationTool(), DrawAsync),
        Hosted("MCP servers called by the provider", "the provider calls an MCP server", Dice(), CallMcpAsync),
        Hosted("Approval of the provider's MCP calls", "an MCP call that was approved is made", Dice(), stage => ApproveMcpAsync(stage, approve: true)),
        Hosted("Approval of the provider's MCP calls", "an MCP call that was rejected is not made", Dice(), stage => ApproveMcpAsync(stage, approve: false)),
    ];

    private static Behaviour Hosted(string feature, string name, AITool tool, Func<BehaviourStage, Task> prove) => new(feature, name, prove)
    {
        LimitOf = type => HostedToolSupport.FindProblem(type, ProviderKind.Offline, tool) is { } problem ? new Limit(problem) : null,
        RemarkOf = type => HostedToolSupport.FindProblem(type, ProviderKind.Offline, tool) is null
            ? HostedToolSupport.FindProblem(type, ProviderKind.AzureOpenAI, tool)
            : HostedToolSupport.FindProblem(type, ProviderKind.OpenAI, tool) is null ? "On OpenAI its models made for search have it." : null,
    };

    private static HostedMcpServerTool Dice(HostedMcpServerToolApprovalMode? mode = null) => new("dice", DiceServer.Address) { ApprovalMode = mode };

    private static async Task SearchFilesAsync(BehaviourStage stage)
    {
        OpenAIFile file = await stage.Sdk.GetOpenAIFileClient().UploadFileAsync(BinaryData.FromString(Handbook), "handbook.txt", FileUploadPurpose.Assistants);
        VectorStore store = await stage.Sdk.GetVectorStoreClient().CreateVectorStoreAsync(new VectorStoreCreationOptions { FileIds = { file.Id } });
        await stage.Server.State.VectorStores.WaitUntilIndexedAsync([store.Id], CancellationToken.None);

        var answer = await AskAsync(
            stage,
            new HostedFileSearchTool { Inputs = [new HostedVectorStoreContent(store.Id)], MaximumResultCount = 3 },
            "How many days of paid vacation does every employee have?");

        Assert.Contains("thirty days", answer.Text, StringComparison.Ordinal);
        var found = Assert.Single(answer.Contents.OfType<FileSearchToolResultContent>());
        Assert.Contains(found.Passages, p => p.FileId == file.Id && p.Value.Contains("thirty days", StringComparison.Ordinal));
        Assert.Contains(answer.Citations, c => c.FileId == file.Id);
    }

    private static async Task RunCodeAsync(BehaviourStage stage)
    {
        var answer = await AskAsync(stage, new HostedCodeInterpreterTool(), "What is 12 * 7?");

        Assert.Contains("84", answer.Text, StringComparison.Ordinal);
        Assert.NotEmpty(answer.Contents.OfType<CodeInterpreterToolCallContent>());
        Assert.Contains(answer.Contents.OfType<CodeInterpreterToolResultContent>(), r => (r.Outputs ?? []).OfType<TextContent>().Any(t => t.Text.Contains("84", StringComparison.Ordinal)));
    }

    private static async Task SearchWebAsync(BehaviourStage stage)
    {
        var answer = await AskAsync(stage, new HostedWebSearchTool(), "Search the web: how tall is the Eiffel Tower?");

        Assert.Contains("330 metres", answer.Text, StringComparison.Ordinal);
        Assert.NotEmpty(answer.Contents.OfType<WebSearchToolCallContent>());
        Assert.Contains(answer.Citations, c => c.Url is not null);
    }

    private static async Task DrawAsync(BehaviourStage stage)
    {
        var answer = await AskAsync(stage, new HostedImageGenerationTool(), "Draw a picture of a red house by the sea");

        var drawn = Assert.Single(answer.Contents.OfType<ImageGenerationToolResultContent>());
        Assert.Equal("image/png", Assert.IsType<DataContent>(Assert.Single(drawn.Outputs ?? [])).MediaType);
    }

    private static async Task CallMcpAsync(BehaviourStage stage)
    {
        var answer = await AskAsync(stage, Dice(HostedMcpServerToolApprovalMode.NeverRequire), "Roll dice with 6 sides");

        Assert.Contains("You rolled 6", answer.Text, StringComparison.Ordinal);
        var call = Assert.Single(answer.Contents.OfType<McpServerToolCallContent>());
        Assert.Equal(("dice", "roll_dice"), (call.ServerName, call.Name));
    }

    private static async Task ApproveMcpAsync(BehaviourStage stage, bool approve)
    {
        var agent = stage.CreateAgent(Dice(HostedMcpServerToolApprovalMode.AlwaysRequire));
        var thread = agent.GetNewThread();

        var asked = await agent.RunAsync("Roll dice with 6 sides", thread).WaitAsync(BehaviourStage.Patience);
        var request = Assert.Single(asked.Messages.SelectMany(m => m.Contents).OfType<ToolApprovalRequestContent>());
        var answer = await agent.RunAsync([new ChatMessage(ChatRole.User, [request.CreateResponse(approve)])], thread).WaitAsync(BehaviourStage.Patience);

        Assert.Equal("roll_dice", Assert.IsType<McpServerToolCallContent>(request.ToolCall).Name);
        Assert.Contains(approve ? "You rolled 6" : "rejected", answer.Text, StringComparison.Ordinal);
    }

    /// <summary>Asks in a stream, and sees that the tool's work is told while it is done.</summary>
    private static async Task<HostedAnswer> AskAsync(BehaviourStage stage, AITool tool, string question)
    {
        var agent = stage.CreateAgent(tool);
        var updates = await agent.RunStreamingAsync(question).ToListAsync().AsTask().WaitAsync(BehaviourStage.Patience);
        Assert.Contains(updates.OfType<AgentUpdate.HostedToolChanged>(), u => u.Call.Status == HostedToolStatus.Completed);
        var answer = await agent.RunAsync(question).WaitAsync(BehaviourStage.Patience);
        return new HostedAnswer(
            answer.Text,
            [.. answer.Messages.SelectMany(m => m.Contents)],
            [.. updates.OfType<AgentUpdate.CitationAdded>().Select(u => u.Citation)]);
    }

    private sealed record HostedAnswer(string Text, IReadOnlyList<AIContent> Contents, IReadOnlyList<CitationAnnotation> Citations);
}
