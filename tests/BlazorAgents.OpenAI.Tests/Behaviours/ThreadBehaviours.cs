using BlazorAgents.Agents;
using BlazorAgents.Emulator.Demo;
using BlazorAgents.OpenAI.Providers;
using Microsoft.Extensions.AI;

namespace BlazorAgents.OpenAI.Tests.Behaviours;

/// <summary>What is remembered, where, and by whom.</summary>
internal static class ThreadBehaviours
{
    private const string Introduction = "My name is Alice";
    private const string Question = "What's my name?";

    private static readonly Limit s_noServiceThreads = new(
        "This agent's client keeps no threads on the provider's side, so nothing would be remembered. Use a thread of this application, or another client type.");

    private static readonly Limit s_noServiceMessages = new("This agent's client can neither list nor delete the provider's threads.");

    public static IReadOnlyList<Behaviour> All { get; } =
    [
        new("Runs without memory", "runs without a thread share nothing", ForgetAsync),
        new("Threads in memory", "a thread in memory remembers", stage => RememberAsync(stage, new AgentThread(), thread => thread)),
        new("Threads in memory", "a thread in memory is saved and restored elsewhere", stage => RememberAsync(stage, new AgentThread(), Restore)),
        new("Threads in your store", "a thread in a store goes on elsewhere", KeepAsync),
        new("Threads in your store", "a thread of another client type goes on", TakeOverAsync),
        new("Threads at the provider", "a thread at the provider is restored by its id elsewhere", RestoreAsync) { LimitOf = type => type == ClientType.Chat ? s_noServiceThreads : null },
        new("Threads at the provider", "a thread at the provider is saved and restored elsewhere", stage => RememberAsync(stage, AgentThread.OnService(), Restore)) { LimitOf = type => type == ClientType.Chat ? s_noServiceThreads : null },
        new("Threads at the provider", "a stopped answer at the provider leaves a thread that goes on", stage => StopAsync(stage, AgentThread.OnService())) { LimitOf = type => type == ClientType.Chat ? s_noServiceThreads : null },
        new("Threads listed and deleted at the provider", "messages at the provider are listed and deleted", ListAsync) { LimitOf = type => type is ClientType.Chat or ClientType.Responses ? s_noServiceMessages : null },
        new("Unknown threads are said to be", "a thread that nobody knows is not found", NotFoundAsync),
        new("Stop in mid-answer, then go on", "a stopped answer leaves a thread that goes on", stage => StopAsync(stage, stage.CreateAgent().GetNewThread())),
        new("Stop in mid-answer, then go on", "a stop in a tool leaves a thread that goes on", StopInToolAsync),
    ];

    private static AgentThread Restore(AgentThread thread) => AgentThread.Restore(thread.Serialize());

    private static async Task ForgetAsync(BehaviourStage stage)
    {
        var agent = stage.CreateAgent();

        await agent.RunAsync(Introduction).WaitAsync(BehaviourStage.Patience);
        var answer = await agent.RunAsync(Question).WaitAsync(BehaviourStage.Patience);

        Assert.DoesNotContain("Alice", answer.Text, StringComparison.Ordinal);
    }

    private static async Task RememberAsync(BehaviourStage stage, AgentThread thread, Func<AgentThread, AgentThread> carry)
    {
        await stage.CreateAgent().RunAsync(Introduction, thread).WaitAsync(BehaviourStage.Patience);

        await AssertRememberedAsync(stage, carry(thread));
    }

    private static async Task KeepAsync(BehaviourStage stage)
    {
        var store = new InMemoryChatMessageStore(); // stands for a database: only the store survives
        await stage.CreateAgent().RunAsync(Introduction, new AgentThread(store)).WaitAsync(BehaviourStage.Patience);

        await AssertRememberedAsync(stage, new AgentThread(store));
        Assert.Equal(4, (await store.GetMessagesAsync(default)).Count);
    }

