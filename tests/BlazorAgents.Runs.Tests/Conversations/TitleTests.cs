using BlazorAgents.Runs.Tests.Hosting;
using BlazorAgents.Testing.Fakes;

namespace BlazorAgents.Runs.Tests.Conversations;

public sealed class TitleTests
{
    private static readonly RunsHostSettings s_titles = new() { Options = new RunsOptions { DrainSeconds = 0 } };

    [Fact]
    public async Task Title_FirstAnswerEnded_IsMadeByTheModelOnce()
    {
        await using var host = await RunsHost.StartAsync(s_titles);
        var gate = new Gate();
        host.Model.ThenGated(gate, "Like this.").ThenText("\"Baking bread.\"");
        var run = await host.SendAsync("How do I bake bread?");
        Assert.Equal("How do I bake bread?", await TitleAsync(host, run));

        gate.Open();
        await WaitForTitleAsync(host, run, "Baking bread");

        Assert.Equal([Titles.Instructions, "How do I bake bread?"], host.Model.Requests[1].Messages.Select(m => m.Text));
        host.Model.ThenText("And so.");
        await host.AskAsync("And rolls?", run.ConversationId);
        Assert.Equal(3, host.Model.Requests.Count);
    }

    [Fact]
    public async Task Title_UserRenamedWhileItWasMade_UsersTitleStays()
    {
        await using var host = await RunsHost.StartAsync(s_titles);
        var gate = new Gate();
        host.Model.ThenText("Like this.").ThenGated(gate, "", "Model's title");
        var run = await host.SendAsync("How do I bake bread?");
        await gate.ReachedAsync();

        await host.Conversations.RenameAsync(RunsHost.User, run.ConversationId, "My\nbread ");
        gate.Open();
        await host.StopEngineAsync();

        Assert.Equal("My bread", await TitleAsync(host, run));
    }

    [Fact]
    public async Task Title_StillBeingMade_NeitherHoldsASlotNorAContinuation()
    {
        await using var host = await RunsHost.StartAsync(new RunsHostSettings { Options = new RunsOptions { DrainSeconds = 0, MaxConcurrent = 1 } });
        var gate = new Gate();
        host.Model
            .Then(Microsoft.Extensions.AI.ChatFinishReason.Length, new Microsoft.Extensions.AI.TextContent("Half"))
            .ThenGated(gate, "", "A title")
            .ThenText(" and half.");
        var (run, _) = await host.AskAsync();
        await gate.ReachedAsync();

        await host.Runs.ContinueAsync(RunsHost.User, run.RunId);

        Assert.Equal("Half and half.", (await host.EndAsync(run)).Text());
        gate.Open();
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \n\t ")]
    [InlineData("\"\"")]
    [InlineData("\u200B\u202E")]
    public void FromModel_NothingToShow_IsIgnored(string title) => Assert.Null(Titles.FromModel(title));

    [Theory]
    [InlineData("**Baking bread**\nand more", "Baking bread")]
    [InlineData("“Baking bread.”", "Baking bread")]
    [InlineData("Bak\u0007ing \u202Ebread", "Baking bread")]
    public void FromModel_Decorated_IsCleaned(string title, string expected) => Assert.Equal(expected, Titles.FromModel(title));

    [Fact]
    public void FromModel_TooLong_IsCutBetweenCharacters()
    {
        var title = Titles.FromModel("a" + string.Concat(Enumerable.Repeat("😀", 60)))!;

        Assert.Equal(80, title.Length);
        Assert.DoesNotContain(title, c => c == '\uFFFD');
        Assert.False(char.IsHighSurrogate(title[^2]));
    }

    [Theory]
    [InlineData("Short one", "Short one")]
    [InlineData("a b c d e f g h i j k l m n o p q r s t u v w x\ny", "a b c d e f g h i j k l m n o p q r s t u v w x y")]
    [InlineData(" Two\n\nlines ", "Two lines")]
    public void FromFirstWords_Short_IsOneLine(string text, string expected) => Assert.Equal(expected, Titles.FromFirstWords(text));

    [Fact]
    public void FromFirstWords_Long_IsCutAtAWord()
    {
        var title = Titles.FromFirstWords(string.Join(' ', Enumerable.Repeat("bread", 50)));

        Assert.Equal("bread bread bread bread bread bread bread bread bread bread…", title);
        Assert.True(Titles.FromFirstWords(new string('x', 100_000)).Length <= 61);
    }

    [Fact]
    public async Task Title_MessageCutInsideACharacter_IsAskedForWithWholeCharacters()
    {
        await using var host = await RunsHost.StartAsync(s_titles);
        host.Model.ThenText("Yes.").ThenText("Smile");

        var run = await host.SendAsync("a" + string.Concat(Enumerable.Repeat("😀", 1500)));
        await WaitForTitleAsync(host, run, "Smile");

        Assert.False(char.IsHighSurrogate(host.Model.Requests[1].Messages[1].Text[^1]));
    }

    private static async Task<string> TitleAsync(RunsHost host, StartedRun run) =>
        (await host.Conversations.GetAsync(RunsHost.User, run.ConversationId)).Title;

    private static Task WaitForTitleAsync(RunsHost host, StartedRun run, string title) =>
        host.Committed.UntilAsync(async () => await TitleAsync(host, run) == title);
}
