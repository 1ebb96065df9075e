using BlazorAgents.Agents;
using BlazorAgents.Data;
using BlazorAgents.Runs.Tests.Hosting;
using BlazorAgents.Testing.Fakes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs.Tests.Engine;

/// <summary>Runs that wait for people and go on with what they decided.</summary>
public sealed class WaitingRunTests
{
    private readonly List<string> _ran = [];

    [Fact]
    public async Task Run_GatedCall_WaitsOutsideTheEngineAndGoesOnWhenApproved()
    {
        await using var host = await RunsHost.StartAsync(Settings());
        host.Model.Then(ChatFinishReason.ToolCalls, new TextContent("I order it."), ScriptedChatClient.Call("1", "order", """{"what":"laptop"}""")).ThenText("Ordered.");

        var run = await host.SendAsync("Order a laptop");
        var view = await host.ViewAsync(run);
        await view.UntilAsync(v => v.State.Status is RunStatus.AwaitingApproval);
        var waiting = view.Items.Single(item => item.Kind is RunItemKind.ToolCall).Tool!;
        Assert.Empty(_ran);
        Assert.NotNull(waiting.RequestId);
        Assert.Null((await host.StoredAsync(run.RunId)).LeaseUntil);

        await DecideAsync(host, run, waiting.RequestId, a => a.State = ApprovalState.Approved);
        await view.UntilEndedAsync();

        Assert.Equal(["laptop"], _ran);
        Assert.Equal((RunStatus.Completed, "I order it.Ordered."), (view.State.Status, view.Text()));
        Assert.Equal(ToolOutcome.Succeeded, view.Items.Single(item => item.Kind is RunItemKind.ToolCall).Tool!.Outcome);
        Assert.Equal([ChatRole.User, ChatRole.Assistant, ChatRole.Tool], host.Model.Requests[1].Messages.Select(m => m.Role));
    }

