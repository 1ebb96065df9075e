using BlazorAgents.E2E.Fixtures;
using BlazorAgents.Emulator.Scripted;
using static Microsoft.Playwright.Assertions;

namespace BlazorAgents.E2E.Reliability;

[Collection(FaultTests.Name)]
[Trait("Id", "REL-02")]
public sealed class ServerErrorTests(FaultyApp fixture) : FaultTest(fixture)
{
    [Fact]
    public async Task A_provider_that_fails_is_asked_three_times_and_the_last_failure_is_said()
    {
        var tab = await OpenAsync();
        foreach (var status in new[] { 500, 502, 503 })
        {
            var message = Answered($"Fail with {status}", ScriptedReply.Error(status));
            await tab.AskAsync(message, "Failed");
            await ExpectPlainOutcomeAsync(tab, $"(HTTP {status})");
            Assert.Equal(3, Server.RequestsFor(message).Count);
        }
    }

    [Fact]
    public async Task A_failure_that_passes_is_not_noticed()
    {
        var message = Answered("Fail twice", ScriptedReply.Error(503), ScriptedReply.Error(500), ScriptedReply.Answer("At last."));
        var tab = await OpenAsync();

        Assert.Equal("At last.", await tab.AskAsync(message));

        Assert.Equal(3, Server.RequestsFor(message).Count);
        await Expect(Outcome(tab)).ToHaveCountAsync(0);
    }
}
