using BlazorAgents.Runs.Tests.Hosting;

namespace BlazorAgents.Runs.Tests.Conversations;

public sealed class SiblingTests
{
    [Fact]
    public async Task Path_RegeneratedEditedAndSwitched_IsExactlyWhatTheModelIsSent()
    {
        await using var host = await RunsHost.StartAsync();
        host.Model.ThenText("A1").ThenText("A2").ThenText("B1").ThenText("A3").ThenText("C1").ThenText("D1");
        var (first, _) = await host.AskAsync("Question A");
        var conversation = first.ConversationId;
        var regenerated = await host.Runs.RegenerateAsync(RunsHost.User, first.RunId, Guid.NewGuid());
        await host.EndAsync(regenerated);
        var (second, _) = await host.AskAsync("Question B", conversation);
        Assert.Equal(["Question A", "A2", "Question B"], host.Model.Requests[2].Messages.Select(m => m.Text));

        var edited = await host.Runs.EditAsync(RunsHost.User, first.TurnId, Guid.NewGuid(), "Question A, better");
        await host.EndAsync(edited);
        Assert.Equal(["Question A, better"], host.Model.Requests[3].Messages.Select(m => m.Text));
        await AssertPathAsync(host, conversation, "Question A, better", "A3");
        var shown = (await PathAsync(host, conversation)).Single();
        Assert.Equal([first.TurnId, edited.TurnId], shown.SiblingTurns);
        Assert.Equal([edited.RunId], shown.SiblingRuns);

        await host.Conversations.SelectTurnAsync(RunsHost.User, first.TurnId);
        await AssertPathAsync(host, conversation, "Question A", "A2", "Question B", "B1");
        Assert.Equal([first.RunId, regenerated.RunId], (await PathAsync(host, conversation))[0].SiblingRuns);

        await host.Conversations.SelectRunAsync(RunsHost.User, first.RunId);
        await AssertPathAsync(host, conversation, "Question A", "A1");
        await host.AskAsync("Question C", conversation);
        Assert.Equal(["Question A", "A1", "Question C"], host.Model.Requests[4].Messages.Select(m => m.Text));

        await host.Conversations.SelectRunAsync(RunsHost.User, second.RunId);
        await host.AskAsync("Question D", conversation);
        Assert.Equal(["Question A", "A2", "Question B", "B1", "Question D"], host.Model.Requests[5].Messages.Select(m => m.Text));
    }

    [Fact]
    public async Task Select_ClockWentBack_StillShowsTheWholeContinuation()
    {
        var time = new Testing.Fakes.ManualTimeProvider();
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { Time = time });
        host.Model.ThenText("A").ThenText("B").ThenText("Other");
        var (first, _) = await host.AskAsync("Question A");
        var (second, _) = await host.AskAsync("Question B", first.ConversationId);
        await host.Database.WriteAsync(c => Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlAsync(
            c.Database, $"""UPDATE "Runs" SET "CreatedAt" = "CreatedAt" - 1000000 WHERE "Id" = {second.RunId}"""));
        await host.EndAsync(await host.Runs.EditAsync(RunsHost.User, first.TurnId, Guid.NewGuid(), "Other"));

        await host.Conversations.SelectRunAsync(RunsHost.User, first.RunId);

        await AssertPathAsync(host, first.ConversationId, "Question A", "A", "Question B", "B");
    }

    private static async Task<IReadOnlyList<TurnView>> PathAsync(RunsHost host, Guid conversationId) =>
        (await host.Conversations.GetPageAsync(RunsHost.User, conversationId, beforeTurnId: null, take: 50)).Turns;

    private static async Task AssertPathAsync(RunsHost host, Guid conversationId, params string[] said) =>
        Assert.Equal(said, (await PathAsync(host, conversationId)).SelectMany(turn => new[] { turn.Text, turn.Run.Text() }));
}
