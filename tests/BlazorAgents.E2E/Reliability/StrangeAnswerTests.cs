using BlazorAgents.E2E.Fixtures;
using BlazorAgents.Emulator.Scripted;
using static Microsoft.Playwright.Assertions;

namespace BlazorAgents.E2E.Reliability;

[Collection(FaultTests.Name)]
public sealed class StrangeAnswerTests(FaultyApp fixture) : FaultTest(fixture)
{
    [Fact]
    [Trait("Id", "REL-05")]
    public async Task What_is_no_answer_fails_with_a_plain_sentence()
    {
        var garbage = Answered("Garbage", ScriptedReply.Stream().Garbage());
        var late = Answered("Garbage later", ScriptedReply.Stream().Text("Good so far. ").Garbage().Finish());
        var error = Answered("Error in 200", ScriptedReply.Stream().ErrorEvent("internal detail"));
        var page = Answered("A web page", ScriptedReply.Body(200, "<html><body>Sign in to the network</body></html>", "text/html"));
        var tab = await OpenAsync();

        await tab.AskAsync(garbage, "Failed");
        await ExpectPlainOutcomeAsync(tab, "is not what a chat API sends");
        Assert.Equal("Good so far.", await tab.AskAsync(late, "Failed"));
        await ExpectPlainOutcomeAsync(tab, "is not what a chat API sends");
        await tab.AskAsync(error, "Failed");
        await ExpectPlainOutcomeAsync(tab, "has a problem at the moment");
        Assert.Equal(3, Server.RequestsFor(error).Count);
        await tab.AskAsync(page, "Failed");
        await ExpectPlainOutcomeAsync(tab, "is not what a chat API sends");

        var well = Answered("Well again", ScriptedReply.Answer("Well."));
        Assert.Equal("Well.", await tab.AskAsync(well));
    }

    [Fact]
    [Trait("Id", "REL-05")]
    public async Task What_is_unknown_or_cut_inside_a_character_leaves_the_text_intact()
    {
        var gate = new Gate();
        var unknown = Answered("From the future", ScriptedReply.Stream().Unknown().Text("Plain ").Unknown().Text("text.").Finish());
        var split = Answered("Split", ScriptedReply.Stream().Text("Whole: ").SplitText("Käse 界 ", gate).Text("end.").Finish());
        var tab = await OpenAsync();

        Assert.Equal("Plain text.", await tab.AskAsync(unknown));
        await tab.SendAsync(split);
        await Expect(tab.Answers.Last).ToContainTextAsync("Whole:");
        gate.Open();
        await tab.WaitForAnswerAsync();

        await Expect(tab.Answers.Last).ToHaveTextAsync("Whole: Käse 界 end.");
    }

    [Fact]
    [Trait("Id", "REL-05")]
    public async Task A_line_of_a_megabyte_arrives_whole()
    {
        var message = Answered("Big", ScriptedReply.Stream().BigLine().Finish());
        var tab = await OpenAsync();

        await tab.SendAsync(message);
        await tab.WaitForAnswerAsync();

        await using var data = new AppData(App);
        Assert.Equal(1024 * 1024, (await data.AnswerTextAsync(tab.ConversationId)).Length);
        await tab.Page.WaitForFunctionAsync("() => document.querySelector('[data-testid=message-agent]').textContent.trim().length === 1024 * 1024");
    }

    [Fact]
    [Trait("Id", "REL-06")]
    public async Task Length_filter_and_emptiness_are_shown_as_such()
    {
        var length = Answered("Too long", ScriptedReply.Stream().Text("It was a dark ").Finish("length"), ScriptedReply.Answer("and stormy night."));
        var filter = Answered("Forbidden", ScriptedReply.Stream().Text("I was about to ").Finish("content_filter"));
        var empty = Answered("Nothing", ScriptedReply.Stream().Finish());
        var tab = await OpenAsync();

        await tab.AskAsync(length);
        await ExpectPlainOutcomeAsync(tab, "reached its length limit");
        await Button(tab, "Continue").ClickAsync();
        await Expect(tab.Answers.Last).ToHaveTextAsync("It was a dark and stormy night.");
        await tab.WaitForAnswerAsync();
        await Expect(Outcome(tab)).ToHaveCountAsync(0);

        await tab.AskAsync(filter);
        await ExpectPlainOutcomeAsync(tab, "content filter");
        await tab.AskAsync(empty);
        await ExpectPlainOutcomeAsync(tab, "ended without an answer");
        Assert.Single(Server.RequestsFor(empty));
    }
}
