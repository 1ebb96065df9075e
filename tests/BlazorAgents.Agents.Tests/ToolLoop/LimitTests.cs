using System.Runtime.CompilerServices;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.Tests.ToolLoop;

[Trait("Id", "REL-10")]
public sealed class LimitTests
{
    private int _ran;

    [Fact]
    public async Task RunStreaming_TooManyIterations_StopsBeforeTheLastToolsRun()
    {
        var updates = await RunAsync(new ToolLoopOptions { MaxIterations = 3 }, n => [Call(n, n)]);

        AssertLimit(updates, ToolLoopLimit.Iterations);
        Assert.Equal((3, 2), (updates.OfType<AgentUpdate.StepStarted>().Count(), _ran));
    }

    [Fact]
    public async Task RunStreaming_TooManyCalls_Stops()
    {
        var updates = await RunAsync(new ToolLoopOptions { MaxCalls = 5 }, n => [Call(n, n), Call(n + 100, n + 100)]);

        AssertLimit(updates, ToolLoopLimit.Calls);
        Assert.Equal(4, _ran);
    }

    [Fact]
    public async Task RunStreaming_SameCallWithOtherSpelling_CountsAsRepetition()
    {
        string[] spellings = ["""{"n":1,"m":{"a":1,"b":2}}""", """{ "m": {"b":2, "a":1.0}, "n": 1 }""", """{"n":1,"m":{"b":2,"a":1}}"""];

        var updates = await RunAsync(
            new ToolLoopOptions { MaxRepeats = 2 }, n => [ScriptedChatClient.Call($"{n}", "t", spellings[(n - 1) % 3])]);

        AssertLimit(updates, ToolLoopLimit.Repetition);
        Assert.Equal(2, _ran);
    }

    [Fact]
    [Trait("Id", "REL-08")]
    public async Task RunStreaming_InvalidArgumentsAgainAndAgain_Stops()
    {
        var updates = await RunAsync(new ToolLoopOptions(), n => [ScriptedChatClient.Call($"{n}", "t", $$"""{"n":"{{n}}"}""")]);

        AssertLimit(updates, ToolLoopLimit.InvalidArguments);
        Assert.Equal(3, updates.OfType<AgentUpdate.ToolCallFinished>().Count(f => f.Outcome == ToolOutcome.InvalidArguments));
        Assert.Equal(0, _ran);
    }

    [Fact]
    [Trait("Id", "REL-08")]
    public async Task RunStreaming_InvalidArgumentsBetweenCallsOfNoTool_StillCountAsInARow()
    {
        var updates = await RunAsync(
            new ToolLoopOptions(), n => [ScriptedChatClient.Call($"{n}", n % 2 == 0 ? $"no_{n}" : "t", $$"""{"n":"{{n}}"}""")]);

        AssertLimit(updates, ToolLoopLimit.InvalidArguments);
        Assert.Equal(3, updates.OfType<AgentUpdate.ToolCallFinished>().Count(f => f.Outcome == ToolOutcome.InvalidArguments));
    }

    [Fact]
    [Trait("Id", "REL-08")]
    public async Task RunStreaming_InvalidArgumentsCorrectedInBetween_DoNotCountAsInARow()
    {
        var updates = await RunAsync(
            new ToolLoopOptions { MaxInvalidInARow = 1 }, n => [n % 2 == 0 ? Call(n, n) : ScriptedChatClient.Call($"{n}", "t", $$"""{"n":"{{n}}"}""")]);

        AssertLimit(updates, ToolLoopLimit.Iterations);
    }

    [Fact]
    [Trait("Id", "REL-07")]
    public async Task RunStreaming_CallsOfNoTool_CountTowardsTheLimit()
    {
        var updates = await RunAsync(new ToolLoopOptions { MaxCalls = 5 }, n => [ScriptedChatClient.Call($"{n}", $"no_{n}")]);

        AssertLimit(updates, ToolLoopLimit.Calls);
        Assert.Equal(6, updates.OfType<AgentUpdate.ToolCallFinished>().Count(f => f.Outcome == ToolOutcome.UnknownTool));
    }

    [Fact]
    public async Task RunStreaming_TokensUsedBeforeItWaited_CountTowardsTheLimit()
    {
        var updates = await RunAsync(
            new ToolLoopOptions { MaxTokens = 250 },
            n => [new UsageContent(new UsageDetails { InputTokenCount = 90, OutputTokenCount = 10 }), Call(n, n)],
            usedTokens: 100);

        AssertLimit(updates, ToolLoopLimit.Tokens);
        Assert.Equal(1, _ran);
    }

