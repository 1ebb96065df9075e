using BlazorAgents.E2E.Fixtures;
using BlazorAgents.Emulator.Scripted;
using static Microsoft.Playwright.Assertions;

namespace BlazorAgents.E2E.Security;

[Collection(ScriptedTests.Name)]
public sealed class RawCircuitTests(ScriptedApp fixture) : BrowserTest
{
    // Blazor's own limit of unacknowledged batches; one more may be on its way.
    private const int MostBatches = 11;

    [Fact]
    [Trait("Id", "BLZ-08")]
    public async Task A_client_that_stops_acknowledging_gets_no_more_batches_until_it_goes_on()
    {
        var message = $"Long for the slow {Guid.NewGuid():N}";
        var gate = new Gate();
        fixture.Server.Answer(message, ScriptedReply.Stream().Text("Begin. ").WaitFor(gate).Pace(TimeSpan.FromMilliseconds(20)).Texts(Enumerable.Range(1, 200).Select(number => $"part{number} ")).Text("TheVeryEnd").Finish());
        var person = await fixture.AddPersonAsync();
        var tab = await (await VisitAsync(fixture.App, person)).OpenChatAsync();
        await tab.SendAsync(message);
        await Expect(tab.Answers).ToContainTextAsync("Begin.");
        await Expect(tab.Page).ToHaveURLAsync(tab.ConversationAddress);
        using var session = await AppSession.SignInAsync(fixture.App.BaseUrl, person);
        await using var slow = await RawCircuit.OpenAsync(fixture.App, session, new Uri(tab.Page.Url).AbsolutePath);
        await slow.WaitForTextAsync("Begin.");

        slow.StopAcknowledging();
        gate.Open();
        await tab.WaitForAnswerAsync();
        await Expect(tab.Answers).ToContainTextAsync("TheVeryEnd");

        // About seventy renders were due in the meantime.
        Assert.InRange(slow.Unacknowledged, 2, MostBatches);
        await slow.AcknowledgeAgainAsync();
        await slow.WaitForTextAsync("TheVeryEnd");
    }

    [Fact]
    [Trait("Id", "BLZ-04")]
    public async Task Events_for_handlers_and_objects_that_were_never_given_out_reach_nothing()
    {
        var message = $"Still well {Guid.NewGuid():N}";
        fixture.Server.Answer(message, ScriptedReply.Answer("Quite."));
        var person = await fixture.AddPersonAsync();
        var tab = await (await VisitAsync(fixture.App, person)).OpenChatAsync();
        using var session = await AppSession.SignInAsync(fixture.App.BaseUrl, person);
        await using var forger = await RawCircuit.OpenAsync(fixture.App, session, "/");
        await forger.WaitForTextAsync("composer");

        await forger.CallAsync("BeginInvokeDotNetFromJS", "1", null, "DispatchEventAsync", 1, "[{\"eventHandlerId\":987654,\"eventName\":\"click\",\"eventFieldInfo\":null},{\"type\":\"click\"}]");
        await forger.CallAsync("BeginInvokeDotNetFromJS", "2", "BlazorAgents.Web", "NewConversation", 0, "[]");
        await forger.CallAsync("BeginInvokeDotNetFromJS", "3", null, "ShowShortcutsAsync", 4711, "[]");
        await forger.CallAsync("EndInvokeJSFromDotNet", 4711, true, "[4711,true,null]");

        Assert.Equal("Quite.", await tab.AskAsync(message));
        using var again = await session.GetAsync("/");
        Assert.True(again.IsSuccessStatusCode);
    }
}
