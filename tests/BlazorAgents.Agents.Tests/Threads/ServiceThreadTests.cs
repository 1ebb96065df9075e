using BlazorAgents.Agents.Pipeline;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;

namespace BlazorAgents.Agents.Tests.Threads;

public sealed class ServiceThreadTests
{
    private static readonly FunctionCallContent s_call = ScriptedChatClient.Call("c1", "t");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void NewThread_IsOfTheKindThatTheClientPrefers(bool areDefault)
    {
        using var client = new ThreadKeepingClient(areDefault);

        var thread = client.CreateAgent().GetNewThread();

        Assert.Equal((areDefault, null), (thread.MessageStore is null, thread.ServiceThreadId));
    }

    [Fact]
    public async Task NewThread_BehindThePipeline_IsStillTheClientsKindAndCleanedUp()
    {
        using var client = new ThreadKeepingClient();
        var options = new ResilienceOptions();
        var circuit = new EndpointCircuit("x", options.Circuit, TimeProvider.System, NullLogger.Instance);
        using var pipeline = client.UseResilience(circuit, options, TimeProvider.System, NullLogger.Instance);

        await using (var agent = pipeline.CreateAgent())
        {
            Assert.Null(agent.GetNewThread().MessageStore);
            Assert.Equal(0, client.CleanUps);
        }

        Assert.Equal(1, client.CleanUps);
    }

    [Fact]
    public async Task NewServiceThread_FirstAnswer_GivesItsIdAndLaterRunsSendOnlyWhatIsNew()
    {
        using var client = new ThreadKeepingClient().ThenText("conv_1", "Hello Alice").ThenText("conv_1", "Alice");
        var agent = client.CreateAgent();
        var thread = agent.GetNewThread();

        await agent.RunAsync("My name is Alice", thread);
        await agent.RunAsync("What's my name?", thread);

        Assert.Equal("conv_1", thread.ServiceThreadId);
        Assert.Equal(["new: user", "conv_1: user"], client.Requests);
        Assert.All(client.Script.Requests, r => Assert.True(r.Options.GetStore()));
    }

