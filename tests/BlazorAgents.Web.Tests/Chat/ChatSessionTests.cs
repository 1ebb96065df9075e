using System.Collections.Concurrent;
using BlazorAgents.Data;
using BlazorAgents.Runs;
using BlazorAgents.Testing.Fakes;
using BlazorAgents.Web.Features.Chat;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BlazorAgents.Web.Tests.Chat;

public sealed class ChatSessionTests : IAsyncLifetime
{
    private ChatHost _host = null!;

    public async Task InitializeAsync() => _host = await ChatHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Send_FirstMessage_ShowsTheAnswerInTheConversationMadeBefore()
    {
        _host.Model.ThenText("Hello ", "there.");
        var session = _host.NewSession();
        var id = session.State.ConversationId;

        Assert.Equal(SendResult.Accepted, await session.SendAsync("Hi"));
        var state = await session.UntilAnsweredAsync();

        Assert.Equal((ChatPlace.Ready, id), (state.Place, state.ConversationId));
        var turn = Assert.Single(state.Turns);
        Assert.Equal("Hi", turn.Text);
        Assert.Equal("Hello there.", Assert.Single(turn.Run.Items).Text);
    }

    [Fact]
    [Trait("Id", "REL-20")]
    public async Task Send_TwiceAtOnce_IsOneMessageAndOneCall()
    {
        var gate = new TaskCompletionSource();
        _host.Model.ThenGated(gate.Task, "Once", ".");
        var session = _host.NewSession();

        var both = await Task.WhenAll(session.SendAsync("Hi"), session.SendAsync("Hi"));
        gate.SetResult();
        var state = await session.UntilAnsweredAsync();

        Assert.Equal([SendResult.Accepted, SendResult.Repeated], both);
        Assert.Single(state.Turns);
        Assert.Single(_host.Model.Requests);
    }

    [Fact]
    [Trait("Id", "REL-19")]
    public async Task Send_WhileAnswering_IsRefusedInWords()
    {
        var gate = new TaskCompletionSource();
        _host.Model.ThenGated(gate.Task, "Once ", "more.");
        var session = _host.NewSession();
        await session.SendAsync("Hi");

        Assert.Equal(SendResult.Refused, await session.SendAsync("Again"));
        Assert.Contains("your text is kept", session.State.Notice!.Text, StringComparison.Ordinal);

        gate.SetResult();
        Assert.Single((await session.UntilAnsweredAsync()).Turns);
    }

    [Fact]
    [Trait("Id", "REL-14")]
    public async Task Open_AnswerAtWorkInAnotherProcess_ShowsItsEndOnceThatIsStored()
    {
        var id = await StoreAnswerOfAnotherProcessAsync();
        var watching = _host.NewSession();
        await watching.OpenAsync(id);
        Assert.True(watching.State.IsRunning);

        await _host.Services.GetRequiredService<Database>().WriteAsync(async data =>
        {
            var run = await data.Runs.SingleAsync(run => run.ConversationId == id);
            (run.Status, run.Owner, run.LeaseUntil) = (RunStatus.Interrupted, null, null);
        });
        _host.Services.GetRequiredService<ConversationFeed>().Publish("ann", conversationId: null);

        Assert.Equal(RunStatus.Interrupted, (await watching.UntilAnsweredAsync()).Turns[^1].Run.State.Status);
    }

    [Fact]
    [Trait("Id", "BLZ-02")]
    public async Task Send_TooLong_IsRefusedAndTheSessionLives()
    {
        _host.Model.ThenText("Fine.");
        var session = _host.NewSession();

        Assert.Equal(SendResult.Refused, await session.SendAsync(new string('x', MessageRules.MaxLength + 1)));
        Assert.Equal(ChatPlace.New, session.State.Place);
        Assert.NotNull(session.State.Notice);
        Assert.Null(session.State.Notice.CorrelationId);
        Assert.Equal(SendResult.Accepted, await session.SendAsync("short"));
        await session.UntilAnsweredAsync();
    }

    [Fact]
    [Trait("Id", "BLZ-04")]
    public async Task ForeignIds_AreRefusedInWordsAndChangeNothing()
    {
        _host.Model.ThenText("Secret.");
        var ann = _host.NewSession("ann");
        await ann.SendAsync("Mine");
        var turn = (await ann.UntilAnsweredAsync()).Turns[0];

        var bob = _host.NewSession("bob");
        foreach (var action in new Func<Task>[]
        {
            () => bob.RegenerateAsync(turn.Run.Id), () => bob.ContinueAsync(turn.Run.Id), () => bob.SelectRunAsync(turn.Run.Id),
            () => bob.SelectTurnAsync(turn.Id), () => bob.EditAsync(turn.Id, "Changed"),
        })
        {
            bob.Dismiss();
            await action();
            Assert.Null(Assert.IsType<ChatNotice>(bob.State.Notice).CorrelationId);
            Assert.Empty(bob.State.Turns);
        }

        await bob.OpenAsync(ann.State.ConversationId);
        Assert.Equal(ChatPlace.Missing, bob.State.Place);
        Assert.Single(_host.Model.Requests);
    }

