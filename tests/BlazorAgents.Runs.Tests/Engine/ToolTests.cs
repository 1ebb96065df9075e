using System.ComponentModel;
using BlazorAgents.Agents;
using BlazorAgents.Data;
using BlazorAgents.Runs.Tests.Hosting;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs.Tests.Engine;

public sealed class ToolTests
{
    private static readonly AIFunction s_weather = AIFunctionFactory.Create(
        ([Description("Where.")] string place) => $"Sunny in {place}", "weather", "Tells the weather.");

    private static readonly AIFunction s_broken = AIFunctionFactory.Create(
        string () => throw new InvalidOperationException("secret-of-the-tool"), "broken", "Fails.");

    [Fact]
    public async Task Run_ToolCall_IsStoredWithItsResultAndSentBack()
    {
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { Tools = [s_weather] });
        host.Model.ThenCalls(ScriptedChatClient.Call("call_1", "weather", """{"place":"Rome"}""")).ThenText("It is sunny.");

        var (run, view) = await host.AskAsync("Weather in Rome?");

        var tool = view.Items[0].Tool!;
        Assert.Equal(("weather", "Sunny in Rome", ToolOutcome.Succeeded), (tool.Name, tool.Result, tool.Outcome));
        var stored = await host.StoredItemsAsync(run.RunId);
        Assert.Equal(new ItemPayload.FunctionCall("call_1", "weather", """{"place":"Rome"}"""), stored[0]);
        var result = Assert.IsType<ItemPayload.FunctionResult>(stored[1]);
        Assert.Equal(("call_1", "Sunny in Rome", "Succeeded"), (result.CallId, result.Result, result.Outcome));
        Assert.Equal(new ItemPayload.Text("It is sunny."), stored[2]);

