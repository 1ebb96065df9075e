using System.Diagnostics;
using System.Text.RegularExpressions;
using BlazorAgents.Data;
using BlazorAgents.E2E.Fixtures;
using BlazorAgents.Emulator.Scripted;
using static Microsoft.Playwright.Assertions;

namespace BlazorAgents.E2E.Reliability;

[Trait("Id", "REL-31")]
public sealed partial class ShutdownTests(FaultyApp fixture) : FaultTest(fixture), IClassFixture<FaultyApp>
{
    [Fact]
    public async Task Asked_to_end_the_server_ends_well_idle_or_while_it_writes()
    {
        var visit = await VisitAsync(App, await AddPersonAsync());
        visit.Allow(LostConnection);
        await visit.OpenChatAsync();
        Assert.InRange(await TerminateAsync(), TimeSpan.Zero, TimeSpan.FromSeconds(25));

        // Long enough: the answer is finished.
        await App.RestartAsync(new Dictionary<string, string?> { ["Runs__DrainSeconds"] = "25" });
        var gate = new Gate();
        var finished = await BeginAsync(visit, Answered("Let me finish", ScriptedReply.Stream().Text("Begun, ").WaitFor(gate).Text("done.").Finish()));
        App.BeginTerminate();
        await App.Output.WaitForAsync(ShuttingDown(), TimeSpan.FromSeconds(30));
        gate.Open();
        Assert.Equal(0, await App.WaitForEndAsync());
        await AssertStoredAsync(finished, RunStatus.Completed, "Begun, done.");

        // No time at all: what came is kept.
        await App.RestartAsync(new Dictionary<string, string?> { ["Runs__DrainSeconds"] = "0" });
        var cut = await BeginAsync(visit, Answered("Cut me off", ScriptedReply.Stream().Text("Begun, ").Stall()));
        Assert.InRange(await TerminateAsync(), TimeSpan.Zero, TimeSpan.FromSeconds(30));
        await AssertStoredAsync(cut, RunStatus.Interrupted, "Begun, ");
    }

    private static async Task<Guid> BeginAsync(Visit visit, string message)
    {
        var tab = await visit.OpenChatAsync();
        await tab.SendAsync(message);
        await Expect(tab.Answers).ToHaveTextAsync("Begun,");
        await Expect(tab.Page).ToHaveURLAsync(tab.ConversationAddress);
        return tab.ConversationId;
    }

    private async Task<TimeSpan> TerminateAsync()
    {
        var watch = Stopwatch.StartNew();
        Assert.Equal(0, await App.TerminateAsync());
        return watch.Elapsed;
    }

    private async Task AssertStoredAsync(Guid conversation, RunStatus status, string text)
    {
        await using var data = new AppData(App);
        var run = Assert.Single(await data.RunsAsync(conversation));
        Assert.Equal((status, text), (run.Status, await data.AnswerTextAsync(conversation)));
        Assert.Equal(status is RunStatus.Interrupted, run.ErrorMessage is not null);
    }

    [GeneratedRegex("Application is shutting down")]
    private static partial Regex ShuttingDown();
}