    [Fact]
    public async Task Withdraw_DatabaseFails_IsToldAndAskedAgainAndWorksAfterwards()
    {
        _host.Model.ThenCalls(ScriptedChatClient.Call("1", OrderTool.Name, """{"product":"Laptop","quantity":2}""")).ThenText("Done.");
        var session = _host.NewSession();
        session.SelectAgent(ChatHost.WithTools);
        await session.SendAsync("Please order");
        await session.UntilAsync(state => state.IsWaiting);
        await session.SendAsync("Never mind");

        await ExecuteAsync("ALTER TABLE Approvals RENAME TO Away");
        await session.WithdrawAsync();
        await ExecuteAsync("ALTER TABLE Away RENAME TO Approvals");

        Assert.NotNull(session.State.Notice?.CorrelationId);
        Assert.True(session.State is { IsAskedWhatNext: true, IsWaiting: true });
        await session.WithdrawAsync();
        var state = await session.UntilAnsweredAsync();
        Assert.Equal((null, false, "Done."), (state.Notice, state.IsAskedWhatNext, state.Turns[^1].Run.Items[^1].Text));

        Task ExecuteAsync(string sql) => _host.Services.GetRequiredService<Database>().WriteAsync(context => context.Database.ExecuteSqlRawAsync(sql));
    }

    [Fact]
    [Trait("Id", "BLZ-04")]
    public async Task AgentOutsideTheCatalogue_IsRefused()
    {
        var session = _host.NewSession();
        session.SelectAgent("no-such-agent");
        Assert.Equal("first", session.State.Agent.Id);
        Assert.NotNull(session.State.Notice);

        session.SelectAgent("second");
        Assert.Equal("second", session.State.Agent.Id);
        Assert.Null(session.State.Notice);

        _host.Model.ThenText("Hi.");
        await session.SendAsync("Hi");
        await session.UntilAnsweredAsync();
        session.SelectAgent("first");
        Assert.Equal("second", session.State.Agent.Id);
    }

    [Fact]
    public async Task Open_UnknownConversation_IsAStateOfThePage()
    {
        var session = _host.NewSession();
        await session.OpenAsync(Guid.CreateVersion7());
        Assert.Equal(ChatPlace.Missing, session.State.Place);
    }

    [Fact]
    public async Task Stop_ThenContinue_GoesOnInTheSameRun()
    {
        var never = new TaskCompletionSource();
        _host.Model.ThenGated(never.Task, "First half", "").ThenText(", second half.");
        var session = _host.NewSession();
        await session.SendAsync("Hi");
        var run = session.State.Turns[0].Run;
        await UntilAsync(run, view => view.Items.Count > 0);

        await session.StopAsync();
        var stopped = await session.UntilAnsweredAsync();
        Assert.Equal(RunStatus.Stopped, stopped.Turns[0].Run.State.Status);

        await session.ContinueAsync(run.Id);
        var done = await session.UntilAnsweredAsync();
        Assert.Equal(RunStatus.Completed, done.Turns[0].Run.State.Status);
        Assert.Equal("First half, second half.", string.Concat(done.Turns[0].Run.Items.Select(item => item.Text)));
    }

    [Fact]
    public async Task Regenerate_ThenPrevious_SwitchesBetweenTheAnswers()
    {
        _host.Model.ThenText("One.").ThenText("Two.");
        var session = _host.NewSession();
        await session.SendAsync("Hi");
        var first = (await session.UntilAnsweredAsync()).Turns[0].Run.Id;

        await session.RegenerateAsync(first);
        var turn = Assert.Single((await session.UntilAnsweredAsync()).Turns);
        Assert.Equal(2, turn.SiblingRuns.Count);
        Assert.Equal("Two.", turn.Run.Items[0].Text);

        await session.SelectRunAsync(first);
        Assert.Equal("One.", Assert.Single(session.State.Turns).Run.Items[0].Text);
    }

    [Fact]
    public async Task Edit_ShowsTheOtherVersionAndKeepsTheTurnsBefore()
    {
        _host.Model.ThenText("A.").ThenText("B.").ThenText("C.");
        var session = _host.NewSession();
        await session.SendAsync("one");
        await session.UntilAnsweredAsync();
        await session.SendAsync("two");
        var before = await session.UntilAnsweredAsync();

        Assert.True(await session.EditAsync(before.Turns[1].Id, "two again"));
        var after = await session.UntilAnsweredAsync();

        Assert.Equal(["one", "two again"], after.Turns.Select(turn => turn.Text));
        Assert.Same(before.Turns[0], after.Turns[0]);
        Assert.Equal(2, after.Turns[1].SiblingTurns.Count);
        await session.SelectTurnAsync(before.Turns[1].Id);
        Assert.Equal(["one", "two"], session.State.Turns.Select(turn => turn.Text));
    }

