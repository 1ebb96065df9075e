using BlazorAgents.Agents;
using BlazorAgents.Data;
using BlazorAgents.Runs.Tests.Hosting;
using BlazorAgents.Testing.Fakes;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Runs.Tests.Approvals;

/// <summary>A decision is stored before the run goes on; going on is tried again, and given up in order.</summary>
[Trait("Id", "REL-34")]
public sealed class ResumeTests
{
    private static readonly TimeSpan[] s_delays = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(25)];

    [Fact]
    public async Task Rel34_GoingOnFailsForAMoment_IsTriedAgainWithBackOffAndRunsOnce()
    {
        var time = new ManualTimeProvider();
        await using var desk = await GateDesk.StartAsync(time: time);
        desk.Model.ThenCalls(GateDesk.Order()).ThenText("Ordered.");
        var (view, approval) = await desk.WaitAsync();
        Fail(desk, AgentErrorKind.Unavailable, 2);

        await desk.ApproveAsync(approval);
        foreach (var delay in s_delays[..2])
        {
            await time.WaitForTimerAsync(delay);
            Assert.Equal(ApprovalState.Approved, await StateAsync(desk));
            time.Advance(delay);
        }

        await view.UntilEndedAsync();

        Assert.Equal((RunStatus.Completed, "Ordered."), (view.State.Status, view.Text()));
        Assert.Equal(["laptop"], desk.Ran);
        Assert.Equal(ApprovalState.Executed, await StateAsync(desk));
    }

    [Fact]
    public async Task Rel34_GoingOnKeepsFailing_CallIsClosedAsNotRunAndTheConversationGoesOn()
    {
        var time = new ManualTimeProvider();
        await using var desk = await GateDesk.StartAsync(time: time);
        desk.Model.ThenCalls(GateDesk.Order()).ThenText("Hello again.");
        var (view, approval) = await desk.WaitAsync();
        Fail(desk, AgentErrorKind.Unavailable, s_delays.Length + 1);

        await desk.ApproveAsync(approval);
        foreach (var delay in s_delays)
        {
            await time.WaitForTimerAsync(delay);
            time.Advance(delay);
        }

        await view.UntilEndedAsync();

        await AssertGivenUpAsync(desk, view);
    }

    [Fact]
    public async Task Rel34_FaultThatDoesNotPass_IsNotTriedAgain()
    {
        await using var desk = await GateDesk.StartAsync();
        desk.Model.ThenCalls(GateDesk.Order()).ThenText("Hello again.");
        var (view, approval) = await desk.WaitAsync();
        Fail(desk, AgentErrorKind.Authentication, 1);

        await desk.ApproveAsync(approval);
        await view.UntilEndedAsync();

        await AssertGivenUpAsync(desk, view);
    }

    private static async Task AssertGivenUpAsync(GateDesk desk, RunView view)
    {
        Assert.Equal(RunStatus.Failed, view.State.Status);
        Assert.Equal((ToolOutcome.Cancelled, HistoryBuilder.NotRun), view.Items.Single(i => i.Kind is RunItemKind.ToolCall).Tool is var tool ? (tool!.Outcome!.Value, tool.Result!) : default);
        await desk.Host.Get<ApprovalClock>().SweepAsync();
        Assert.Equal(ApprovalState.Cancelled, await StateAsync(desk));
        var (_, next) = await desk.Host.AskAsync("Hello?", view.ConversationId);
        Assert.Equal((RunStatus.Completed, "Hello again."), (next.State.Status, next.Text()));
        Assert.Empty(desk.Ran);
    }

    private static void Fail(GateDesk desk, AgentErrorKind kind, int times)
    {
        for (var i = 0; i < times; i++)
        {
            desk.Host.Connections.Faults.Enqueue(new AgentException(kind, "The provider cannot be reached."));
        }
    }

    private static Task<ApprovalState> StateAsync(GateDesk desk) => desk.Host.Database.ReadAsync(c => c.Approvals.Select(a => a.State).SingleAsync());
}