    [Fact]
    public async Task RunStreaming_TooManyTokens_Stops()
    {
        var updates = await RunAsync(
            new ToolLoopOptions { MaxTokens = 250 },
            n => [new UsageContent(new UsageDetails { InputTokenCount = 90, OutputTokenCount = 10 }), Call(n, n)]);

        AssertLimit(updates, ToolLoopLimit.Tokens);
        Assert.Equal(2, _ran);
    }

    [Fact]
    public async Task RunStreaming_WallTimeInATool_StopsItAndEndsTheRun()
    {
        var time = new ManualTimeProvider();
        var hang = new TaskCompletionSource<string>();
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var client = new ScriptedChatClient().ThenCalls(ScriptedChatClient.Call("1", "t"));
        Func<Task<string>> tool = () => { entered.SetResult(); return hang.Task; };
        var limits = new ToolLoopOptions { MaxWallTime = TimeSpan.FromSeconds(30) };
        var agent = new ChatAgent(client, new ChatAgentOptions { Tools = [AIFunctionFactory.Create(tool, "t")], Limits = limits }, time);
        var thread = agent.GetNewThread();

        var run = agent.RunStreamingAsync("Hi", thread).ToListAsync().AsTask();
        await entered.Task.WaitAsync(TimeSpan.FromSeconds(30));
        time.Advance(limits.MaxWallTime);
        var updates = await run.WaitAsync(TimeSpan.FromSeconds(30));

        AssertLimit(updates, ToolLoopLimit.WallTime);
        await AssertNoDanglingCallAsync(thread);
    }

    [Fact]
    public async Task RunStreaming_WallTimeInAModelCall_KeepsThePartialAnswer()
    {
        var time = new ManualTimeProvider();
        using var client = new ScriptedChatClient().Then((_, ct) => TextThenSilence("Half", ct));
        var agent = new ChatAgent(client, new ChatAgentOptions(), time);
        var thread = agent.GetNewThread();
        var updates = new List<AgentUpdate>();

        await foreach (var update in agent.RunStreamingAsync("Hi", thread))
        {
            updates.Add(update);
            if (update is AgentUpdate.TextDelta)
            {
                time.Advance(new ToolLoopOptions().MaxWallTime);
            }
        }

        AssertLimit(updates, ToolLoopLimit.WallTime);
        Assert.Equal("Half", (await thread.MessageStore!.GetMessagesAsync(default))[^1].Text);
    }

    [Fact]
    public async Task RunStreaming_Limit_ClosesPendingCallsInHistory()
    {
        var thread = new AgentThread();

        await RunAsync(new ToolLoopOptions { MaxIterations = 1 }, n => [Call(n, n), Call(n + 1, n + 1)], thread);

        await AssertNoDanglingCallAsync(thread);
    }

    private async Task<List<AgentUpdate>> RunAsync(ToolLoopOptions limits, Func<int, AIContent[]> step, AgentThread? thread = null, long usedTokens = 0)
    {
        var number = 0;
        using var client = new ScriptedChatClient
        {
            Otherwise = (_, ct) => ScriptedChatClient.Stream(ChatFinishReason.ToolCalls, step(++number), ct),
        };
        var agent = client.CreateAgent(tools: [AIFunctionFactory.Create((int n) => { Interlocked.Increment(ref _ran); return n; }, "t")]);
        return await agent.RunStreamingAsync("Hi", thread, new AgentRunOptions { Limits = limits, UsedTokens = usedTokens }).ToListAsync();
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> TextThenSilence(string text, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new ChatResponseUpdate(ChatRole.Assistant, text);
        await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
    }

    private static FunctionCallContent Call(int id, int n) => ScriptedChatClient.Call($"{id}", "t", $$"""{"n":{{n}}}""");

    private static void AssertLimit(List<AgentUpdate> updates, ToolLoopLimit limit)
    {
        var reached = Assert.IsType<AgentUpdate.LimitReached>(updates[^2]);
        Assert.Equal(limit, reached.Limit);
        Assert.EndsWith(".", reached.Explanation, StringComparison.Ordinal);
        Assert.Equal(AgentFinishReason.ToolLimit, Assert.IsType<AgentUpdate.Finished>(updates[^1]).Reason);
        Assert.Equal(
            updates.OfType<AgentUpdate.ToolCallStarted>().Select(s => s.CallId).Order(),
            updates.OfType<AgentUpdate.ToolCallFinished>().Select(s => s.CallId).Order());
    }

    private static async Task AssertNoDanglingCallAsync(AgentThread thread)
    {
        var contents = (await thread.MessageStore!.GetMessagesAsync(default)).SelectMany(m => m.Contents).ToList();
        Assert.NotEmpty(contents.OfType<FunctionCallContent>());
        Assert.Equal(
            contents.OfType<FunctionCallContent>().Select(c => c.CallId), contents.OfType<FunctionResultContent>().Select(r => r.CallId));
    }
}
