using BlazorAgents.Agents;
using BlazorAgents.Data;
using BlazorAgents.Runs.Tests.Hosting;
using BlazorAgents.Testing.Fakes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs.Tests.Approvals;

/// <summary>Calls around an approval: those that never get there, and those that go wrong after it.</summary>
public sealed class AfterApprovalTests
{
    [Fact]
    [Trait("Id", "REL-07")]
    [Trait("Id", "REL-08")]
    public async Task Rel08_CallsThatCannotRun_NeverReachAPerson()
    {
        await using var desk = await GateDesk.StartAsync();
        desk.Model.ThenCalls(
                ScriptedChatClient.Call("1", "order", """{"what":5}"""),
                ScriptedChatClient.Call("2", "order", """{"what":"a","what":"b"}"""),
                ScriptedChatClient.Call("3", "nothing", "{}"))
            .ThenCalls(GateDesk.Call("look", "right")) // more than three wrong ones in a row would end the answer
            .ThenCalls(
                ScriptedChatClient.Call("4", "order", """{"what":"\ud800"}"""),
                ScriptedChatClient.Call("5", "nothing", "{}"),
                ScriptedChatClient.Call("6", "order", "not json"),
                ScriptedChatClient.Call("7", "order", $"{{\"what\":{new string('[', 5_000)}{new string(']', 5_000)}}}"))
            .ThenText("I give up.");

        var (_, view) = await desk.Host.AskAsync();

        Assert.Equal((RunStatus.Completed, "I give up."), (view.State.Status, view.Text()));
        var calls = view.Items.Where(i => i.Kind is RunItemKind.ToolCall && i.Tool!.Name != "look").Select(i => i.Tool!).ToList();
        Assert.All(calls, c => Assert.Equal(c.Name == "nothing" ? ToolOutcome.UnknownTool : ToolOutcome.InvalidArguments, c.Outcome));
        Assert.Equal((7, 0), (calls.Count, await CountAsync(desk)));
        Assert.Equal(["look x"], desk.Ran);
    }