    private static async Task TakeOverAsync(BehaviourStage stage)
    {
        foreach (var type in Enum.GetValues<ClientType>().Where(type => type != stage.Type))
        {
            await using var other = new BehaviourStage(type, stage.Server);
            var store = new InMemoryChatMessageStore();
            var weather = ToolBehaviours.Weather(place => Task.FromResult($"The weather in {place} is sunny, 24 °C."));
            await other.CreateAgent(weather).RunAsync("What's the weather like in Seattle?", new AgentThread(store)).WaitAsync(BehaviourStage.Patience);
            await other.CreateAgent().RunAsync(Introduction, new AgentThread(store)).WaitAsync(BehaviourStage.Patience);

            await AssertRememberedAsync(stage, new AgentThread(store));
            other.AssertContract();
        }
    }

    private static async Task RestoreAsync(BehaviourStage stage)
    {
        var thread = AgentThread.OnService();
        await stage.CreateAgent().RunAsync(Introduction, thread).WaitAsync(BehaviourStage.Patience);

        await AssertRememberedAsync(stage, new AgentThread(thread.ServiceThreadId!));
    }

    private static async Task ListAsync(BehaviourStage stage)
    {
        // A client without threads of its own is asked for one of somebody else.
        var maker = stage.Type is ClientType.Chat or ClientType.Responses ? new BehaviourStage(ClientType.Assistants, stage.Server) : stage;
        var thread = AgentThread.OnService();
        await maker.CreateAgent().RunAsync(Introduction, thread).WaitAsync(BehaviourStage.Patience);
        var agent = stage.CreateAgent();

        var messages = await agent.GetMessagesAsync(thread).WaitAsync(BehaviourStage.Patience);
        await agent.DeleteThreadAsync(thread).WaitAsync(BehaviourStage.Patience);

        Assert.Equal([ChatRole.User, ChatRole.Assistant], messages.Select(m => m.Role));
        Assert.Equal(Introduction, messages[0].Text);
        await AssertNotFoundAsync(stage, thread);
    }

    private static async Task NotFoundAsync(BehaviourStage stage)
    {
        foreach (var id in (string[])["resp_nobody_knows", "conv_nobody_knows", "thread_nobody_knows"])
        {
            await AssertNotFoundAsync(stage, new AgentThread(id));
        }
    }

    private static async Task StopAsync(BehaviourStage stage, AgentThread thread)
    {
        var slow = await stage.BranchAsync(new StageOptions { Pace = new DemoPace(TimeSpan.Zero, 100) });
        var agent = slow.CreateAgent();
        using var stop = new CancellationTokenSource();
        var text = "";

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in agent.RunStreamingAsync("Show me a showcase of Markdown.", thread, cancellationToken: stop.Token))
            {
                if (update is AgentUpdate.TextDelta delta)
                {
                    text += delta.Text;
                    await stop.CancelAsync(); // seconds before the end
                }
            }
        });

        Assert.NotEmpty(text);
        await agent.RunAsync(Introduction, thread).WaitAsync(BehaviourStage.Patience);
        await AssertRememberedAsync(slow, thread);
    }

    private static async Task StopInToolAsync(BehaviourStage stage)
    {
        using var stop = new CancellationTokenSource();
        var agent = stage.CreateAgent(ToolBehaviours.Weather(async _ =>
        {
            await stop.CancelAsync();
            return await new TaskCompletionSource<string>().Task;
        }));
        var thread = agent.GetNewThread();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => agent.RunAsync("What's the weather like in Paris?", thread, cancellationToken: stop.Token).WaitAsync(BehaviourStage.Patience));

        await agent.RunAsync(Introduction, thread).WaitAsync(BehaviourStage.Patience);
        await AssertRememberedAsync(stage, thread);
    }

    private static async Task AssertRememberedAsync(BehaviourStage stage, AgentThread thread)
    {
        var answer = await stage.CreateAgent().RunAsync(Question, thread).WaitAsync(BehaviourStage.Patience);

        Assert.Contains("Alice", answer.Text, StringComparison.Ordinal);
    }

    private static async Task AssertNotFoundAsync(BehaviourStage stage, AgentThread thread)
    {
        var error = await Assert.ThrowsAnyAsync<AgentException>(() => stage.CreateAgent().RunAsync("Hi", thread).WaitAsync(BehaviourStage.Patience));

        Assert.Equal(AgentErrorKind.ThreadNotFound, error.Kind);
        Assert.Contains("new conversation", error.Message, StringComparison.Ordinal);
    }
}
