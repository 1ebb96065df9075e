using BlazorAgents.Emulator.Scripted;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BlazorAgents.E2E.Reliability;

[Collection(FaultTests.Name)]
public sealed class ToolFaultTests(FaultyApp fixture) : FaultTest(fixture)
{
    [Fact]
    [Trait("Id", "REL-07")]
    public async Task An_unknown_tool_is_told_to_the_model_and_shown()
    {
        var message = Answered("Launch", Call(1, "launch_rocket", "{}"), ScriptedReply.Answer("I cannot."));
        var tab = await OpenAsync();

        await tab.AskAsync(message);

        Assert.Contains("there is no tool named \"launch_rocket\"", Told(message, request: 1), StringComparison.Ordinal);
        Assert.Contains("get_weather", Told(message, request: 1), StringComparison.Ordinal);
        await Expect(tab.ToolCalls).ToHaveAttributeAsync("data-state", "UnknownTool");
        await Expect(tab.ToolCalls).ToContainTextAsync("unknown tool");
    }

    [Fact]
    [Trait("Id", "REL-08")]
    public async Task Invalid_arguments_are_told_with_their_field_and_borne_three_times()
    {
        var message = Answered("Weather wrongly", [.. Enumerable.Range(1, 6).Select(number => Call(number, "get_weather", $$"""{"location":{{number}}}"""))]);
        var tab = await OpenAsync();

        await tab.AskAsync(message);

        Assert.Equal(4, Server.RequestsFor(message).Count);
        Assert.Contains("location", Told(message, request: 1), StringComparison.Ordinal);
        await Expect(tab.Page.Locator(".answer-notice")).ToContainTextAsync("invalid arguments more than 3 times in a row");
        await ExpectPlainOutcomeAsync(tab, "limit on the use of tools");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "tool calls" }).ClickAsync();
        await Expect(tab.ToolCalls.First).ToHaveAttributeAsync("data-state", "InvalidArguments");
    }

    [Fact]
    [Trait("Id", "REL-10")]
    public async Task A_loop_of_the_same_call_is_ended_with_an_explanation()
    {
        var message = Answered("The time for ever", [.. Enumerable.Range(1, 9).Select(number => Call(number, "get_time", """{"timezone":"UTC"}"""))]);
        var tab = await OpenAsync();

        await tab.AskAsync(message);

        Assert.Equal(4, Server.RequestsFor(message).Count);
        await Expect(tab.Page.Locator(".answer-notice")).ToContainTextAsync("asked for the same call of \"get_time\" again and again");
        await ExpectPlainOutcomeAsync(tab, "limit on the use of tools");
    }

    [Fact]
    [Trait("Id", "REL-10")]
    public async Task A_loop_of_ever_new_calls_is_ended_with_an_explanation_and_the_chat_goes_on()
    {
        var message = Answered("All times", [.. Enumerable.Range(1, 20).Select(number => Call(number, "get_time", $$"""{"timezone":"nowhere {{number}}"}"""))]);
        var next = Answered("And now", ScriptedReply.Answer("On we go."));
        var tab = await OpenAsync();

        await tab.AskAsync(message);
        Assert.Equal(12, Server.RequestsFor(message).Count);
        await Expect(tab.Page.Locator(".answer-notice")).ToContainTextAsync("stopped after 12 steps");

        // A call left without its result would make the provider refuse the next request.
        Assert.Equal("On we go.", await tab.AskAsync(next));
    }

    [Fact]
    [Trait("Id", "REL-11")]
    public async Task A_tool_that_fails_is_shown_as_failed_and_the_answer_goes_on()
    {
        var message = Answered("Weather", Call(1, "get_weather", """{"location":"Paris"}"""), ScriptedReply.Answer("The service is away."));
        var tab = await OpenAsync();

        Assert.Equal("The service is away.", await tab.AskAsync(message));

        Assert.Contains("the tool failed", Told(message, request: 1), StringComparison.Ordinal);
        await Expect(tab.ToolCalls).ToHaveAttributeAsync("data-state", "Failed");
        await Expect(tab.ToolCalls).ToContainTextAsync("failed");
    }

    private static ScriptedReply Call(int number, string name, string arguments) => ScriptedReply.Stream().ToolCall($"call_{number}", name, arguments).Finish();

    private string Told(string message, int request) =>
        Server.RequestsFor(message)[request].Messages.Last(said => said.GetProperty("role").GetString() == "tool").GetProperty("content").ToString();
}