        host.Model.ThenText("You are welcome.");
        await host.AskAsync("Thanks", run.ConversationId);
        Assert.Equal(
            [ChatRole.User, ChatRole.Assistant, ChatRole.Tool, ChatRole.Assistant, ChatRole.User],
            host.Model.Requests[^1].Messages.Select(m => m.Role));
    }

    [Fact]
    [Trait("Id", "REL-11")]
    public async Task Rel11_ToolThrows_OutcomeIsStoredAndItsExceptionIsOnlyLogged()
    {
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { Tools = [s_broken] });
        host.Model.ThenCalls(ScriptedChatClient.Call("call_1", "broken")).ThenText("Sorry.");

        var (run, view) = await host.AskAsync();

        Assert.Equal(RunStatus.Completed, view.State.Status);
        var result = Assert.IsType<ItemPayload.FunctionResult>((await host.StoredItemsAsync(run.RunId))[1]);
        Assert.Equal("Failed", result.Outcome);
        Assert.DoesNotContain("secret", result.Result, StringComparison.Ordinal);
        Assert.Contains(host.Log.Entries, e => e.Exception?.Message == "secret-of-the-tool");
    }

    [Fact]
    [Trait("Id", "REL-12")]
    public async Task Rel12_ToolHangs_TimesOutAndTheRunGoesOn()
    {
        var time = new ManualTimeProvider();
        var gate = new Gate();
        var hanging = AIFunctionFactory.Create(async () => await gate.PassAsync(CancellationToken.None), "hang", "Hangs.");
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { Tools = [hanging], Time = time });
        host.Model.ThenCalls(ScriptedChatClient.Call("call_1", "hang")).ThenText("It took too long.");

        var run = await host.SendAsync();
        var view = await host.ViewAsync(run);
        await gate.ReachedAsync();
        time.Advance(TimeSpan.FromSeconds(61));
        await view.UntilEndedAsync();

        Assert.Equal((RunStatus.Completed, ToolOutcome.TimedOut), (view.State.Status, view.Items[0].Tool!.Outcome));
        Assert.Equal("TimedOut", Assert.IsType<ItemPayload.FunctionResult>((await host.StoredItemsAsync(run.RunId))[1]).Outcome);
        gate.Open();
    }

    [Fact]
    [Trait("Id", "REL-12")]
    public async Task Rel12_ToolHangsInTheOnlySlot_NextRunGetsItAfterTheTimeout()
    {
        var time = new ManualTimeProvider();
        var gate = new Gate();
        var hanging = AIFunctionFactory.Create(async () => await gate.PassAsync(CancellationToken.None), "hang", "Hangs.");
        await using var host = await RunsHost.StartAsync(new RunsHostSettings
        {
            Tools = [hanging],
            Time = time,
            Options = new RunsOptions { MaxConcurrent = 1, MakeTitles = false, DrainSeconds = 0 },
        });
        host.Model.ThenCalls(ScriptedChatClient.Call("call_1", "hang")).ThenText("It took too long.").ThenText("Your turn.");
        var first = await host.ViewAsync(await host.SendAsync());
        await gate.ReachedAsync();
        var second = await host.ViewAsync(await host.SendAsync());
        Assert.Equal(RunStatus.Queued, second.State.Status);

        time.Advance(TimeSpan.FromSeconds(61));
        await first.UntilEndedAsync();
        await second.UntilEndedAsync();

        Assert.Equal((RunStatus.Completed, "It took too long."), (first.State.Status, first.Text()));
        Assert.Equal((RunStatus.Completed, "Your turn."), (second.State.Status, second.Text()));
        gate.Open();
    }

    [Fact]
    [Trait("Id", "REL-10")]
    public async Task Rel10_ToolLimit_IsExplainedAndStored()
    {
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { Tools = [s_weather] });
        host.Model.Otherwise = (_, ct) => ScriptedChatClient.Stream(
            ChatFinishReason.ToolCalls, [ScriptedChatClient.Call("", "weather", """{"place":"Rome"}""")], ct);

        var (run, view) = await host.AskAsync();

        Assert.Equal((RunStatus.Completed, "ToolLimit"), (view.State.Status, view.State.FinishReason));
        var notice = Assert.IsType<ItemPayload.Notice>((await host.StoredItemsAsync(run.RunId))[^1]);
        Assert.Contains("again and again", notice.Content, StringComparison.Ordinal);
        Assert.Equal(notice.Content, view.Items[^1].Text);
        Assert.All(view.Items.Where(i => i.Tool is not null), i => Assert.NotNull(i.Tool!.Outcome));
    }

    [Fact]
    public async Task Run_StoppedDuringTool_LeavesNoDanglingCallInHistory()
    {
        var gate = new Gate();
        var slow = AIFunctionFactory.Create(async (CancellationToken ct) => await gate.PassAsync(ct), "slow", "Is slow.");
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { Tools = [slow] });
        host.Model.ThenCalls(ScriptedChatClient.Call("call_1", "slow"));
        var run = await host.SendAsync();
        var view = await host.ViewAsync(run);
        await gate.ReachedAsync();

        await host.Runs.StopAsync(RunsHost.User, run.RunId);
        await view.UntilEndedAsync();

        Assert.Equal((RunStatus.Stopped, ToolOutcome.Cancelled), (view.State.Status, view.Items[0].Tool!.Outcome));
        host.Model.ThenText("Fine.");
        await host.AskAsync("Never mind", run.ConversationId);
        var sent = host.Model.Requests[^1].Messages;
        var call = Assert.Single(sent.SelectMany(m => m.Contents).OfType<FunctionCallContent>());
        Assert.Equal(call.CallId, Assert.Single(sent.SelectMany(m => m.Contents).OfType<FunctionResultContent>()).CallId);
    }

    [Fact]
    public async Task History_TextAfterACallInTheSameStep_KeepsTheCallsResult()
    {
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { Tools = [s_weather] });
        host.Model
            .Then(ChatFinishReason.ToolCalls, ScriptedChatClient.Call("call_1", "weather", """{"place":"Rome"}"""), new TextContent("Let me look."))
            .ThenText("Sunny.");
        var (run, _) = await host.AskAsync();

        host.Model.ThenText("Bye.");
        await host.AskAsync("Thanks", run.ConversationId);

        var result = Assert.Single(host.Model.Requests[^1].Messages.SelectMany(m => m.Contents).OfType<FunctionResultContent>());
        Assert.Equal("Sunny in Rome", result.Result?.ToString());
    }

    [Fact]
    public async Task Tool_ScopedService_IsMadeForEachRun()
    {
        var seen = new List<bool>();
        var tool = AIFunctionFactory.Create(
            (IServiceProvider services) => seen.Add(services.GetService(typeof(AppDbContext)) is AppDbContext), "scoped", "Uses a scoped service.");
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { Tools = [tool] });
        host.Model.ThenCalls(ScriptedChatClient.Call("call_1", "scoped")).ThenText("Done.");

        await host.AskAsync();

        Assert.Equal([true], seen);
    }
}