    [Fact]
    public async Task ServiceThread_ChainOfAnswers_StandsAtTheLast()
    {
        using var client = new ThreadKeepingClient().ThenCalls("resp_1", s_call).ThenText("resp_2", "done").ThenText("resp_3", "ok");
        var agent = AgentWithTool(client);
        var thread = AgentThread.OnService();

        await agent.RunAsync("Go", thread);
        await agent.RunAsync("Again", thread);

        Assert.Equal(["new: user", "resp_1: tool", "resp_2: user"], client.Requests);
        Assert.Equal("resp_3", thread.ServiceThreadId);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task Run_WithoutServiceThread_IsStoredOnlyWhenAsked(bool? asked, bool sent)
    {
        using var client = new ThreadKeepingClient().ThenText(null, "ok");

        await client.CreateAgent().RunAsync("Hi", runOptions: new AgentRunOptions { Store = asked });

        Assert.Equal(sent, client.Script.Requests.Single().Options.GetStore());
    }

    [Fact]
    public async Task Run_StoredWithoutThread_ChainsItsOwnSteps()
    {
        using var client = new ThreadKeepingClient().ThenCalls("resp_1", s_call).ThenText("resp_2", "done");

        await AgentWithTool(client).RunAsync("Hi", runOptions: new AgentRunOptions { Store = true });

        Assert.Equal(["new: user", "resp_1: tool"], client.Requests);
    }

    [Fact]
    public async Task PlainThread_RunThatStores_MovesToTheProviderWithItsMessages()
    {
        using var client = new ThreadKeepingClient(areDefault: false).ThenText(null, "Hello").ThenText("resp_1", "Alice").ThenText("resp_2", "Yes");
        var agent = client.CreateAgent();
        var thread = agent.GetNewThread();
        var stored = new AgentRunOptions { Store = true };

        await agent.RunAsync("My name is Alice", thread);
        await agent.RunAsync("What's my name?", thread, stored);
        await agent.RunAsync("Sure?", thread, stored);

        Assert.Equal(["new: user", "new: user assistant user", "resp_1: user"], client.Requests);
        Assert.Equal(("resp_2", null), (thread.ServiceThreadId, thread.MessageStore));
    }

    [Fact]
    public async Task OwnStore_RunThatStores_KeepsItsMessages()
    {
        var store = new InMemoryChatMessageStore();
        using var client = new ThreadKeepingClient().ThenText("resp_1", "Hello");
        var thread = new AgentThread(store);

        await client.CreateAgent().RunAsync("Hi", thread, new AgentRunOptions { Store = true });

        Assert.Same(store, thread.MessageStore);
        Assert.Null(thread.ServiceThreadId);
        Assert.Equal(2, (await store.GetMessagesAsync(default)).Count);
    }

    [Fact]
    public async Task ServiceThread_RunThatMustNotStore_IsRefused()
    {
        using var client = new ThreadKeepingClient();

        var error = await Assert.ThrowsAsync<ArgumentException>(() => client.CreateAgent().RunAsync(
            "Hi", new AgentThread("conv_1"), new AgentRunOptions { Store = false }));

        Assert.Contains("Store", error.Message, StringComparison.Ordinal);
        Assert.Empty(client.Script.Requests);
    }

    [Fact]
    public async Task ServiceThread_ClientWithoutThreads_SaysSoBeforeAnythingIsLost()
    {
        var ran = false;
        using var client = new ScriptedChatClient().ThenCalls(s_call);
        var agent = client.CreateAgent(tools: [AIFunctionFactory.Create(() => ran = true, "t")]);

        var error = await Assert.ThrowsAsync<AgentException>(() => agent.RunAsync("Hi", AgentThread.OnService()));

        Assert.Contains("keeps no threads", error.Message, StringComparison.Ordinal);
        Assert.False(ran);
    }

    [Fact]
    public async Task ServiceThread_RestoredWithAClientWithoutThreads_SaysThatNothingIsRemembered()
    {
        using var client = new ScriptedChatClient().ThenText("Who are you?");

        var error = await Assert.ThrowsAsync<AgentException>(() => client.CreateAgent().RunAsync("What's my name?", new AgentThread("conv_1")));

        Assert.Contains("keeps no threads", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("resp_1")]
    [InlineData("conv_1")]
    public async Task ServiceThread_StoppedDuringTools_SendsTheResultsWithTheNextInput(string id)
    {
        using var stop = new CancellationTokenSource();
        using var client = new ThreadKeepingClient()
            .ThenCalls(id, s_call, ScriptedChatClient.Call("c2", "hang")).ThenText(id.Replace('1', '2'), "Hello").ThenText("x", "ok");
        var agent = client.CreateAgent(tools:
        [
            AIFunctionFactory.Create(() => "r", "t"),
            AIFunctionFactory.Create(() => new TaskCompletionSource<string>().Task, "hang"),
        ]);
        var thread = agent.GetNewThread();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in agent.RunStreamingAsync("Go", thread, cancellationToken: stop.Token))
            {
                if (update is AgentUpdate.ToolCallFinished { CallId: "c1" })
                {
                    await stop.CancelAsync();
                }
            }
        });

        var restored = AgentThread.Restore(thread.Serialize());
        await agent.RunAsync("Hi again", restored);
        await agent.RunAsync("And again", restored);

