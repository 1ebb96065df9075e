using BlazorAgents.Data;
using BlazorAgents.Runs.Tests.Hosting;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs.Tests.Engine;

public sealed class StopTests
{
    [Fact]
    public async Task Stop_DuringText_KeepsWhatWasSaid()
    {
        await using var host = await RunsHost.StartAsync();
        var gate = new Gate();
        host.Model.ThenGated(gate, "Some text");
        var run = await host.SendAsync();
        var view = await host.ViewAsync(run);
        await gate.ReachedAsync();
        await view.UntilAsync(v => v.Text().Length > 0);

        await host.Runs.StopAsync(RunsHost.User, run.RunId);
        await view.UntilEndedAsync();

        Assert.Equal((RunStatus.Stopped, true, null), (view.State.Status, view.State.CanContinue, view.State.ErrorMessage));
        Assert.Equal([new ItemPayload.Text("Some text")], await host.StoredItemsAsync(run.RunId));
        Assert.Equal(RunStatus.Stopped, (await host.StoredAsync(run.RunId)).Status);
    }

    [Fact]
    public async Task Stop_WhileQueued_EndsAtOnceAndNeverAsksTheModel()
    {
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { StartEngine = false });
        var run = await host.SendAsync();
        var view = await host.ViewAsync(run);

        await host.Runs.StopAsync(RunsHost.User, run.RunId);

        Assert.Equal(RunStatus.Stopped, view.State.Status);
        Assert.Equal(RunStatus.Stopped, (await host.StoredAsync(run.RunId)).Status);
        await host.StartEngineAsync();
        host.Model.ThenText("Next.");
        var (_, next) = await host.AskAsync("Next", run.ConversationId);
        Assert.Equal("Next.", next.Text());
        Assert.Single(host.Model.Requests);
    }

    [Fact]
    public async Task Stop_AfterTheEnd_ChangesNothing()
    {
        await using var host = await RunsHost.StartAsync();
        host.Model.ThenText("Done.");
        var (run, _) = await host.AskAsync();
        var before = await host.StoredAsync(run.RunId);

        await host.Runs.StopAsync(RunsHost.User, run.RunId);

        Assert.Equivalent(before, await host.StoredAsync(run.RunId), strict: true);
    }

    [Fact]
    public async Task Stop_InAnotherProcess_IsObeyedByTheOwnerAtItsNextSignOfLife()
    {
        using var folder = new TempFolder();
        var time = new ManualTimeProvider();
        await using var owner = await RunsHost.StartAsync(new RunsHostSettings { Folder = folder, Time = time });
        await using var other = await RunsHost.StartAsync(new RunsHostSettings { Folder = folder, StartEngine = false });
        var gate = new Gate();
        owner.Model.ThenGated(gate, "Some text");
        var run = await owner.SendAsync();
        var view = await owner.ViewAsync(run);
        await gate.ReachedAsync();
        await view.UntilAsync(v => v.Text().Length > 0);

        await other.Runs.StopAsync(RunsHost.User, run.RunId);
        time.Advance(TimeSpan.FromSeconds(10));
        await view.UntilEndedAsync();

        Assert.Equal(RunStatus.Stopped, view.State.Status);
    }

    [Fact]
    public async Task Stop_BetweenTheStoredWaitAndItsView_ViewEndsWithoutARecovery()
    {
        using var folder = new TempFolder();
        var order = new ApprovalRequiredAIFunction(AIFunctionFactory.Create((string what) => $"ordered {what}", "order", "Orders something."));
        await using var other = await RunsHost.StartAsync(new RunsHostSettings { Folder = folder, StartEngine = false });
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { Folder = folder, Tools = [order], Time = new ManualTimeProvider(), StartEngine = false });
        host.Model.ThenCalls(ScriptedChatClient.Call("1", "order", """{"what":"laptop"}"""));
        var run = await host.SendAsync("Order a laptop");
        var view = await host.ViewAsync(run);
        host.AfterCommit = async () =>
        {
            if ((await other.StoredAsync(run.RunId)).Status is RunStatus.AwaitingApproval)
            {
                await other.Runs.StopAsync(RunsHost.User, run.RunId);
            }
        };

        await host.StartEngineAsync();
        await view.UntilEndedAsync();

        Assert.Equal(RunStatus.Stopped, view.State.Status);
    }

    [Fact]
    public void RunStop_StoppedAfterItsRunEnded_DoesNothing()
    {
        var stop = new RunStop();
        stop.Dispose();

        stop.Stop(RunStopReason.User);

        Assert.Equal(RunStopReason.User, stop.Reason);
    }
}