    [Theory]
    [InlineData(ApprovalState.Rejected, "Too dear.")]
    [InlineData(ApprovalState.Expired, "not approved in time")]
    [InlineData(ApprovalState.Cancelled, "withdrawn")]
    public async Task Run_NotApproved_RunsNothingAndTheModelIsTold(ApprovalState state, string told)
    {
        await using var host = await RunsHost.StartAsync(Settings());
        host.Model.ThenCalls(ScriptedChatClient.Call("1", "order", """{"what":"laptop"}""")).ThenText("I see.");
        var (run, view, request) = await WaitAsync(host);

        await DecideAsync(host, run, request, a => (a.State, a.DecisionReason) = (state, state is ApprovalState.Rejected ? "Too dear." : null));
        await view.UntilEndedAsync();

        Assert.Empty(_ran);
        Assert.Equal("I see.", view.Text());
        Assert.Contains(told, $"{host.Model.Requests[1].Messages[^1].Contents.OfType<FunctionResultContent>().Single().Result}", StringComparison.Ordinal);
        Assert.Equal(ToolOutcome.Refused, view.Items.Single(item => item.Kind is RunItemKind.ToolCall).Tool!.Outcome);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_AnsweredInstead_RunsNothingAndIsToldFromARefusal(bool stops)
    {
        await using var host = await RunsHost.StartAsync(Settings());
        host.Model.ThenCalls(ScriptedChatClient.Call("1", "order", """{"what":"laptop"}"""), ScriptedChatClient.Call("2", "order", """{"what":"mouse"}""")).ThenText("I see.");
        var run = await host.SendAsync("Order both");
        var view = await host.ViewAsync(run);
        await view.UntilAsync(v => v.State.Status is RunStatus.AwaitingApproval);
        var requests = view.Items.Select(item => item.Tool!.RequestId!).ToList();
        await host.Database.WriteAsync(async context =>
        {
            var rejected = await context.Approvals.SingleAsync(a => a.Id == Guid.Parse(requests[0]));
            (rejected.State, rejected.StopsRun) = (ApprovalState.Rejected, stops);
        });

        await DecideAsync(host, run, requests[1], a => (a.State, a.Answer) = (ApprovalState.Rejected, "In May."));
        await view.UntilEndedAsync();

        Assert.Empty(_ran);
        var calls = view.Items.Where(item => item.Kind is RunItemKind.ToolCall).Select(item => item.Tool!).ToList();
        Assert.Equal([ToolOutcome.Refused, ToolOutcome.Answered], calls.Select(call => call.Outcome));
        Assert.Contains("In May.", calls[1].Result, StringComparison.Ordinal);
        Assert.Equal(stops ? 1 : 2, host.Model.Requests.Count);
    }

    [Fact]
    public async Task Run_EditedArguments_AreWhatRuns()
    {
        await using var host = await RunsHost.StartAsync(Settings());
        host.Model.ThenCalls(ScriptedChatClient.Call("1", "order", """{"what":"laptop"}""")).ThenText("Ok.");
        var (run, view, request) = await WaitAsync(host);

        await DecideAsync(host, run, request, a => (a.State, a.EditedArguments) = (ApprovalState.Approved, """{"what":"mouse"}"""));
        await view.UntilEndedAsync();

        Assert.Equal(["mouse"], _ran);
        Assert.Contains("changed the arguments", view.Items.Single(item => item.Kind is RunItemKind.ToolCall).Tool!.Result, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_RejectedAndStopped_EndsWithoutAnotherModelCall()
    {
        await using var host = await RunsHost.StartAsync(Settings());
        host.Model.ThenCalls(ScriptedChatClient.Call("1", "order", """{"what":"laptop"}"""));
        var (run, view, request) = await WaitAsync(host);

        await DecideAsync(host, run, request, a => (a.State, a.StopsRun) = (ApprovalState.Rejected, true));
        await view.UntilEndedAsync();

        Assert.Equal(RunStatus.Stopped, view.State.Status);
        Assert.Single(host.Model.Requests);
        Assert.Empty(_ran);
    }

    [Fact]
    [Trait("Id", "REL-16")]
    public async Task Rel16_RestartWithAPendingRequest_DecisionAfterwardsContinuesTheRun()
    {
        using var folder = new TempFolder();
        StartedRun run;
        string request;
        await using (var before = await RunsHost.StartAsync(Settings() with { Folder = folder }))
        {
            before.Model.ThenCalls(ScriptedChatClient.Call("1", "order", """{"what":"laptop"}"""));
            (run, _, request) = await WaitAsync(before);
        }

        await using var after = await RunsHost.StartAsync(Settings() with { Folder = folder });
        after.Model.ThenText("Ordered.");
        var view = await after.ViewAsync(run);
        Assert.Equal(RunStatus.AwaitingApproval, view.State.Status);
        await DecideAsync(after, run, request, a => a.State = ApprovalState.Approved);
        await view.UntilEndedAsync();

        Assert.Equal(["laptop"], _ran);
        Assert.Equal((RunStatus.Completed, "Ordered."), (view.State.Status, view.Text()));
    }

    [Fact]
    [Trait("Id", "REL-16")]
    public async Task Rel16_RestartAfterTheDecision_ContinuesTheRunByItself()
    {
        using var folder = new TempFolder();
        StartedRun run;
        await using (var before = await RunsHost.StartAsync(Settings() with { Folder = folder }))
        {
            before.Model.ThenCalls(ScriptedChatClient.Call("1", "order", """{"what":"laptop"}"""));
            (run, _, var request) = await WaitAsync(before);
            await before.StopEngineAsync();
            await DecideAsync(before, run, request, a => a.State = ApprovalState.Approved);
        }

        await using var after = await RunsHost.StartAsync(Settings() with { Folder = folder, StartEngine = false });
        after.Model.ThenText("Ordered.");
        await after.StartEngineAsync();

        Assert.Equal("Ordered.", (await after.EndAsync(run)).Text());
        Assert.Equal(["laptop"], _ran);
    }

    [Fact]
    public async Task Run_WaitsTwiceUnderTheSameCallId_BothDecisionsCount()
    {
        await using var host = await RunsHost.StartAsync(Settings());
        host.Model.ThenCalls(ScriptedChatClient.Call("1", "order", """{"what":"laptop"}"""))
            .ThenCalls(ScriptedChatClient.Call("1", "order", """{"what":"mouse"}"""))
            .ThenText("Ordered both.");
        var (run, view, first) = await WaitAsync(host);
        await DecideAsync(host, run, first, a => a.State = ApprovalState.Approved);
        await view.UntilAsync(v => v.State.Status is RunStatus.AwaitingApproval && v.Items.Count(item => item.Tool is { RequestId: not null }) == 2);

        await DecideAsync(host, run, view.Items[^1].Tool!.RequestId!, a => a.State = ApprovalState.Approved);
        await view.UntilEndedAsync();

        Assert.Equal(["laptop", "mouse"], _ran);
        Assert.Equal("Ordered both.", view.Text());
    }

    [Fact]
    public async Task Stop_WhileItWaits_EndsTheRunAndTheConversationGoesOn()
    {
        await using var host = await RunsHost.StartAsync(Settings());
        host.Model.ThenCalls(ScriptedChatClient.Call("1", "order", """{"what":"laptop"}""")).ThenText("Hello.");
        var (run, view, _) = await WaitAsync(host);

        await host.Runs.StopAsync(RunsHost.User, run.RunId);
        await view.UntilEndedAsync();
        var (_, next) = await host.AskAsync("Hello", run.ConversationId);

        Assert.Equal(RunStatus.Stopped, view.State.Status);
        Assert.Equal("Hello.", next.Text());
        Assert.Contains("Nobody decided", $"{host.Model.Requests[1].Messages[2].Contents.OfType<FunctionResultContent>().Single().Result}", StringComparison.Ordinal);
        Assert.Empty(_ran);
    }

    [Fact]
    [Trait("Id", "REL-34")]
    public async Task Rel34_RunThatCarriesADecisionFails_ConversationStaysUsable()
    {
        await using var host = await RunsHost.StartAsync(Settings());
        host.Model.ThenCalls(ScriptedChatClient.Call("1", "order", """{"what":"laptop"}"""))
            .ThenFault(new AgentException(AgentErrorKind.BadResponse, "The provider's answer makes no sense."))
            .ThenText("Hello again.");
        var (run, view, request) = await WaitAsync(host);
        await DecideAsync(host, run, request, a => a.State = ApprovalState.Approved);
        await view.UntilEndedAsync();

        var (_, next) = await host.AskAsync("Hello?", run.ConversationId);

        Assert.Equal((RunStatus.Failed, RunStatus.Completed), (view.State.Status, next.State.Status));
        Assert.Equal(["laptop"], _ran);
        Assert.Equal(["ordered laptop"], host.Model.Requests[^1].Messages.SelectMany(m => m.Contents).OfType<FunctionResultContent>().Select(r => $"{r.Result}"));
    }

    [Theory]
    [InlineData(ConversationMemory.None)]
    [InlineData(ConversationMemory.Process)]
    [InlineData(ConversationMemory.Database)]
    public async Task Run_EveryMemoryOfOurs_GoesOnAfterARestart(ConversationMemory memory)
    {
        using var folder = new TempFolder();
        StartedRun run;
        string request;
        await using (var before = await RunsHost.StartAsync(Settings() with { Folder = folder }))
        {
            before.Model.ThenCalls(ScriptedChatClient.Call("1", "order", """{"what":"laptop"}"""));
            run = await before.Runs.StartAsync(RunsHost.Request("Order") with { Connection = ConversationConnection.Default with { Memory = memory } });
            var first = await before.ViewAsync(run);
            await first.UntilAsync(v => v.State.Status is RunStatus.AwaitingApproval);
            request = first.Items[0].Tool!.RequestId!;
        }

        await using var after = await RunsHost.StartAsync(Settings() with { Folder = folder });
        after.Model.ThenText("Ordered.");
        var view = await after.ViewAsync(run);
        await DecideAsync(after, run, request, a => a.State = ApprovalState.Approved);
        await view.UntilEndedAsync();

        Assert.Equal((RunStatus.Completed, "Ordered."), (view.State.Status, view.Text()));
        Assert.Equal(["laptop"], _ran);
    }

    private static async Task<(StartedRun Run, RunView View, string Request)> WaitAsync(RunsHost host)
    {
        var run = await host.SendAsync("Order a laptop");
        var view = await host.ViewAsync(run);
        await view.UntilAsync(v => v.State.Status is RunStatus.AwaitingApproval);
        return (run, view, view.Items.Single(item => item.Kind is RunItemKind.ToolCall).Tool!.RequestId!);
    }

    /// <summary>Stores a decision and queues the run again, in one transaction.</summary>
    private static async Task DecideAsync(RunsHost host, StartedRun run, string request, Action<Approval> decide)
    {
        await host.Database.WriteAsync(async context =>
        {
            decide(await context.Approvals.SingleAsync(a => a.Id == Guid.Parse(request)));
            (await context.Runs.FindAsync(run.RunId))!.Status = RunStatus.Queued;
        });
        host.Get<RunQueue>().Enqueue(run.RunId);
    }

    private RunsHostSettings Settings() => new()
    {
        Tools =
        [
            new ApprovalRequiredAIFunction(AIFunctionFactory.Create(
                (string what) =>
                {
                    _ran.Add(what);
                    return $"ordered {what}";
                },
                "order",
                "Orders something.")),
        ],
    };
}