    [Theory]
    [InlineData("throws", ApprovalState.Failed, ToolExecutionState.Failed, "the tool failed")]
    [InlineData("binary", ApprovalState.Executed, ToolExecutionState.Succeeded, "binary result")]
    [InlineData("huge", ApprovalState.Executed, ToolExecutionState.Succeeded, "are shown")]
    [Trait("Id", "REL-11")]
    public async Task Rel11_ApprovedToolGoesWrong_ModelIsToldAndTheRunGoesOn(string how, ApprovalState end, ToolExecutionState journal, string told)
    {
        await using var desk = await GateDesk.StartAsync();
        desk.OnOrder = _ => how switch
        {
            "throws" => throw new InvalidOperationException("secret path /etc"),
            "binary" => Task.FromResult<object>(new DataContent(new byte[10_000_000], "application/pdf")),
            _ => Task.FromResult<object>(new string('x', 10_000_000)),
        };
        desk.Model.ThenCalls(GateDesk.Order()).ThenText("I see.");
        var (view, approval) = await desk.WaitAsync();

        await desk.ApproveAsync(approval);
        await view.UntilEndedAsync();

        Assert.Equal((RunStatus.Completed, "I see."), (view.State.Status, view.Text()));
        var tool = view.Items.Single(i => i.Kind is RunItemKind.ToolCall).Tool!;
        Assert.Contains(told, tool.Result, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", tool.Result, StringComparison.Ordinal);
        Assert.True(tool.Result!.Length < 51_000);
        Assert.Equal((end, journal), (await StateAsync(desk), (await desk.JournalAsync("order")).State));
    }

    [Fact]
    [Trait("Id", "REL-12")]
    public async Task Rel12_ApprovedToolHangs_TimesOutUnknownAndTheRunGoesOn()
    {
        var time = new ManualTimeProvider();
        await using var desk = await GateDesk.StartAsync(time: time);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        desk.OnOrder = _ =>
        {
            reached.SetResult();
            return new TaskCompletionSource<object>().Task; // looks at no token
        };
        desk.Model.ThenCalls(GateDesk.Order()).ThenText("I cannot tell.");
        var (view, approval) = await desk.WaitAsync();
        await desk.ApproveAsync(approval);
        await reached.Task.WaitAsync(Waiting.Patience);

        time.Advance(TimeSpan.FromSeconds(61));
        await view.UntilEndedAsync();

        Assert.Equal("I cannot tell.", view.Text());
        Assert.Equal((ApprovalState.Unknown, ToolExecutionState.TimedOut), (await StateAsync(desk), (await desk.JournalAsync("order")).State));
    }

    [Fact]
    [Trait("Id", "REL-10")]
    public async Task Rel10_SameCallApprovedAgainAndAgain_CountsAsRepetition()
    {
        await using var desk = await GateDesk.StartAsync();
        for (var n = 1; n <= 4; n++)
        {
            desk.Model.ThenCalls(GateDesk.Order(id: $"{n}"));
        }

        var (view, approval) = await desk.WaitAsync();
        for (var n = 1; n <= 3; n++)
        {
            await desk.ApproveAsync(approval);
            await view.UntilAsync(v => !v.State.IsActive || v.Items.Count(i => i.Kind is RunItemKind.ToolCall && i.Tool!.RequestId is not null) > n);
            if (view.State.IsActive)
            {
                await view.UntilAsync(v => v.State.Status is RunStatus.AwaitingApproval);
                approval = await desk.PendingAsync(view.Id);
            }
        }

        Assert.Equal((RunStatus.Completed, nameof(AgentFinishReason.ToolLimit)), (view.State.Status, view.State.FinishReason));
        Assert.Contains("again and again", view.Items.Single(i => i.Kind is RunItemKind.Notice).Text, StringComparison.Ordinal);
        Assert.Equal((3, 3), (desk.Ran.Count, await CountAsync(desk)));
    }

    [Fact]
    [Trait("Id", "REL-10")]
    public async Task Rel10_AnswerThatWaits_GetsNoFurtherTokens()
    {
        await using var desk = await GateDesk.StartAsync();
        var half = new UsageDetails { InputTokenCount = 250_000, OutputTokenCount = 1_000 };
        desk.Model.Then(ChatFinishReason.ToolCalls, new UsageContent(half), GateDesk.Order())
            .Then(ChatFinishReason.ToolCalls, new UsageContent(half), GateDesk.Order("mouse", "2"));
        var (view, approval) = await desk.WaitAsync();

        await desk.ApproveAsync(approval);
        await view.UntilAsync(v => !v.State.IsActive || v.Items.Count(i => i.Tool?.RequestId is not null) == 2);

        Assert.Equal((RunStatus.Completed, nameof(AgentFinishReason.ToolLimit)), (view.State.Status, view.State.FinishReason));
        Assert.Contains($"{502_000:N0} tokens", view.Items.Single(i => i.Kind is RunItemKind.Notice).Text, StringComparison.Ordinal);
        Assert.Equal((1, 1), (desk.Ran.Count, await CountAsync(desk)));
    }

    [Fact]
    public async Task Run_SeveralCallsInOneStep_UngatedRunAtOnceAndGatedWait()
    {
        await using var desk = await GateDesk.StartAsync();
        desk.Model.ThenCalls(GateDesk.Call("look", "1"), GateDesk.Order(id: "2"), GateDesk.Call("write", "3")).ThenText("All done.");
        var run = await desk.Host.SendAsync();
        var view = await desk.Host.ViewAsync(run);
        await view.UntilAsync(v => v.State.Status is RunStatus.AwaitingApproval);

        Assert.Equal(["look x"], desk.Ran);
        var tools = view.Items.Where(i => i.Kind is RunItemKind.ToolCall).Select(i => i.Tool!).ToList();
        Assert.Equal([false, true, true], tools.Select(t => t.RequestId is not null));
        Assert.Equal([ToolOutcome.Succeeded, null, null], tools.Select(t => t.Outcome));

        foreach (var approval in await desk.Host.Database.ReadAsync(c => c.Approvals.ToListAsync()))
        {
            await desk.ApproveAsync(approval);
        }

        await view.UntilEndedAsync();
        Assert.Equal(["laptop", "look x", "write x"], desk.Ran.Order());
        Assert.Equal(3, desk.Model.Requests[1].Messages.SelectMany(m => m.Contents).OfType<FunctionResultContent>().Count());
    }

    [Fact]
    public async Task Delete_WhileItWaits_WithdrawsTheRequestWithTheCause()
    {
        await using var desk = await GateDesk.StartAsync();
        desk.Model.ThenCalls(GateDesk.Order());
        var (view, approval) = await desk.WaitAsync();

        await desk.Host.Conversations.DeleteAsync(RunsHost.User, view.ConversationId);
        await view.UntilEndedAsync();

        var stored = await desk.Host.Database.ReadAsync(c => c.Approvals.SingleAsync());
        Assert.Equal((approval.Id, ApprovalState.Cancelled, "The conversation was deleted."), (stored.Id, stored.State, stored.Cause));
    }

    private static Task<int> CountAsync(GateDesk desk) => desk.Host.Database.ReadAsync(c => c.Approvals.CountAsync());

    private static Task<ApprovalState> StateAsync(GateDesk desk) => desk.Host.Database.ReadAsync(c => c.Approvals.Select(a => a.State).SingleAsync());
}
