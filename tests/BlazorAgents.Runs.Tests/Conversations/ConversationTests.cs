using BlazorAgents.Data;
using BlazorAgents.Runs.Tests.Hosting;
using BlazorAgents.Testing.Fakes;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Runs.Tests.Conversations;

public sealed class ConversationTests
{
    [Fact]
    public async Task Delete_WhileAnswering_StopsTheAnswerAndHidesTheConversation()
    {
        await using var host = await RunsHost.StartAsync();
        var gate = new Gate();
        host.Model.ThenGated(gate, "Some text");
        var run = await host.SendAsync();
        var view = await host.ViewAsync(run);
        await gate.ReachedAsync();
        await view.UntilAsync(v => v.Text().Length > 0);

        await host.Conversations.DeleteAsync(RunsHost.User, run.ConversationId);
        await view.UntilEndedAsync();

        Assert.Equal(RunStatus.Stopped, view.State.Status);
        Assert.Empty(await host.Conversations.ListAsync(RunsHost.User, search: null, take: 10));
        var refused = await Assert.ThrowsAsync<RunRequestException>(() => host.SendAsync("More", run.ConversationId));
        Assert.Equal(RunRequestError.NotFound, refused.Error);

        await host.Conversations.RestoreAsync(RunsHost.User, run.ConversationId);
        Assert.Equal(run.ConversationId, Assert.Single(await host.Conversations.ListAsync(RunsHost.User, search: null, take: 10)).Id);
        Assert.Equal("Some text", (await host.ViewAsync(run)).Text());
    }

    [Fact]
    public async Task Delete_WhileAMessageIsSent_LeavesNothingAtWork()
    {
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { StartEngine = false });
        for (var round = 0; round < 20; round++)
        {
            var run = await host.SendAsync();
            await host.Runs.StopAsync(RunsHost.User, run.RunId);

            await Task.WhenAll(
                Record.ExceptionAsync(() => host.SendAsync("More", run.ConversationId)),
                Task.Run(() => host.Conversations.DeleteAsync(RunsHost.User, run.ConversationId)));
        }

        Assert.Equal(20, await host.Database.ReadAsync(c => c.Conversations.CountAsync(x => x.DeletedAt != null)));
        Assert.False(await host.Database.ReadAsync(c => c.Runs.AnyAsync(r => r.Status == RunStatus.Queued)));
    }

    [Fact]
    public async Task Purge_DeletedLongAgo_RemovesEverythingOfItAndNothingElse()
    {
        var time = new ManualTimeProvider();
        await using var host = await RunsHost.StartAsync(new RunsHostSettings
        {
            Time = time,
            Options = new RunsOptions { MakeTitles = false, DrainSeconds = 0, LeaseSeconds = 3600, PurgeAfterDays = 2 },
        });
        host.Model.ThenText("Old.").ThenText("Recent.").ThenText("Kept.");
        var (old, _) = await host.AskAsync();
        var (recent, _) = await host.AskAsync();
        var (kept, _) = await host.AskAsync();
        await host.Conversations.DeleteAsync(RunsHost.User, old.ConversationId);
        time.Advance(TimeSpan.FromDays(1.5));
        await host.Conversations.DeleteAsync(RunsHost.User, recent.ConversationId);

        time.Advance(TimeSpan.FromDays(1));

        await host.Committed.UntilAsync(() => host.Database.ReadAsync(c => c.Conversations.AllAsync(x => x.Id != old.ConversationId)));
        var left = await host.Database.ReadAsync(async c => (
            await c.Turns.Select(t => t.Id).ToListAsync(), await c.Runs.Select(r => r.Id).ToListAsync(), await c.Items.Select(i => i.RunId).ToListAsync()));
        Assert.Equal([recent.TurnId, kept.TurnId], left.Item1.Order());
        Assert.Equal([recent.RunId, kept.RunId], left.Item2.Order());
        Assert.Equal([recent.RunId, kept.RunId], left.Item3.Order());
    }

    [Fact]
    public async Task Search_WildcardsInTheWords_AreLetters()
    {
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { StartEngine = false });
        await host.SendAsync("100% sure");
        await host.SendAsync("100 sure");
        await host.SendAsync("snake_case");
        await host.SendAsync("snakeXcase");
        await host.SendAsync(@"back\slash");

        Assert.Equal(["100% sure"], await TitlesAsync(host, "100%"));
        Assert.Equal(["snake_case"], await TitlesAsync(host, "snake_c"));
        Assert.Equal([@"back\slash"], await TitlesAsync(host, @"K\S"));
        Assert.Empty(await TitlesAsync(host, "nothing like it"));
        Assert.Equal(5, (await TitlesAsync(host, "  ")).Count);
    }

    [Fact]
    public async Task Search_WordsOfAbsurdLength_FindNothingAndDoNotFail()
    {
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { StartEngine = false });
        await host.SendAsync("Hello");

        Assert.Empty(await TitlesAsync(host, new string('x', 200_000)));
    }

    [Fact]
    public async Task List_PinnedOne_IsIncludedHoweverOldItIs()
    {
        var time = new ManualTimeProvider();
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { StartEngine = false, Time = time });
        var first = await host.SendAsync("First");
        await host.Conversations.SetPinnedAsync(RunsHost.User, first.ConversationId, pinned: true);
        foreach (var text in new[] { "Second", "Third", "Fourth" })
        {
            time.Advance(TimeSpan.FromMinutes(1));
            await host.SendAsync(text);
        }

        var list = await host.Conversations.ListAsync(RunsHost.User, search: null, take: 3);

        Assert.Equal(["First", "Fourth", "Third"], list.Select(c => c.Title));
        Assert.True(list[0].IsPinned);
        Assert.All(list, c => Assert.True(c.IsRunning));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    public async Task Rename_WithoutATitle_NamesTheField(string title)
    {
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { StartEngine = false });
        var run = await host.SendAsync();

        var refused = await Assert.ThrowsAsync<RunRequestException>(
            () => host.Conversations.RenameAsync(RunsHost.User, run.ConversationId, title));

        Assert.Equal(RunRequestError.Invalid, refused.Error);
        Assert.Contains("title", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SetModel_IsTakenByLaterAnswers()
    {
        await using var host = await RunsHost.StartAsync();
        host.Model.ThenText("One.").ThenText("Two.");
        var (run, _) = await host.AskAsync();

        await host.Conversations.SetModelAsync(RunsHost.User, run.ConversationId, "big-model");
        await host.AskAsync("More", run.ConversationId);

        Assert.Equal([null, "big-model"], host.Model.Requests.Select(r => r.Options?.ModelId));
        await Assert.ThrowsAsync<RunRequestException>(
            () => host.Conversations.SetModelAsync(RunsHost.User, run.ConversationId, new string('m', 201)));
    }

    [Fact]
    public async Task Subscribe_AnotherUsersChange_IsNotTold()
    {
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { StartEngine = false });
        var (own, foreign) = (0, 0);
        var subscription = host.Conversations.Subscribe(RunsHost.User, () => own++);
        using var other = host.Conversations.Subscribe(RunsHost.Stranger, () => foreign++);

        var run = await host.SendAsync();
        Assert.Equal((1, 0), (own, foreign));
        subscription.Dispose();
        subscription.Dispose();
        await host.Conversations.SetPinnedAsync(RunsHost.User, run.ConversationId, pinned: true);
        Assert.Equal((1, 0), (own, foreign));
    }

    private static async Task<List<string>> TitlesAsync(RunsHost host, string search) =>
        [.. (await host.Conversations.ListAsync(RunsHost.User, search, take: 10)).Select(c => c.Title)];
}
