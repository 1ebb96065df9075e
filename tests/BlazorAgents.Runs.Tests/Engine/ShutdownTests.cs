using BlazorAgents.Data;
using BlazorAgents.Runs.Tests.Hosting;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs.Tests.Engine;

public sealed class ShutdownTests
{
    // A time that no other clock of the engine waits for: the tests wait until this timer is set.
    private static readonly TimeSpan s_drain = TimeSpan.FromSeconds(17);

    [Fact]
    [Trait("Id", "REL-31")]
    public async Task Rel31_Shutdown_WaitsForAnAnswerThatEndsInTime()
    {
        var time = new ManualTimeProvider();
        await using var host = await RunsHost.StartAsync(Draining(time));
        var gate = new Gate();
        host.Model.ThenGated(gate, "Almost ", "done.");
        var run = await host.SendAsync();
        await gate.ReachedAsync();

        var stopping = host.StopEngineAsync();
        await time.WaitForTimerAsync(s_drain);
        gate.Open();
        await stopping.WaitAsync(Waiting.Patience);

        Assert.Equal(RunStatus.Completed, (await host.StoredAsync(run.RunId)).Status);
        Assert.Equal([new ItemPayload.Text("Almost done.")], await host.StoredItemsAsync(run.RunId));
    }

    [Fact]
    [Trait("Id", "REL-31")]
    public async Task Rel31_Shutdown_InterruptsWhatTakesLongerAndStoresIt()
    {
        var time = new ManualTimeProvider();
        await using var host = await RunsHost.StartAsync(Draining(time));
        var gate = new Gate();
        host.Model.ThenGated(gate, "A long story");
        var run = await host.SendAsync();
        var view = await host.ViewAsync(run);
        await gate.ReachedAsync();
        await view.UntilAsync(v => v.Text().Length > 0);

        var stopping = host.StopEngineAsync();
        await time.WaitForTimerAsync(s_drain);
        time.Advance(s_drain);
        await stopping.WaitAsync(Waiting.Patience);

        Assert.Equal((RunStatus.Interrupted, true), (view.State.Status, view.State.CanContinue));
        Assert.Equal(RunStatus.Interrupted, (await host.StoredAsync(run.RunId)).Status);
        Assert.Equal([new ItemPayload.Text("A long story")], await host.StoredItemsAsync(run.RunId));
    }

    [Fact]
    [Trait("Id", "REL-31")]
    public async Task Rel31_Shutdown_DoesNotWaitForeverForAModelThatCannotBeCancelled()
    {
        var time = new ManualTimeProvider();
        await using var host = await RunsHost.StartAsync(Draining(time));
        var gate = new Gate();
        host.Model.Then((_, _) => DeafAsync(gate));
        var view = await host.ViewAsync(await host.SendAsync());
        await gate.ReachedAsync();

        var stopping = host.StopEngineAsync();
        await time.WaitForTimerAsync(s_drain);
        time.Advance(s_drain);
        await time.WaitForTimerAsync(due => due == TimeSpan.FromSeconds(10));
        time.Advance(TimeSpan.FromSeconds(10));
        await stopping.WaitAsync(Waiting.Patience);

        Assert.True(view.State.IsActive);
        gate.Open();
        await view.UntilEndedAsync();
    }

    [Fact]
    public async Task Shutdown_UserStopsWhileItDrains_IsObeyed()
    {
        var time = new ManualTimeProvider();
        await using var host = await RunsHost.StartAsync(Draining(time));
        var gate = new Gate();
        host.Model.ThenGated(gate, "A long story");
        var run = await host.SendAsync();
        var view = await host.ViewAsync(run);
        await gate.ReachedAsync();

        var stopping = host.StopEngineAsync();
        await time.WaitForTimerAsync(s_drain);
        await host.Runs.StopAsync(RunsHost.User, run.RunId);
        await stopping.WaitAsync(Waiting.Patience);

        Assert.Equal(RunStatus.Stopped, view.State.Status);
    }

    [Fact]
    public async Task Shutdown_RunStillQueued_StaysQueuedForTheNextStart()
    {
        using var folder = new TempFolder();
        var gate = new Gate();
        StartedRun waiting;
        await using (var host = await RunsHost.StartAsync(new RunsHostSettings
        {
            Folder = folder,
            Options = new RunsOptions { MakeTitles = false, DrainSeconds = 0, MaxConcurrent = 1 },
        }))
        {
            host.Model.ThenGated(gate, "Busy");
            await host.SendAsync();
            await gate.ReachedAsync();
            waiting = await host.SendAsync("I wait");
            await host.StopEngineAsync();
            Assert.Equal(RunStatus.Queued, (await host.StoredAsync(waiting.RunId)).Status);
        }

        await using var next = await RunsHost.StartAsync(new RunsHostSettings { Folder = folder, StartEngine = false });
        next.Model.ThenText("Here you are.");
        await next.StartEngineAsync();
        Assert.Equal("Here you are.", (await next.EndAsync(waiting)).Text());
    }

    private static RunsHostSettings Draining(ManualTimeProvider time) =>
        new() { Time = time, Options = new RunsOptions { MakeTitles = false, DrainSeconds = (int)s_drain.TotalSeconds } };

    private static async IAsyncEnumerable<ChatResponseUpdate> DeafAsync(Gate gate)
    {
        await gate.PassAsync(CancellationToken.None);
        yield return Scripts.End();
    }
}
