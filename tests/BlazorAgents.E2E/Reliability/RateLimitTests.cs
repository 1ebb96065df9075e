using System.Text.RegularExpressions;
using BlazorAgents.Emulator.Scripted;
using static Microsoft.Playwright.Assertions;

namespace BlazorAgents.E2E.Reliability;

[Collection(FaultTests.Name)]
[Trait("Id", "REL-01")]
public sealed class RateLimitTests(FaultyApp fixture) : FaultTest(fixture)
{
    // Timers and the wall clock do not agree to the millisecond.
    private static readonly TimeSpan s_slack = TimeSpan.FromMilliseconds(50);

    // Long enough for a slow browser to see it, and to click in it.
    private const int LongWait = 8;

    [Fact]
    public async Task A_wait_that_the_provider_asks_for_is_shown_and_kept_in_each_of_its_forms()
    {
        var gate = new Gate();
        var tab = await OpenAsync();
        var inSeconds = Answered("In seconds", ScriptedReply.RateLimited(LongWait), ScriptedReply.Stream().WaitFor(gate).Text("After seconds.").Finish());
        await tab.SendAsync(inSeconds);
        await Expect(tab.RunStates.Last).ToContainTextAsync("Rate limited. Trying again");
        await Expect(tab.RunStates.Last.Locator("[data-clock-down]")).ToHaveTextAsync(new Regex("^in [1-9] s$"));
        await Expect(tab.RunStates.Last.Locator("[data-clock-down]")).ToHaveTextAsync("now…");
        gate.Open();
        await tab.WaitForAnswerAsync();
        await Expect(tab.RunStates.Last).Not.ToContainTextAsync("Rate limited");
        AssertWaited(inSeconds, TimeSpan.FromSeconds(LongWait));

        var inMilliseconds = Answered("In milliseconds", ScriptedReply.RateLimitedForMilliseconds(400), ScriptedReply.Answer("After milliseconds."));
        await tab.AskAsync(inMilliseconds);
        AssertWaited(inMilliseconds, TimeSpan.FromMilliseconds(400));

        var until = DateTimeOffset.UtcNow.AddSeconds(4);
        until = until.AddTicks(-(until.Ticks % TimeSpan.TicksPerSecond));
        var asDate = Answered("As a date", ScriptedReply.RateLimitedUntil(until), ScriptedReply.Answer("After the date."));
        await tab.AskAsync(asDate);
        Assert.Equal(2, Server.RequestsFor(asDate).Count);
        Assert.True(Server.RequestsFor(asDate)[1].ReceivedAt >= until - s_slack);
    }

    [Fact]
    public async Task A_wait_can_be_stopped_and_then_the_provider_is_not_asked_again()
    {
        var message = Answered("Slow down", ScriptedReply.RateLimited(LongWait), ScriptedReply.Answer("Too late."));
        var later = Answered("Later", ScriptedReply.RateLimited(LongWait + 1), ScriptedReply.Answer("Now."));
        var tab = await OpenAsync();
        await tab.SendAsync(message);
        await Expect(tab.RunStates.Last.Locator("[data-clock-down]")).ToBeVisibleAsync();

        await tab.Stop.ClickAsync();
        await tab.WaitForAnswerAsync("Stopped");

        // Longer than the wait that was stopped.
        await tab.AskAsync(later);
        Assert.Single(Server.RequestsFor(message));
        await Expect(tab.RunStates.First).ToHaveAttributeAsync("data-state", "Stopped");
    }

    [Fact]
    public async Task A_wait_of_more_than_a_minute_fails_at_once_and_says_how_long()
    {
        var seconds = Answered("Ninety", ScriptedReply.RateLimited(90));
        var minutes = Answered("An hour", ScriptedReply.RateLimited(3600));
        var tab = await OpenAsync();

        await tab.AskAsync(seconds, "Failed");
        await ExpectPlainOutcomeAsync(tab, "try again in 90 seconds.");
        await tab.AskAsync(minutes, "Failed");
        await ExpectPlainOutcomeAsync(tab, "try again in 60 minutes.");
        Assert.Single(Server.RequestsFor(seconds));
        Assert.Single(Server.RequestsFor(minutes));
    }

    private void AssertWaited(string message, TimeSpan wait)
    {
        var requests = Server.RequestsFor(message);
        Assert.Equal(2, requests.Count);
        Assert.True(requests[1].ReceivedAt - requests[0].ReceivedAt >= wait - s_slack);
    }
}
