using BlazorAgents.Data;
using BlazorAgents.Runs.Tests.Hosting;
using BlazorAgents.Testing.Fakes;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Runs.Tests.Engine;

public sealed class RecoveryTests
{
    private static readonly DateTimeOffset s_later = DateTimeOffset.UtcNow.AddHours(1);

    [Fact]
    [Trait("Id", "REL-14")]
    public async Task Rel14_RunOfADeadProcess_IsInterruptedAtOnceAndCanBeContinued()
    {
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { StartEngine = false });
        var run = await AbandonAsync(host, $"{Environment.MachineName}/{int.MaxValue}/1", s_later, new ItemPayload.Text("Half"));

        await host.StartEngineAsync();

        var view = await host.ViewAsync(run);
        Assert.Equal((RunStatus.Interrupted, true, "Half"), (view.State.Status, view.State.CanContinue, view.Text()));
        Assert.True(await host.Database.ReadAsync(c => c.Items.AllAsync(i => i.IsComplete)));
        host.Model.ThenText(" and half.");
        await host.Runs.ContinueAsync(RunsHost.User, run.RunId);
        Assert.Equal("Half and half.", (await host.EndAsync(run)).Text());
    }

    [Fact]
    public async Task Recovery_RunOfALiveOwnerWithAValidLease_IsLeftAlone()
    {
        using var folder = new TempFolder();
        await using var owner = await RunsHost.StartAsync(new RunsHostSettings { Folder = folder });
        var gate = new Gate();
        owner.Model.ThenGated(gate, "Still ", "here.");
        var run = await owner.SendAsync();
        await gate.ReachedAsync();

        await using var other = await RunsHost.StartAsync(new RunsHostSettings { Folder = folder });

        Assert.Equal(RunStatus.Running, (await other.StoredAsync(run.RunId)).Status);
        gate.Open();
        Assert.Equal("Still here.", (await owner.EndAsync(run)).Text());
    }

    [Fact]
    public async Task View_ReadBetweenTakingAndOpening_IsTheOneThatTheEngineWrites()
    {
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { StartEngine = false });
        var feed = host.Get<RunFeed>();
        var run = await host.SendAsync();
        feed.Close(feed.Find(run.RunId)!); // as after a restart
        var claim = await host.Get<RunStore>().ClaimAsync(run.RunId, CancellationToken.None);

        var read = await host.ViewAsync(run);

        Assert.Equal(RunStatus.Running, read.State.Status);
        Assert.Same(read, feed.Open(ItemProjection.ToView(claim!.Run, claim.Items)));
    }

    [Fact]
    public async Task View_OpenedForAReaderThenTaken_StaysTheOneThatTheEngineWrites()
    {
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { StartEngine = false });
        var feed = host.Get<RunFeed>();
        var run = await host.SendAsync();
        feed.Close(feed.Find(run.RunId)!);
        RunView? written = null;
        host.Queries.Before = async () =>
        {
            if (feed.Find(run.RunId) is null)
            {
                return false;
            }

            var claim = await host.Get<RunStore>().ClaimAsync(run.RunId, CancellationToken.None);
            written = feed.Open(ItemProjection.ToView(claim!.Run, claim.Items));
            return true;
        };

        var read = await host.ViewAsync(run);

        Assert.NotNull(written);
        Assert.Same(written, read);
        Assert.Same(written, feed.Find(run.RunId));
    }

    [Fact]
    public async Task View_OfARunThatAnotherProcessWrites_IsNotKeptOpen()
    {
        using var folder = new TempFolder();
        await using var owner = await RunsHost.StartAsync(new RunsHostSettings { Folder = folder });
        var gate = new Gate();
        owner.Model.ThenGated(gate, "Still ", "here.");
        var run = await owner.SendAsync();
        await gate.ReachedAsync();
        await using var other = await RunsHost.StartAsync(new RunsHostSettings { Folder = folder });

        var read = await other.ViewAsync(run);

        Assert.Equal(RunStatus.Running, read.State.Status);
        Assert.Null(other.Get<RunFeed>().Find(run.RunId));
        gate.Open();
        await owner.EndAsync(run);
        Assert.Equal("Still here.", (await other.ViewAsync(run)).Text());
    }

    [Theory]
    [InlineData(1, RunStatus.Running)]
    [InlineData(-1, RunStatus.Interrupted)]
    public async Task Recovery_RunOfAnotherMachine_GoesByItsLease(int minutesLeft, RunStatus status)
    {
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { StartEngine = false });
        var run = await AbandonAsync(host, "elsewhere/1/1", DateTimeOffset.UtcNow.AddMinutes(minutesLeft));

        await host.StartEngineAsync();

        Assert.Equal(status, (await host.StoredAsync(run.RunId)).Status);
    }

    [Fact]
    [Trait("Id", "REL-14")]
    public async Task Rel14_QueuedRunOfAnEarlierProcess_IsCarriedOutInFrontOfItsReaders()
    {
        using var folder = new TempFolder();
        StartedRun run;
        await using (var earlier = await RunsHost.StartAsync(new RunsHostSettings { Folder = folder, StartEngine = false }))
        {
            run = await earlier.SendAsync("Are you there?");
        }

        await using var host = await RunsHost.StartAsync(new RunsHostSettings { Folder = folder, StartEngine = false });
        host.Model.ThenText("Yes.");
        await host.StartEngineAsync();

        var view = await host.EndAsync(run);
        Assert.Equal((RunStatus.Completed, "Yes."), (view.State.Status, view.Text()));
    }

    [Theory]
    [InlineData(null, Agents.ToolOutcome.Cancelled, "It did not run.")]
    [InlineData(ToolExecutionState.Refused, Agents.ToolOutcome.Cancelled, "It did not run.")]
    [InlineData(ToolExecutionState.Started, Agents.ToolOutcome.Cancelled, "its outcome is unknown")]
    [InlineData(ToolExecutionState.TimedOut, Agents.ToolOutcome.TimedOut, "its outcome is unknown")]
    [InlineData(ToolExecutionState.Failed, Agents.ToolOutcome.Failed, "The tool failed.")]
    [InlineData(ToolExecutionState.Succeeded, Agents.ToolOutcome.Succeeded, "carried out and succeeded, but its result was lost")]
    public async Task Recovery_CallWithoutResult_IsShownAndSentAsTheJournalHasIt(ToolExecutionState? journal, Agents.ToolOutcome outcome, string told)
    {
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { StartEngine = false });
        var run = await AbandonAsync(host, null, s_later, new ItemPayload.FunctionCall("call_1", "order", "{}", $"{Guid.NewGuid()}"));
        if (journal is { } state)
        {
            await host.Database.WriteAsync(context => Task.FromResult(context.ToolExecutions.Add(new ToolExecution
            {
                Id = Guid.CreateVersion7(),
                RunId = run.RunId,
                ConversationId = run.ConversationId,
                CallId = "call_1",
                AgentId = RunsHost.Agent,
                UserId = RunsHost.User,
                ToolName = "order",
                Risk = "Money",
                Arguments = "{}",
                IdempotencyKey = "key",
                State = state,
            })));
        }

        await host.StartEngineAsync();

        var view = await host.ViewAsync(run);
        Assert.Equal(outcome, view.Items.Single().Tool!.Outcome);
        host.Model.ThenText("I see.");
        await host.Runs.ContinueAsync(RunsHost.User, run.RunId);
        await host.EndAsync(run);
        var sent = host.Model.Requests[0].Messages;
        Assert.Equal(["user", "assistant", "tool", "user"], sent.Select(m => m.Role.Value));
        Assert.Contains(told, $"{Assert.IsType<Microsoft.Extensions.AI.FunctionResultContent>(sent[2].Contents.Single()).Result}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fencing_RunTakenOver_OldOwnerWritesNothingMoreAndItsReadersAreTold()
    {
        using var folder = new TempFolder();
        var time = new ManualTimeProvider();
        await using var old = await RunsHost.StartAsync(new RunsHostSettings { Folder = folder, Time = time });
        var gate = new Gate();
        old.Model.ThenGated(gate, "Old ", "text.");
        var run = await old.SendAsync();
        var view = await old.ViewAsync(run);
        await gate.ReachedAsync();
        await view.UntilAsync(v => v.Text().Length > 0);
        await old.ChangeAsync(run.RunId, r => (r.Status, r.Generation, r.Owner) = (RunStatus.Interrupted, r.Generation + 1, null));
        var before = (await old.StoredAsync(run.RunId), await old.StoredItemsAsync(run.RunId));

        gate.Open();
        await view.UntilEndedAsync();

        Assert.Equal(RunStatus.Interrupted, view.State.Status);
        Assert.Equivalent(before, (await old.StoredAsync(run.RunId), await old.StoredItemsAsync(run.RunId)), strict: true);
        Assert.DoesNotContain(old.Log.Entries, e => e.Exception is LeaseLostException);
    }

    [Fact]
    public async Task Recovery_LaterOnes_HappenByThemselves()
    {
        var time = new ManualTimeProvider();
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { Time = time });
        var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await time.WaitForTimerAsync(TimeSpan.FromSeconds(30));
        var run = await AbandonAsync(host, "elsewhere/1/1", time.GetUtcNow().AddSeconds(20));
        using var subscription = host.Conversations.Subscribe(RunsHost.User, () => changed.TrySetResult());

        time.Advance(TimeSpan.FromSeconds(30));
        await changed.Task.WaitAsync(Waiting.Patience);

        Assert.Equal(RunStatus.Interrupted, (await host.StoredAsync(run.RunId)).Status);
    }

    /// <summary>What a process leaves that was killed while it answered.</summary>
    private static async Task<StartedRun> AbandonAsync(RunsHost host, string? owner, DateTimeOffset leaseUntil, params ItemPayload[] items)
    {
        var conversation = new Conversation { Id = Guid.CreateVersion7(), UserId = RunsHost.User, Title = "Left", AgentId = RunsHost.Agent };
        var turn = new Turn { Id = Guid.CreateVersion7(), ConversationId = conversation.Id, ClientRequestId = Guid.NewGuid(), Text = "Hello" };
        var run = new Run
        {
            Id = Guid.CreateVersion7(),
            ConversationId = conversation.Id,
            TurnId = turn.Id,
            ClientRequestId = turn.ClientRequestId,
            AgentId = RunsHost.Agent,
            Status = RunStatus.Running,
            Owner = owner ?? $"{Environment.MachineName}/{int.MaxValue}/1",
            LeaseUntil = leaseUntil,
            Generation = 1,
        };
        conversation.ActiveRunId = run.Id;
        await host.Database.WriteAsync(context =>
        {
            context.AddRange(conversation, turn, run);
            context.AddRange(items.Select((payload, seq) => new ConversationItem
            {
                Id = Guid.CreateVersion7(),
                RunId = run.Id,
                ConversationId = conversation.Id,
                Seq = seq,
                Kind = payload.Kind,
                Payload = payload.ToJson(),
            }));
            return Task.CompletedTask;
        });
        return new StartedRun(conversation.Id, turn.Id, run.Id);
    }
}
