using BlazorAgents.Emulator.Scripted;
using static Microsoft.Playwright.Assertions;

namespace BlazorAgents.E2E.Reliability;

[Trait("Id", "REL-04")]
public sealed class SilenceTests(ImpatientApp fixture) : FaultTest(fixture), IClassFixture<ImpatientApp>
{
    [Fact]
    public async Task Silence_in_mid_answer_ends_it_and_keeps_what_came()
    {
        var message = Answered("Begin and stop", ScriptedReply.Stream().Text("Begun. ").Stall(), ScriptedReply.Answer("Ended."));
        var tab = await OpenAsync();

        Assert.Equal("Begun.", await tab.AskAsync(message, "Interrupted"));

        await ExpectPlainOutcomeAsync(tab, "nothing came for 8 seconds");
        await Server.RequestsFor(message)[0].Aborted.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Single(Server.RequestsFor(message));
        await Button(tab, "Continue").ClickAsync();
        await tab.WaitForAnswerAsync();
        await Expect(tab.Answers).ToHaveTextAsync("Begun. Ended.");
    }

    [Fact]
    public async Task Silence_before_the_first_byte_is_given_up_and_tried_again()
    {
        var message = Answered("Say nothing", ScriptedReply.Stream().Stall(), ScriptedReply.Answer("On second thought."));
        var tab = await OpenAsync();

        Assert.Equal("On second thought.", await tab.AskAsync(message));

        Assert.Equal(2, Server.RequestsFor(message).Count);
        await Server.RequestsFor(message)[0].Aborted.WaitAsync(TimeSpan.FromSeconds(30));
    }
}