    [Fact]
    [Trait("Id", "REL-19")]
    public async Task TwoTabs_ShowTheSame()
    {
        var gate = new TaskCompletionSource();
        _host.Model.ThenText("A.").ThenGated(gate.Task, "B", ".");
        var left = _host.NewSession();
        await left.SendAsync("one");
        await left.UntilAnsweredAsync();
        var right = _host.NewSession();
        await right.OpenAsync(left.State.ConversationId);
        Assert.Single(right.State.Turns);

        await left.SendAsync("two");
        var seen = await right.UntilAsync(state => state.Turns.Count == 2 && state.IsRunning);
        Assert.Same(left.State.Turns[1].Run, seen.Turns[1].Run);
        gate.SetResult();
        Assert.Equal("B.", (await right.UntilAnsweredAsync()).Turns[1].Run.Items[0].Text);
    }

    [Fact]
    public async Task OpenedConversation_DeletedElsewhere_IsShownAsMissing()
    {
        _host.Model.ThenText("A.");
        var session = _host.NewSession();
        await session.SendAsync("one");
        var state = await session.UntilAnsweredAsync();
        await _host.Conversations.DeleteAsync("ann", state.ConversationId);
        await session.UntilAsync(now => now.Place is ChatPlace.Missing);
    }

    [Fact]
    [Trait("Id", "REL-19")]
    public async Task SelectRun_WhileAnOlderReadingIsOnItsWay_IsNotTakenBackByIt()
    {
        _host.Model.ThenText("One.").ThenText("Two.");
        var session = _host.NewSession();
        await session.SendAsync("Hi");
        var first = (await session.UntilAnsweredAsync()).Turns[0].Run.Id;
        await session.RegenerateAsync(first);
        var second = (await session.UntilAnsweredAsync()).Turns[0].Run.Id;

        _host.Page.HoldNext();
        await _host.Conversations.SelectRunAsync("ann", first); // in another tab
        await _host.Page.IsHeld;
        await session.SelectRunAsync(second);
        var shown = new ConcurrentQueue<Guid>();
        session.Changed += () => shown.Enqueue(session.State.Turns[^1].Run.Id);
        _host.Page.LetGo();

        // It looks again once the reading that was held has ended.
        await _host.Conversations.RenameAsync("ann", session.State.ConversationId, "Renamed");
        await session.UntilAsync(state => state.Title == "Renamed");
        Assert.All(shown, run => Assert.Equal(second, run));
    }

    [Fact]
    public async Task Close_LeavesNoSubscriptionBehind()
    {
        var gate = new TaskCompletionSource();
        _host.Model.ThenGated(gate.Task, "A", ".");
        var session = _host.NewSession();
        await session.SendAsync("one");
        var run = session.State.Turns[0].Run;
        Assert.Equal(1, run.SubscriberCount);
        session.Close();
        Assert.Equal(0, run.SubscriberCount);
        gate.SetResult();
    }

    private static async Task UntilAsync(RunView run, Func<RunView, bool> fits)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look()
        {
            if (fits(run))
            {
                reached.TrySetResult();
            }
        }

        using var watch = run.Subscribe(Look);
        Look();
        await reached.Task.WaitAsync(Waiting.Patience);
    }

    private async Task<Guid> StoreAnswerOfAnotherProcessAsync()
    {
        var turn = new Turn { Id = Guid.CreateVersion7(), ConversationId = Guid.CreateVersion7(), ClientRequestId = Guid.NewGuid(), Text = "Hi", CreatedAt = DateTimeOffset.UtcNow };
        var run = new Run
        {
            Id = Guid.CreateVersion7(),
            ConversationId = turn.ConversationId,
            TurnId = turn.Id,
            ClientRequestId = turn.ClientRequestId,
            AgentId = "first",
            Status = RunStatus.Running,
            Owner = "elsewhere/1/1",
            LeaseUntil = DateTimeOffset.UtcNow.AddHours(1),
            CreatedAt = turn.CreatedAt,
        };
        await _host.Services.GetRequiredService<Database>().WriteAsync(data =>
        {
            data.AddRange(turn, run, new Conversation { Id = turn.ConversationId, UserId = "ann", Title = "Hi", AgentId = run.AgentId, ActiveRunId = run.Id });
            return Task.CompletedTask;
        });
        return turn.ConversationId;
    }
}
