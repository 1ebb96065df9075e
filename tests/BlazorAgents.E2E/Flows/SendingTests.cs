using BlazorAgents.E2E.Fixtures;
using BlazorAgents.Emulator.Scripted;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BlazorAgents.E2E.Flows;

[Collection(ScriptedTests.Name)]
public sealed class SendingTests(ScriptedApp fixture) : BrowserTest
{
    [Fact]
    [Trait("Id", "REL-20")]
    public async Task A_double_click_on_send_is_one_message_one_run_and_one_call()
    {
        var message = $"Only once {Guid.NewGuid():N}";
        fixture.Server.Answer(message, ScriptedReply.Answer("Once."));
        var tab = await OpenAsync();
        await tab.Composer.FillAsync(message);

        await tab.Send.DblClickAsync();
        await tab.WaitForAnswerAsync();

        await Expect(tab.Messages).ToHaveCountAsync(1);
        await using var data = new AppData(fixture.App);
        Assert.Single(await data.TurnsAsync(tab.ConversationId));
        Assert.Single(await data.RunsAsync(tab.ConversationId));
        Assert.Single(fixture.Server.RequestsFor(message));
    }

    [Fact]
    [Trait("Id", "REL-20")]
    public async Task The_second_click_of_a_slow_double_click_on_send_does_not_stop_the_answer()
    {
        var (first, message) = ($"Hello {Guid.NewGuid():N}", $"Once more {Guid.NewGuid():N}");
        var gate = new Gate();
        fixture.Server.Answer(first, ScriptedReply.Answer("Hi."));
        fixture.Server.Answer(message, ScriptedReply.Stream().Text("Half. ").WaitFor(gate).Text("Whole.").Finish());
        var tab = await OpenAsync();
        await tab.AskAsync(first); // from now on the buttons stand still
        await tab.SendAsync(message);
        await Expect(tab.Answers.Last).ToContainTextAsync("Half.");
        Assert.True(await tab.Stop.EvaluateAsync<bool>("stop => stop.matches(':hover')"));

        await tab.Page.Mouse.DownAsync(new() { ClickCount = 2 });
        await tab.Page.Mouse.UpAsync(new() { ClickCount = 2 });

        // Time enough for a click that came through.
        await tab.Page.ReloadAsync();
        await tab.WaitUntilReadyAsync();
        await Expect(tab.Stop).ToBeVisibleAsync();
        gate.Open();
        await tab.WaitForAnswerAsync();
        await Expect(tab.Answers.Last).ToHaveTextAsync("Half. Whole.");
    }

    [Fact]
    public async Task Enter_sends_and_shift_enter_is_a_new_line()
    {
        var tab = await OpenAsync();
        var id = Guid.NewGuid().ToString("N");
        fixture.Server.Answer($"One {id}\nTwo", ScriptedReply.Answer("Two lines."));

        await tab.Composer.PressSequentiallyAsync($"One {id}");
        await tab.Composer.PressAsync("Shift+Enter");
        await tab.Composer.PressSequentiallyAsync("Two");
        await tab.Composer.PressAsync("Enter");

        await Expect(tab.Answers).ToHaveTextAsync("Two lines.");
        await Expect(tab.Composer).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Enter_that_confirms_a_word_of_an_input_method_does_not_send()
    {
        var tab = await OpenAsync();
        await tab.Composer.FillAsync("にほん");

        var wasHandled = await tab.Composer.EvaluateAsync<bool>(
            "box => !box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }))");

        Assert.False(wasHandled);
        await Expect(tab.Composer).ToHaveValueAsync("にほん");
        await Expect(tab.Messages).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_draft_survives_a_reload()
    {
        var tab = await OpenAsync();
        await tab.Composer.FillAsync("half a thought");

        await tab.Page.ReloadAsync();
        await tab.WaitUntilReadyAsync();

        await Expect(tab.Composer).ToHaveValueAsync("half a thought");
    }

    [Fact]
    [Trait("Id", "REL-19")]
    public async Task Two_tabs_show_the_same_and_a_second_message_waits_for_the_answer()
    {
        var message = $"For both tabs {Guid.NewGuid():N}";
        var gate = new Gate();
        fixture.Server.Answer(message, ScriptedReply.Stream().Text("Half. ").WaitFor(gate).Text("Whole.").Finish());
        var visit = await VisitAsync(fixture.App, await fixture.AddPersonAsync());
        var first = await visit.OpenChatAsync();
        await first.SendAsync(message);
        await Expect(first.Page).ToHaveURLAsync(first.ConversationAddress);
        var second = await visit.OpenChatAsync(first.Page.Url);
        await Expect(second.Answers).ToContainTextAsync("Half.");

        // The browser's own refusal is taken away, so that the server has to refuse.
        await second.Composer.FillAsync("Me too");
        await second.Page.EvaluateAsync("document.querySelector('form.composer').dataset.running = 'false'");
        await second.Composer.PressAsync("Enter");
        await Expect(second.Page.GetByRole(AriaRole.Alert).Filter(new() { HasTextRegex = new("answer|running|wait", System.Text.RegularExpressions.RegexOptions.IgnoreCase) }).First).ToBeVisibleAsync();
        await Expect(second.Composer).ToHaveValueAsync("Me too");

        gate.Open();
        foreach (var tab in new[] { first, second })
        {
            await tab.WaitForAnswerAsync();
            await Expect(tab.Messages).ToHaveCountAsync(1);
            await Expect(tab.Answers).ToHaveTextAsync("Half. Whole.");
        }

        await using var data = new AppData(fixture.App);
        Assert.Single(await data.TurnsAsync(first.ConversationId));
    }

    [Fact]
    public async Task A_message_sent_in_one_tab_appears_in_the_other()
    {
        var (one, two) = ($"First {Guid.NewGuid():N}", $"Second {Guid.NewGuid():N}");
        fixture.Server.Answer(one, ScriptedReply.Answer("To the first."));
        fixture.Server.Answer(two, ScriptedReply.Answer("To the second."));
        var visit = await VisitAsync(fixture.App, await fixture.AddPersonAsync());
        var first = await visit.OpenChatAsync();
        await first.AskAsync(one);
        var second = await visit.OpenChatAsync(first.Page.Url);
        await second.WaitForAnswerAsync();

        await first.AskAsync(two);

        await Expect(second.Messages).ToHaveCountAsync(2);
        await Expect(second.Answers.Last).ToHaveTextAsync("To the second.");
    }

    private async Task<ChatTab> OpenAsync() => await (await VisitAsync(fixture.App, await fixture.AddPersonAsync())).OpenChatAsync();
}
