using BlazorAgents.Data;
using BlazorAgents.Runs.Tests.Hosting;
using BlazorAgents.Testing.Fakes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs.Tests.Engine;

public sealed class SavingTests
{
    [Fact]
    public async Task Save_TextStreams_IsWrittenOncePerInterval()
    {
        var time = new ManualTimeProvider();
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { Time = time });
        Gate first = new(), second = new();
        host.Model.Then((_, ct) => TwoPartsAsync(first, second, ct));
        var run = await host.SendAsync();
        var view = await host.ViewAsync(run);
        await first.ReachedAsync();
        first.Open();
        await second.ReachedAsync();
        Assert.Equal("One two ", view.Text());
        Assert.Equal([new ItemPayload.Text("One ")], await host.StoredItemsAsync(run.RunId));

        time.Advance(TimeSpan.FromSeconds(1));

        await host.Committed.UntilAsync(async () => (await host.StoredItemsAsync(run.RunId)).Single() is ItemPayload.Text { Content: "One two " });
        Assert.False(await host.Database.ReadAsync(c => c.Items.Select(i => i.IsComplete).SingleAsync()));
        second.Open();
        await view.UntilEndedAsync();
    }

    [Theory]
    [InlineData(30)]
    [InlineData(5)]
    public async Task Lease_ToolIsSilent_IsRenewedLongBeforeItEnds(int leaseSeconds)
    {
        var time = new ManualTimeProvider();
        var gate = new Gate();
        var slow = AIFunctionFactory.Create(async (CancellationToken ct) => await gate.PassAsync(ct), "slow", "Is slow.");
        await using var host = await RunsHost.StartAsync(new RunsHostSettings
        {
            Time = time,
            Tools = [slow],
            Options = new RunsOptions { MakeTitles = false, DrainSeconds = 0, LeaseSeconds = leaseSeconds, SaveIntervalSeconds = 60 },
        });
        host.Model.ThenCalls(ScriptedChatClient.Call("call_1", "slow")).ThenText("Done.");
        var run = await host.SendAsync();
        await gate.ReachedAsync();
        await host.ViewAsync(run);
        var before = (await host.StoredAsync(run.RunId)).LeaseUntil;

        for (var second = 0; second < leaseSeconds - 1; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
        }

        await host.Committed.UntilAsync(async () => (await host.StoredAsync(run.RunId)).LeaseUntil > before);
        gate.Open();
        Assert.Equal(RunStatus.Completed, (await host.EndAsync(run)).State.Status);
    }

    [Fact]
    [Trait("Id", "REL-18")]
    public async Task Rel18_EndCannotBeStored_ReadersAreToldTheSlotIsFreeAndRecoveryClosesTheRun()
    {
        var time = new ManualTimeProvider();
        await using var host = await RunsHost.StartAsync(new RunsHostSettings
        {
            Time = time,
            LockTimeoutSeconds = 1,
            Options = new RunsOptions { MakeTitles = false, DrainSeconds = 0, MaxConcurrent = 1 },
        });
        var gate = new Gate();
        host.Model.ThenGated(gate, "Lost");
        var run = await host.SendAsync();
        var view = await host.ViewAsync(run);
        await gate.ReachedAsync();
        await view.UntilAsync(v => v.Text().Length > 0);

        using (host.LockFile())
        {
            gate.Open();
            await view.UntilEndedAsync();
        }

        Assert.Equal(RunStatus.Interrupted, view.State.Status);
        Assert.NotNull(view.State.ErrorMessage);
        host.Model.ThenText("Next.");
        Assert.Equal("Next.", (await host.AskAsync("In another conversation")).View.Text());

        Assert.Equal(RunStatus.Running, (await host.StoredAsync(run.RunId)).Status);
        time.Advance(TimeSpan.FromSeconds(31));
        await host.Committed.UntilAsync(async () => (await host.StoredAsync(run.RunId)).Status is RunStatus.Interrupted);
    }

    [Fact]
    public async Task Claim_FileIsLocked_TheRunIsTakenLaterInFrontOfTheSameReaders()
    {
        var time = new ManualTimeProvider();
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { Time = time, LockTimeoutSeconds = 1, StartEngine = false });
        var run = await host.SendAsync();
        var view = await host.ViewAsync(run);
        host.Model.ThenText("Late.");
        using (host.LockFile())
        {
            await host.StartEngineAsync();
            await host.Log.Added.UntilAsync(() => Task.FromResult(host.Log.Entries.Any(e => e.Message.Contains(run.RunId.ToString(), StringComparison.Ordinal) && e.Exception is not null)));
        }

        // Again until it is taken: the engine may not be done with the first try when the next recovery comes, which then leaves the run out.
        await host.Committed.UntilAsync(() =>
        {
            var isTaken = view.State.Status is not RunStatus.Queued;
            if (!isTaken)
            {
                time.Advance(TimeSpan.FromSeconds(31));
            }

            return Task.FromResult(isTaken);
        });
        await view.UntilEndedAsync();

        Assert.Equal((RunStatus.Completed, "Late."), (view.State.Status, view.Text()));
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> TwoPartsAsync(
        Gate first, Gate second, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return Scripts.Say("One ");
        await first.PassAsync(cancellationToken);
        yield return Scripts.Say("two ");
        await second.PassAsync(cancellationToken);
        yield return Scripts.End();
    }
}
