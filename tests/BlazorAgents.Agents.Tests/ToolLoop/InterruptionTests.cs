using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.Tests.ToolLoop;

public sealed class InterruptionTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Run_StoppedDuringTool_LeavesNoDanglingCallInHistory()
    {
        using var stop = new CancellationTokenSource();
        using var client = new ScriptedChatClient().Then(
            ChatFinishReason.ToolCalls, new TextContent("Let me see. "), ScriptedChatClient.Call("1", "quick"), ScriptedChatClient.Call("2", "hang"));
        var agent = client.CreateAgent(tools:
        [
            AIFunctionFactory.Create(() => "quick result", "quick"),
            AIFunctionFactory.Create(() => new TaskCompletionSource<string>().Task, "hang"),
        ]);
        var thread = agent.GetNewThread();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in agent.RunStreamingAsync("Hi", thread, cancellationToken: stop.Token))
            {
                if (update is AgentUpdate.ToolCallFinished { CallId: "1" })
                {
                    await stop.CancelAsync();
                }
            }
        }).WaitAsync(s_patience);

        var stored = await thread.MessageStore!.GetMessagesAsync(default);
        Assert.Equal([ChatRole.User, ChatRole.Assistant, ChatRole.Tool], stored.Select(m => m.Role));
        Assert.Equal("Let me see. ", stored[1].Text);
        var results = stored[2].Contents.OfType<FunctionResultContent>().Select(r => $"{r.Result}").ToList();
        Assert.Equal("quick result", results[0]);
        Assert.StartsWith("Error: the tool was stopped", results[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_StoppedDuringText_KeepsThePartialAnswer()
    {
        using var stop = new CancellationTokenSource();
        using var client = new ScriptedChatClient().ThenText("One ", "two ", "three");
        var agent = client.CreateAgent();
        var thread = agent.GetNewThread();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in agent.RunStreamingAsync("Count", thread, cancellationToken: stop.Token))
            {
                if (update is AgentUpdate.TextDelta { Text: "two " })
                {
                    await stop.CancelAsync();
                }
            }
        });

        Assert.Equal(["Count", "One two "], (await thread.MessageStore!.GetMessagesAsync(default)).Select(m => m.Text));
    }

    [Fact]
    public async Task Run_ReaderLeavesEarly_KeepsThePartialAnswerAndStopsTools()
    {
        var toolEntered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var toolStopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var client = new ScriptedChatClient().ThenCalls(ScriptedChatClient.Call("1", "quick"), ScriptedChatClient.Call("2", "hang"));
        Func<CancellationToken, Task<string>> hang = ct =>
        {
            var never = new TaskCompletionSource<string>();
            ct.Register(() => { toolStopped.TrySetResult(); never.TrySetCanceled(ct); });
            toolEntered.SetResult();
            return never.Task;
        };
        Func<Task> quick = () => toolEntered.Task;
        var agent = client.CreateAgent(tools: [AIFunctionFactory.Create(quick, "quick"), AIFunctionFactory.Create(hang, "hang")]);
        var thread = agent.GetNewThread();

        await foreach (var update in agent.RunStreamingAsync("Hi", thread))
        {
            if (update is AgentUpdate.ToolCallFinished)
            {
                break;
            }
        }

        await toolStopped.Task.WaitAsync(s_patience);
        var stored = await thread.MessageStore!.GetMessagesAsync(default);
        Assert.Equal(2, stored[^1].Contents.OfType<FunctionResultContent>().Count());
    }

    [Fact]
    [Trait("Id", "REL-03")]
    public async Task Run_LaterCallBreaks_KeepsEverythingThatCame()
    {
        var broken = new AgentException(AgentErrorKind.Unavailable, "The connection broke.") { BrokeMidStream = true };
        using var client = new ScriptedChatClient().ThenCalls(ScriptedChatClient.Call("1", "t")).ThenFault(broken, new TextContent("Partial"));
        var agent = client.CreateAgent(tools: [AIFunctionFactory.Create(() => "r", "t")]);
        var thread = agent.GetNewThread();

        var thrown = await Assert.ThrowsAsync<AgentException>(() => agent.RunAsync("Hi", thread));

        Assert.Same(broken, thrown);
        var stored = await thread.MessageStore!.GetMessagesAsync(default);
        Assert.Equal([ChatRole.User, ChatRole.Assistant, ChatRole.Tool, ChatRole.Assistant], stored.Select(m => m.Role));
        Assert.Equal("Partial", stored[^1].Text);
    }

    [Fact]
    [Trait("Id", "REL-03")]
    public async Task Run_StreamBreaksAfterACall_ClosesTheCallWithoutRunningIt()
    {
        var ran = false;
        using var client = new ScriptedChatClient().ThenFault(new IOException("reset"), ScriptedChatClient.Call("1", "t"));
        var agent = client.CreateAgent(tools: [AIFunctionFactory.Create(() => ran = true, "t")]);
        var thread = agent.GetNewThread();
        var updates = new List<AgentUpdate>();

        var thrown = await Assert.ThrowsAsync<AgentException>(async () =>
        {
            await foreach (var update in agent.RunStreamingAsync("Hi", thread))
            {
                updates.Add(update);
            }
        });

        Assert.Equal(AgentErrorKind.Unavailable, thrown.Kind);
        Assert.False(ran);
        Assert.Equal(ToolOutcome.Cancelled, Assert.IsType<AgentUpdate.ToolCallFinished>(updates[^1]).Outcome);
        Assert.Single((await thread.MessageStore!.GetMessagesAsync(default))[^1].Contents.OfType<FunctionResultContent>());
    }

    [Fact]
    public async Task Run_FirstCallFailsWithNothing_AddsNothing()
    {
        using var client = new ScriptedChatClient().ThenFault(new AgentException(AgentErrorKind.Authentication, "No."));
        var thread = new AgentThread();

        await Assert.ThrowsAsync<AgentException>(() => client.CreateAgent().RunAsync("Hi", thread));

        Assert.Empty(await thread.MessageStore!.GetMessagesAsync(default));
    }

    [Fact]
    public async Task Run_ContentFilterAfterACall_RunsNothing()
    {
        var ran = false;
        using var client = new ScriptedChatClient().Then(ChatFinishReason.ContentFilter, ScriptedChatClient.Call("1", "t"));

        var answer = await client.CreateAgent(tools: [AIFunctionFactory.Create(() => ran = true, "t")]).RunAsync("Hi");

        Assert.Equal((false, AgentFinishReason.ContentFilter), (ran, answer.FinishReason));
    }
}
