using BlazorAgents.E2E.Fixtures;
using BlazorAgents.Emulator.Scripted;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BlazorAgents.E2E.Reliability;

[Collection(FaultTests.Name)]
public sealed class MessageTests(FaultyApp fixture) : FaultTest(fixture)
{
    [Fact]
    public async Task Messages_of_nothing_are_refused_and_what_cannot_be_stored_is_cleaned()
    {
        var message = Answered("Clean", ScriptedReply.Answer("Clean."));
        var tab = await OpenAsync();

        await tab.Composer.FillAsync(" \n ");
        await tab.Composer.PressAsync("Enter");
        await PutAsync(tab, "\u0001\u0007\u0000");
        await tab.Composer.PressAsync("Enter");
        await Expect(tab.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "The message is empty" })).ToBeVisibleAsync();
        Assert.Equal("\u0001\u0007\u0000", await tab.Composer.InputValueAsync());
        await Expect(tab.Messages).ToHaveCountAsync(0);

        await PutAsync(tab, $"\u0000{message}\u0000\u001b");
        await tab.Composer.PressAsync("Enter");
        await tab.WaitForAnswerAsync();
        await Expect(tab.Messages).ToHaveTextAsync(message);
        await Expect(tab.Composer).ToHaveValueAsync("");
        Assert.Single(Server.RequestsFor(message));
    }

    [Fact]
    public async Task A_text_that_gets_past_the_browsers_limit_is_refused_by_the_server_and_kept()
    {
        var message = Answered("Short", ScriptedReply.Answer("Better."));
        var visit = await VisitAsync(App, await AddPersonAsync());
        await visit.PrepareAsync("""
            new MutationObserver(() => document.querySelectorAll('form.composer:not([data-max="9999999"])').forEach(form => form.dataset.max = '9999999'))
                .observe(document, { childList: true, subtree: true });
            """);
        var tab = await visit.OpenChatAsync();
        var text = new string('m', 300_000);
        await PutAsync(tab, text);

        await tab.Composer.PressAsync("Enter");
        await Expect(tab.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "The message has 300,000 characters; at most 100,000 are allowed" })).ToBeVisibleAsync();
        Assert.Equal(text.Length, (await tab.Composer.InputValueAsync()).Length);

        Assert.Equal("Better.", await tab.AskAsync(message));
    }

    [Fact]
    public async Task An_address_of_no_conversation_says_so_and_leads_on()
    {
        var message = Answered("From nowhere", ScriptedReply.Answer("Here."));
        var visit = await VisitAsync(App, await AddPersonAsync());
        visit.Allow("404");

        foreach (var id in new[] { Guid.NewGuid(), Guid.Empty })
        {
            var tab = await visit.OpenAsync($"/c/{id}");
            await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "No such conversation" })).ToBeVisibleAsync();
            await tab.Page.CloseAsync();
        }

        var strange = await visit.OpenAsync("/c/not-an-id");
        await Expect(strange.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await strange.Page.GotoAsync($"/c/{Guid.NewGuid()}");
        await strange.Page.GetByTestId("new-conversation").ClickAsync();
        await strange.WaitUntilReadyAsync();
        Assert.Equal("Here.", await strange.AskAsync(message));
    }

    // Playwright's own ways of typing leave control characters out.
    private static async Task PutAsync(ChatTab tab, string text) =>
        await tab.Composer.EvaluateAsync("(box, text) => { box.focus(); box.value = text; box.dispatchEvent(new Event('input', { bubbles: true })); }", text);
}