        Assert.Equal(["new: user", $"{id}: tool user", $"{id.Replace('1', '2')}: user"], client.Requests);
        var results = client.Script.Requests[1].Messages[0].Contents.Cast<FunctionResultContent>().ToList();
        Assert.Equal(["c1", "c2"], results.Select(r => r.CallId));
        Assert.Equal("r", results[0].Result);
        Assert.StartsWith("Error: the tool was stopped", $"{results[1].Result}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServiceThread_ToolLimit_SendsTheResultsWithTheNextInput()
    {
        using var client = new ThreadKeepingClient().ThenCalls("conv_1", s_call).ThenText("conv_1", "ok");
        var agent = AgentWithTool(client);
        var thread = agent.GetNewThread();

        await agent.RunAsync("Go", thread, new AgentRunOptions { Limits = new ToolLoopOptions { MaxIterations = 1 } });
        await agent.RunAsync("Go on", thread);

        Assert.Equal(["new: user", "conv_1: tool user"], client.Requests);
    }

    [Fact]
    public async Task ServiceThread_ResultsNotTaken_AreSentAgain()
    {
        using var client = new ThreadKeepingClient().ThenCalls("resp_1", s_call).ThenFault("resp_2", new TextContent("Par")).ThenText("resp_3", "ok");
        var agent = AgentWithTool(client);
        var thread = agent.GetNewThread();

        await Assert.ThrowsAsync<AgentException>(() => agent.RunAsync("Go", thread));
        Assert.Equal("resp_1", thread.ServiceThreadId); // an answer that broke off cannot be continued
        await agent.RunAsync("Go on", thread);

        Assert.Equal(["new: user", "resp_1: tool", "resp_1: tool user"], client.Requests);
    }

    [Fact]
    public async Task ServiceThread_CallsOfABrokenAnswer_AreNotAnsweredLater()
    {
        using var client = new ThreadKeepingClient().ThenText("resp_1", "Hi").ThenFault("resp_2", s_call).ThenText("resp_3", "ok");
        var agent = AgentWithTool(client);
        var thread = agent.GetNewThread();

        await agent.RunAsync("Hi", thread);
        await Assert.ThrowsAsync<AgentException>(() => agent.RunAsync("Go", thread));
        await agent.RunAsync("Go on", thread);

        Assert.Equal(["new: user", "resp_1: user", "resp_1: user"], client.Requests);
    }

    [Fact]
    public async Task NewServiceThread_ConversationBreaksOff_KeepsItsId()
    {
        using var client = new ThreadKeepingClient().ThenFault("conv_1", new TextContent("Par"));
        var thread = AgentThread.OnService();

        await Assert.ThrowsAsync<AgentException>(() => client.CreateAgent().RunAsync("Hi", thread));

        Assert.Equal("conv_1", thread.ServiceThreadId);
    }

    [Fact]
    public async Task ThreadNotFound_IsToldAsItIs()
    {
        var notFound = new AgentException(AgentErrorKind.ThreadNotFound, "The thread is gone. Start a new one.");
        using var client = new ScriptedChatClient().ThenFault(notFound);

        Assert.Same(notFound, await Assert.ThrowsAsync<AgentException>(() => client.CreateAgent().RunAsync("Hi", new AgentThread("conv_x"))));
    }

    [Fact]
    public async Task Messages_OfEachKindOfThread_AreListed()
    {
        using var client = new ThreadKeepingClient().ThenText(null, "Hello");
        var agent = client.CreateAgent();
        var memory = new AgentThread();
        await agent.RunAsync("Hi", memory);

        Assert.Equal(["Hi", "Hello"], (await agent.GetMessagesAsync(memory)).Select(m => m.Text));
        Assert.Equal(["in conv_1"], (await agent.GetMessagesAsync(new AgentThread("conv_1"))).Select(m => m.Text));
        Assert.Empty(await agent.GetMessagesAsync(AgentThread.OnService()));
        using var plain = new ScriptedChatClient();
        await Assert.ThrowsAsync<NotSupportedException>(() => plain.CreateAgent().GetMessagesAsync(new AgentThread("conv_1")));
    }

    [Fact]
    public async Task DeleteThread_OnlyOnTheProvidersSide_DeletesIt()
    {
        using var client = new ThreadKeepingClient();
        var agent = client.CreateAgent();

        await agent.DeleteThreadAsync(new AgentThread("conv_1"));
        await agent.DeleteThreadAsync(new AgentThread());
        await agent.DeleteThreadAsync(AgentThread.OnService());

        Assert.Equal(["conv_1"], client.Deleted);
    }

    private static ChatAgent AgentWithTool(IChatClient client) => client.CreateAgent(tools: [AIFunctionFactory.Create(() => "r", "t")]);
}
