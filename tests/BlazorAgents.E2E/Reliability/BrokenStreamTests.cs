using System.Text.Json;
using BlazorAgents.E2E.Fixtures;
using BlazorAgents.Emulator.Scripted;
using static Microsoft.Playwright.Assertions;

namespace BlazorAgents.E2E.Reliability;

[Collection(FaultTests.Name)]
[Trait("Id", "REL-03")]
public sealed class BrokenStreamTests(FaultyApp fixture) : FaultTest(fixture)
{
    [Fact]
    public async Task A_reset_in_mid_answer_keeps_the_text_says_why_and_goes_on_only_when_asked()
    {
        var gate = new Gate();
        var message = Answered("Break",
            ScriptedReply.Stream().Text("The first half ").WaitFor(gate).Reset(),
            ScriptedReply.Answer("and the second."),
            ScriptedReply.Answer("All over again."));
        var tab = await OpenAsync();
        await tab.SendAsync(message);
        await Expect(tab.Answers).ToContainTextAsync("The first half");

        gate.Open();
        await tab.WaitForAnswerAsync("Interrupted");
        await Expect(tab.Answers).ToHaveTextAsync("The first half");
        await ExpectPlainOutcomeAsync(tab, "broke while the answer was being sent");
        Assert.Single(Server.RequestsFor(message));

        await Button(tab, "Continue").ClickAsync();
        await Expect(tab.Answers).ToHaveTextAsync("The first half and the second.");
        await tab.WaitForAnswerAsync();
        Assert.Equal("The first half ", Said(Server.RequestsFor(message)[1], "assistant"));

        await Button(tab, "Regenerate").ClickAsync();
        await Expect(tab.Answers).ToHaveTextAsync("All over again.");
        await tab.WaitForAnswerAsync();
        Assert.DoesNotContain(Server.RequestsFor(message)[2].Messages, said => said.GetProperty("role").GetString() == "assistant");
    }

    [Fact]
    public async Task An_answer_that_just_ends_is_no_success()
    {
        var message = Answered("Trail off", ScriptedReply.Stream().Text("It trails").EndWithoutFinish());
        var tab = await OpenAsync();

        Assert.Equal("It trails", await tab.AskAsync(message, "Interrupted"));

        await ExpectPlainOutcomeAsync(tab, "ended before the answer was complete");
        Assert.Single(Server.RequestsFor(message));
    }

    [Fact]
    public async Task An_error_inside_the_stream_keeps_what_came_before_it()
    {
        var message = Answered("Error inside", ScriptedReply.Stream().Text("So far ").ErrorEvent("secret detail of the server"));
        var tab = await OpenAsync();

        Assert.Equal("So far", await tab.AskAsync(message, "Interrupted"));

        await ExpectPlainOutcomeAsync(tab, "has a problem at the moment");
        Assert.Single(Server.RequestsFor(message));
    }

    [Fact]
    public async Task A_failure_after_a_tool_keeps_the_tools_result_and_goes_on_from_it()
    {
        var message = Answered("What time is it",
            ScriptedReply.Stream().Text("Let me look. ").ToolCall("call_1", "get_time", """{"timezone":"UTC"}""").Finish(),
            ScriptedReply.Error(503), ScriptedReply.Error(503), ScriptedReply.Error(503),
            ScriptedReply.Answer("It is late."));
        var tab = await OpenAsync();
        await tab.AskAsync(message, "Interrupted");
        await Expect(tab.ToolCalls).ToHaveAttributeAsync("data-state", "Succeeded");
        Assert.Equal(4, Server.RequestsFor(message).Count);

        await Button(tab, "Continue").ClickAsync();
        await tab.WaitForAnswerAsync();

        await Expect(tab.ToolCalls).ToHaveCountAsync(1);
        await Expect(tab.Answers).ToHaveTextAsync(["Let me look.", "It is late."]);
        Assert.Contains("UTC", Said(Server.RequestsFor(message)[4], "tool"), StringComparison.Ordinal);
    }

    private static string? Said(ScriptedRequest request, string role) =>
        request.Messages.Last(said => said.GetProperty("role").GetString() == role).GetProperty("content") is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
