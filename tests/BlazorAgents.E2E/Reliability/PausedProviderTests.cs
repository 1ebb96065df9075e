using BlazorAgents.Emulator.Scripted;

namespace BlazorAgents.E2E.Reliability;

public sealed class PausedProviderTests(PausingApp fixture) : FaultTest(fixture), IClassFixture<PausingApp>
{
    [Fact]
    [Trait("Id", "REL-02")]
    public async Task A_provider_that_fails_again_and_again_is_left_alone_for_a_while_and_the_page_says_so()
    {
        var (first, second, third) = (Answered("One", ScriptedReply.Error(503)), Answered("Two", ScriptedReply.Error(503)), Answered("Three", ScriptedReply.Answer("Never.")));
        var tab = await OpenAsync();
        await tab.AskAsync(first, "Failed");
        Assert.Equal(3, Server.RequestsFor(first).Count);

        // The fourth failure is one too many: its own second attempt is not made any more.
        await tab.AskAsync(second, "Failed");
        Assert.Single(Server.RequestsFor(second));
        await ExpectPlainOutcomeAsync(tab, "calls to it are paused. Try again in");

        await tab.AskAsync(third, "Failed");
        Assert.Empty(Server.RequestsFor(third));
        await ExpectPlainOutcomeAsync(tab, "calls to it are paused. Try again in");
    }
}
