using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.Tests.ToolLoop;

public sealed class ToolLoopTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task RunStreaming_Call_IsStartedBeforeItRunsAndFinishedAfter()
    {
        var order = new List<string>();
        using var client = new ScriptedChatClient().ThenCalls(ScriptedChatClient.Call("1", "t", """{"x":1}""")).ThenText("done");
        var agent = client.CreateAgent(tools: [AIFunctionFactory.Create((int x) => { order.Add("ran"); return x + 1; }, "t")]);

        await foreach (var update in agent.RunStreamingAsync("Hi"))
        {
            order.Add(update switch
            {
                AgentUpdate.ToolCallStarted started => $"started {started.CallId} {started.Name} {started.ArgumentsJson}",
                AgentUpdate.ToolCallFinished finished => $"finished {finished.Outcome} {finished.Result}",
                _ => update.GetType().Name,
            });
        }

        Assert.Equal(
            ["StepStarted", """started 1 t {"x":1}""", "ran", "finished Succeeded 2", "StepStarted", "TextDelta", "Finished"], order);
    }

    [Fact]
    public async Task RunStreaming_TwoCalls_RunInParallelAndKeepTheirOrderInHistory()
    {
        var firstMayEnd = new TaskCompletionSource();
        using var client = new ScriptedChatClient()
            .ThenCalls(ScriptedChatClient.Call("1", "slow"), ScriptedChatClient.Call("2", "fast")).ThenText("done");
        var agent = client.CreateAgent(tools:
        [
            AIFunctionFactory.Create(async () => { await firstMayEnd.Task; return "slow"; }, "slow"),
            AIFunctionFactory.Create(() => "fast", "fast"),
        ]);

        var finished = new List<string>();
        await foreach (var update in agent.RunStreamingAsync("Hi").WithCancellation(new CancellationTokenSource(s_patience).Token))
        {
            if (update is AgentUpdate.ToolCallFinished done)
            {
                finished.Add(done.CallId);
                firstMayEnd.TrySetResult(); // only the fast call can have ended by now
            }
        }

        Assert.Equal(["2", "1"], finished);
        Assert.Equal(["1:slow", "2:fast"], Results(client.Requests[1]));
    }

    [Fact]
    [Trait("Id", "REL-07")]
    public async Task RunStreaming_UnknownTool_TellsTheModelAndGoesOn()
    {
        using var client = new ScriptedChatClient().ThenCalls(ScriptedChatClient.Call("1", "nope")).ThenText("done");
        var agent = client.CreateAgent(tools: [AIFunctionFactory.Create(() => "x", "real")]);

        var updates = await agent.RunStreamingAsync("Hi").ToListAsync();

        Assert.Equal(ToolOutcome.UnknownTool, updates.OfType<AgentUpdate.ToolCallFinished>().Single().Outcome);
        Assert.Contains("\"nope\"", Results(client.Requests[1]).Single(), StringComparison.Ordinal);
        Assert.Contains("real", Results(client.Requests[1]).Single(), StringComparison.Ordinal);
        Assert.Equal(AgentFinishReason.Completed, Assert.IsType<AgentUpdate.Finished>(updates[^1]).Reason);
    }

    [Theory]
    [Trait("Id", "REL-08")]
    [InlineData("""{"city":5}""", "\"city\" must be a string, not the number 5")]
    [InlineData("{}", "\"city\" is required and missing")]
    [InlineData("""{"city":"Bonn""", "must be one JSON object")]
    [InlineData("[1]", "must be one JSON object")]
    [InlineData("null", "must be one JSON object")]
    public async Task RunStreaming_InvalidArguments_DoNotRunAndNameTheField(string arguments, string expected)
    {
        var ran = false;
        using var client = new ScriptedChatClient().ThenCalls(ScriptedChatClient.Call("1", "t", arguments)).ThenText("done");
        var agent = client.CreateAgent(tools: [AIFunctionFactory.Create((string city) => ran = true, "t")]);

        var updates = await agent.RunStreamingAsync("Hi").ToListAsync();

        Assert.False(ran);
        Assert.Equal(ToolOutcome.InvalidArguments, updates.OfType<AgentUpdate.ToolCallFinished>().Single().Outcome);
        Assert.Contains(expected, Results(client.Requests[1]).Single(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Id", "REL-11")]
    public async Task RunStreaming_ToolThrows_ModelGetsNoDetailsAndRunGoesOn()
    {
        using var client = new ScriptedChatClient().ThenCalls(ScriptedChatClient.Call("1", "t")).ThenText("done");
        var log = new ListLogger<ChatAgent>();
        Func<string> broken = () => throw new InvalidOperationException("secret detail");
        var agent = new ChatAgent(client, new ChatAgentOptions { Tools = [AIFunctionFactory.Create(broken, "t")] }, logger: log);

        var answer = await agent.RunAsync("Hi");

        Assert.Equal("done", answer.Text);
        Assert.Equal(["1:Error: the tool failed."], Results(client.Requests[1]));
        Assert.Contains(log.Entries, e => e.Exception?.ToString().Contains("secret detail", StringComparison.Ordinal) == true);
    }

    [Theory]
    [Trait("Id", "REL-12")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunStreaming_ToolHangsAndIgnoresItsToken_TimesOutAndRunGoesOn(bool blocks)
    {
        using var never = new ManualResetEventSlim();
        var hang = new TaskCompletionSource<string>();
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var time = new ManualTimeProvider();
        using var client = new ScriptedChatClient().ThenCalls(ScriptedChatClient.Call("1", "t")).ThenText("done");
        Func<Task<string>> tool = () =>
        {
            entered.SetResult();
            if (blocks)
            {
                never.Wait(s_patience);
            }

            return hang.Task;
        };
        var agent = new ChatAgent(client, new ChatAgentOptions { Tools = [AIFunctionFactory.Create(tool, "t")] }, time);

        var run = agent.RunStreamingAsync("Hi").ToListAsync().AsTask();
        await entered.Task.WaitAsync(s_patience);
        time.Advance(new ToolLoopOptions().ToolTimeout);
        var updates = await run.WaitAsync(s_patience);
        never.Set();
        hang.SetResult("late");

        var finished = updates.OfType<AgentUpdate.ToolCallFinished>().Single();
        Assert.Equal((ToolOutcome.TimedOut, TimeSpan.FromSeconds(60)), (finished.Outcome, finished.Duration));
        Assert.Equal(AgentFinishReason.Completed, Assert.IsType<AgentUpdate.Finished>(updates[^1]).Reason);
    }

    [Fact]
    public async Task RunStreaming_RunLevelTool_ComesOnTopAndNeverInPlaceOfTheAgents()
    {
        using var client = new ScriptedChatClient().ThenCalls(ScriptedChatClient.Call("1", "t"), ScriptedChatClient.Call("2", "u")).ThenText("done");
        var agent = client.CreateAgent(tools: [AIFunctionFactory.Create(() => "agent's", "t")]);

        await agent.RunAsync("Hi", runOptions: new AgentRunOptions
        {
            Tools = [AIFunctionFactory.Create(() => "run's", "t"), AIFunctionFactory.Create(() => "more", "u")],
        });

        Assert.Equal(["1:agent's", "2:more"], Results(client.Requests[1]));
        Assert.Equal(["t", "u"], client.Requests[0].Options!.Tools!.Select(t => t.Name));
    }

    [Fact]
    public async Task RunStreaming_ToolWithServices_GetsTheProvider()
    {
        using var client = new ScriptedChatClient().ThenCalls(ScriptedChatClient.Call("1", "t")).ThenText("done");
        var services = new OneService("injected");
        var agent = new ChatAgent(
            client,
            new ChatAgentOptions { Tools = [AIFunctionFactory.Create((IServiceProvider provider) => provider.GetService(typeof(string)), "t")] },
            services: services);

        await agent.RunAsync("Hi");

        Assert.Equal(["1:injected"], Results(client.Requests[1]));
    }

    [Fact]
    [Trait("Id", "SEC-28")]
    public async Task RunStreaming_ToolThatNeedsApproval_DoesNotRunWithoutIt()
    {
        var ran = false;
        using var client = new ScriptedChatClient().ThenCalls(ScriptedChatClient.Call("1", "t"));
        var agent = client.CreateAgent(tools: [new ApprovalRequiredAIFunction(AIFunctionFactory.Create(() => ran = true, "t"))]);

        var updates = await agent.RunStreamingAsync("Hi").ToListAsync();

        Assert.False(ran);
        Assert.Equal("1", updates.OfType<AgentUpdate.ApprovalRequested>().Single().CallId);
        Assert.Equal(AgentFinishReason.AwaitingApproval, Assert.IsType<AgentUpdate.Finished>(updates[^1]).Reason);
    }

    [Fact]
    public async Task RunStreaming_EmptyArgumentText_IsAnEmptyObject()
    {
        using var client = new ScriptedChatClient().ThenCalls(ScriptedChatClient.Call("1", "t", "")).ThenText("done");

        var updates = await client.CreateAgent(tools: [AIFunctionFactory.Create(() => "ran", "t")]).RunStreamingAsync("Hi").ToListAsync();

        Assert.Equal("{}", updates.OfType<AgentUpdate.ToolCallStarted>().Single().ArgumentsJson);
        Assert.Equal("ran", updates.OfType<AgentUpdate.ToolCallFinished>().Single().Result);
    }

    [Fact]
    public async Task RunStreaming_RepeatedOrMissingCallIds_BecomeUnique()
    {
        using var client = new ScriptedChatClient()
            .ThenCalls(ScriptedChatClient.Call("0", "t"), ScriptedChatClient.Call("", "t", """{"n":1}"""))
            .ThenCalls(ScriptedChatClient.Call("0", "t", """{"n":2}"""))
            .ThenText("done");
        var agent = client.CreateAgent(tools: [AIFunctionFactory.Create((int n = 0) => n, "t")]);

        var answer = await agent.RunAsync("Hi");

        var calls = answer.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().Select(c => c.CallId).ToList();
        var results = answer.Messages.SelectMany(m => m.Contents).OfType<FunctionResultContent>().Select(c => c.CallId).ToList();
        Assert.Equal(3, calls.Distinct().Count());
        Assert.Equal(calls, results);
    }

    private static IEnumerable<string> Results(ScriptedRequest request) =>
        request.Messages.SelectMany(m => m.Contents).OfType<FunctionResultContent>().Select(r => $"{r.CallId}:{r.Result}");

    private sealed class OneService(object service) : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType.IsInstanceOfType(service) ? service : null;
    }
}
