using BlazorAgents.Agents;
using BlazorAgents.Agents.HostedTools;
using BlazorAgents.Emulator;
using BlazorAgents.Emulator.Demo;
using BlazorAgents.OpenAI.Assistants;
using BlazorAgents.OpenAI.Providers;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using OpenAI.Assistants;
using AgentThread = BlazorAgents.Agents.AgentThread;

namespace BlazorAgents.OpenAI.Tests.Assistants;

/// <summary>The guide's patterns of threads with each client type, over real connections to the emulator.</summary>
public sealed class EmulatorThreadTests : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private readonly ServiceProvider _services =
        new ServiceCollection().AddLogging().AddOpenAIProvider(new ConfigurationBuilder().Build()).BuildServiceProvider();

    private EmulatorServer? _emulator;

    public static TheoryData<ClientType> AllTypes => [ClientType.Chat, ClientType.Responses, ClientType.Assistants, ClientType.AssistantsApi];

    public static TheoryData<ClientType> ServiceTypes => [ClientType.Responses, ClientType.Assistants, ClientType.AssistantsApi];

    public async Task InitializeAsync()
    {
        _emulator = await EmulatorServer.StartAsync(new EmulatorOptions { Pace = DemoPace.Instant });
        _services.GetRequiredService<OfflineEndpoint>().Address = _emulator.BaseUrl;
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _emulator!.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(AllTypes))]
    public async Task Stateless_Runs_ShareNothing(ClientType type)
    {
        await using var agent = CreateAgent(type);

        await agent.RunAsync("My name is Alice");
        var answer = await agent.RunAsync("What's my name?").WaitAsync(s_patience);

        Assert.DoesNotContain("Alice", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(AllTypes))]
    public async Task NewThread_OfTheClientsKind_Remembers(ClientType type)
    {
        await using var agent = CreateAgent(type);
        var thread = agent.GetNewThread();

        await agent.RunAsync("My name is Alice", thread);
        var answer = await agent.RunAsync("What's my name?", thread).WaitAsync(s_patience);

        Assert.Contains("Alice", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(AllTypes))]
    public async Task OwnStore_Thread_RemembersInAnotherAgent(ClientType type)
    {
        var store = new InMemoryChatMessageStore(); // stands for a database: only the store survives
        await CreateAgent(type).RunAsync("My name is Alice", new AgentThread(store));

        var answer = await CreateAgent(type).RunAsync("What's my name?", new AgentThread(store)).WaitAsync(s_patience);

        Assert.Contains("Alice", answer.Text, StringComparison.Ordinal);
        Assert.Equal(4, (await store.GetMessagesAsync(default)).Count);
    }

    [Theory]
    [MemberData(nameof(AllTypes))]
    public async Task SavedMemory_Restored_Remembers(ClientType type)
    {
        var thread = new AgentThread();
        await CreateAgent(type).RunAsync("My name is Alice", thread);

        var answer = await CreateAgent(type).RunAsync("What's my name?", AgentThread.Restore(thread.Serialize())).WaitAsync(s_patience);

        Assert.Contains("Alice", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ServiceTypes))]
    public async Task ServiceThread_RestoredByIdInAnotherClient_Remembers(ClientType type)
    {
        var thread = new AgentThread();
        await CreateAgent(type).RunAsync("My name is Alice", thread, new AgentRunOptions { Store = true });
        var id = thread.ServiceThreadId!;

        var answer = await CreateAgent(type).RunAsync("What's my name?", new AgentThread(id)).WaitAsync(s_patience);

        Assert.Contains("Alice", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ClientType.Responses, "resp_nobody_knows")]
    [InlineData(ClientType.Assistants, "conv_nobody_knows")]
    [InlineData(ClientType.AssistantsApi, "thread_nobody_knows")]
    public async Task ServiceThread_ThatIsUnknown_IsNotFound(ClientType type, string id)
    {
        var error = await Assert.ThrowsAsync<AgentException>(
            () => CreateAgent(type).RunAsync("Hi", new AgentThread(id)).WaitAsync(s_patience));

        Assert.Equal(AgentErrorKind.ThreadNotFound, error.Kind);
        Assert.Contains("new conversation", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ServiceTypes))]
    public async Task ServiceThread_ParallelTools_AnswersFromAllResults(ClientType type)
    {
        var asked = new System.Collections.Concurrent.ConcurrentBag<string>();
        var agent = CreateAgent(type, WeatherTool(place =>
        {
            asked.Add(place);
            return Task.FromResult($"The weather in {place} is sunny, {(place == "Paris" ? 21 : 17)} °C.");
        }));

        var answer = await agent.RunAsync("What's the weather like in Paris and in London?", AgentThread.OnService()).WaitAsync(s_patience);

        Assert.Equal(["London", "Paris"], asked.Order());
        Assert.Contains("21", answer.Text, StringComparison.Ordinal);
        Assert.Contains("17", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ServiceTypes))]
    public async Task ServiceThread_StoppedInATool_GoesOn(ClientType type)
    {
        var (agent, thread) = await StopInToolAsync(type);

        await agent.RunAsync("My name is Alice", thread).WaitAsync(s_patience);
        var answer = await agent.RunAsync("What's my name?", thread).WaitAsync(s_patience);

        Assert.Contains("Alice", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conversation_WhoseProcessDiedInATool_IsMendedByTheNext()
    {
        var (_, thread) = await StopInToolAsync(ClientType.Assistants);

        var answer = await CreateAgent(ClientType.Assistants)
            .RunAsync("My name is Alice", new AgentThread(thread.ServiceThreadId!)).WaitAsync(s_patience);

        Assert.NotEmpty(answer.Text);
    }

    [Theory]
    [InlineData(ClientType.Assistants)]
    [InlineData(ClientType.AssistantsApi)]
    public async Task ServiceThread_ItsMessages_AreListedAndDeletedByAnotherClient(ClientType type)
    {
        var thread = AgentThread.OnService();
        await CreateAgent(type).RunAsync("My name is Alice", thread);
        var other = CreateAgent(type);

        var messages = await other.GetMessagesAsync(thread).WaitAsync(s_patience);
        await other.DeleteThreadAsync(thread).WaitAsync(s_patience);

        Assert.Equal([ChatRole.User, ChatRole.Assistant], messages.Select(m => m.Role));
        Assert.Equal("My name is Alice", messages[0].Text);
        var error = await Assert.ThrowsAsync<AgentException>(() => other.RunAsync("Hi", thread).WaitAsync(s_patience));
        Assert.Equal(AgentErrorKind.ThreadNotFound, error.Kind);
    }

    [Fact]
    public async Task AssistantsApi_AttachedFile_IsSearchedAndCited()
    {
        var agent = CreateAgent(ClientType.AssistantsApi, new HostedFileSearchTool());
        var question = new ChatMessage(ChatRole.User,
        [
            new TextContent("Search the file: what is the library's late fee?"),
            new DataContent("The library's late fee is ten euros a week."u8.ToArray(), "text/plain") { Name = "fees.txt" },
        ]);

        var updates = await agent.RunStreamingAsync([question], AgentThread.OnService()).ToListAsync().AsTask().WaitAsync(s_patience);

        Assert.Contains("ten euros", string.Concat(updates.OfType<AgentUpdate.TextDelta>().Select(t => t.Text)), StringComparison.Ordinal);
        var search = updates.OfType<AgentUpdate.HostedToolChanged>().Last().Call;
        Assert.Equal((HostedToolKind.FileSearch, HostedToolStatus.Completed), (search.Kind, search.Status));
        Assert.Contains(search.Outputs.OfType<HostedToolOutput.Passage>(), p => p.FileName == "fees.txt");
        Assert.NotEmpty(updates.OfType<AgentUpdate.CitationAdded>());
    }

    [Fact]
    public async Task AssistantsApi_LeakedAssistant_IsRemovedAtTheNextStart()
    {
        var connection = _services.GetRequiredService<ProviderClients>().Connection;
        var assistants = connection.Client.GetAssistantClient();
        await CreateAgent(ClientType.AssistantsApi).RunAsync("Hi", AgentThread.OnService()); // never disposed, its process lives
        var mine = await assistants.GetAssistantsAsync().SingleAsync();
        var owner = mine.Metadata["blazoragents"].Split('/');
        var leaked = new AssistantCreationOptions { Name = "leaked" };
        leaked.Metadata["blazoragents"] = $"{owner[0]}/{int.MaxValue}/{owner[2]}";
        await assistants.CreateAssistantAsync(ProviderClients.OfflineModelId, leaked);
        await assistants.CreateAssistantAsync(ProviderClients.OfflineModelId, new AssistantCreationOptions { Name = "somebody else's" });

        var deleted = await new AssistantJanitor(connection.Client, TimeProvider.System, NullLogger.Instance).CleanUpAsync(default);

        Assert.Equal(1, deleted);
        Assert.DoesNotContain("leaked", await assistants.GetAssistantsAsync().Select(a => a.Name).ToListAsync());
        Assert.Equal(2, await assistants.GetAssistantsAsync().CountAsync());
    }

    [Fact]
    public async Task AssistantsApi_Disposed_LeavesOnlyItsThread()
    {
        var assistants = _services.GetRequiredService<ProviderClients>().Connection.Client.GetAssistantClient();
        var thread = AgentThread.OnService();
        await using (var agent = CreateAgent(ClientType.AssistantsApi))
        {
            await agent.RunAsync("Hi", thread);
            Assert.Equal(1, await assistants.GetAssistantsAsync().CountAsync());
        }

        Assert.Equal(0, await assistants.GetAssistantsAsync().CountAsync());
        Assert.Equal(thread.ServiceThreadId, (await assistants.GetThreadAsync(thread.ServiceThreadId)).Value.Id);
    }

    private async Task<(ChatAgent Agent, AgentThread Thread)> StopInToolAsync(ClientType type)
    {
        using var stop = new CancellationTokenSource();
        var agent = CreateAgent(type, WeatherTool(async _ =>
        {
            await stop.CancelAsync(); // the call is on the server, its result never will be
            return await new TaskCompletionSource<string>().Task;
        }));
        var thread = AgentThread.OnService();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => agent.RunAsync("What's the weather like in Paris?", thread, cancellationToken: stop.Token).WaitAsync(s_patience));
        Assert.NotNull(thread.ServiceThreadId);
        return (agent, thread);
    }

    private static AIFunction WeatherTool(Func<string, Task<string>> find) =>
        AIFunctionFactory.Create((string location) => find(location), "get_weather", "Get the current weather for a location.");

    private ChatAgent CreateAgent(ClientType type, params AITool[] tools) => _services.GetRequiredService<ProviderClients>()
        .CreateChatClient(type).CreateAgent("Helper", "You are a helpful assistant.", tools);
}
