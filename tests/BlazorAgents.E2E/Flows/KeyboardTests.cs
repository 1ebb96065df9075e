using System.Text.RegularExpressions;
using BlazorAgents.Data;
using BlazorAgents.E2E.Fixtures;
using BlazorAgents.Emulator.Scripted;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BlazorAgents.E2E.Flows;

[Collection(ScriptedTests.Name)]
public sealed class KeyboardTests(ScriptedApp fixture) : BrowserTest
{
    [Fact]
    public async Task Signing_in_chatting_and_opening_a_tool_call_need_no_mouse()
    {
        var message = $"What time is it in Tokyo? {Guid.NewGuid():N}";
        fixture.Server.Answer(message,
            ScriptedReply.Stream().ToolCall("call_1", "get_time", """{"timezone":"Asia/Tokyo"}""").Finish(),
            ScriptedReply.Answer("It is late."));
        var person = await fixture.AddPersonAsync();
        var tab = await (await VisitAsync(fixture.App, null)).OpenAsync();
        var keys = tab.Page.Keyboard;

        await Expect(tab.Page.GetByLabel("Email")).ToBeFocusedAsync();
        await keys.TypeAsync(person.Email);
        await keys.PressAsync("Tab");
        await keys.TypeAsync(person.Password);
        await keys.PressAsync("Enter");
        await tab.WaitUntilReadyAsync();
        await Expect(tab.Composer).ToBeFocusedAsync();
        await keys.TypeAsync(message);
        await keys.PressAsync("Enter");
        await tab.WaitForAnswerAsync();

        await TabToAsync(tab, tab.ToolCalls.GetByRole(AriaRole.Button).First, "Shift+Tab");
        await keys.PressAsync("Enter");
        await Expect(tab.ToolCalls).ToContainTextAsync("Asked");
    }

    [Fact]
    public async Task Escape_stops_the_answer()
    {
        var message = $"Never end {Guid.NewGuid():N}";
        fixture.Server.Answer(message, ScriptedReply.Stream().Text("On and on").Stall());
        var tab = await OpenAsync();
        await tab.Composer.FillAsync(message);
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(tab.Answers.Last).ToContainTextAsync("On and on");

        await tab.Page.Keyboard.PressAsync("Escape");

        await tab.WaitForAnswerAsync("Stopped");
    }

    [Fact]
    public async Task Up_in_an_empty_composer_edits_the_last_message()
    {
        var (message, edited) = ($"Typo {Guid.NewGuid():N}", $"No typo {Guid.NewGuid():N}");
        fixture.Server.Answer(message, ScriptedReply.Answer("One."));
        fixture.Server.Answer(edited, ScriptedReply.Answer("Two."));
        var tab = await OpenAsync();
        await tab.AskAsync(message);

        await tab.Composer.PressAsync("ArrowUp");
        var box = tab.Page.GetByLabel("Edit your message");
        await Expect(box).ToBeFocusedAsync();
        await box.FillAsync(edited);
        await box.PressAsync("Enter");

        await Expect(tab.Answers).ToHaveTextAsync("Two.");
    }

    [Fact]
    public async Task A_chat_is_found_renamed_deleted_and_restored_by_keys()
    {
        // Before the page opens: what is stored past the application shows in a list only when it is read again.
        var person = await fixture.AddPersonAsync();
        await using (var data = new AppData(fixture.App))
        {
            await data.AddConversationAsync(person, "Find me", [("Hello", [new ItemPayload.Text("Hi.")])]);
        }

        var tab = await OpenAsync(person);
        await Expect(tab.Conversations).ToHaveCountAsync(1);
        var keys = tab.Page.Keyboard;

        await keys.PressAsync("Control+k");
        await Expect(tab.Page.GetByTestId("search-box")).ToBeFocusedAsync();
        await keys.PressAsync("ArrowDown");
        await Expect(tab.Conversations).ToBeFocusedAsync();
        await keys.PressAsync("Tab");
        await keys.PressAsync("Enter");
        await Expect(tab.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Rename" })).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect(tab.Page.GetByRole(AriaRole.Dialog).GetByLabel("Name")).ToBeFocusedAsync();
        await keys.PressAsync("Control+a");
        await keys.TypeAsync("Found");
        await keys.PressAsync("Enter");
        await Expect(tab.Conversations).ToHaveTextAsync("Found");

        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Options for Found" })).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect(tab.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Rename" })).ToBeFocusedAsync();
        await keys.PressAsync("End");
        await keys.PressAsync("Enter");
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" })).ToBeFocusedAsync();
        await Expect(tab.Conversations).ToHaveCountAsync(0);
        await keys.PressAsync("Enter");
        await Expect(tab.Conversations).ToHaveTextAsync("Found");
    }

    [Fact]
    public async Task A_question_mark_shows_the_shortcuts_and_the_new_chat_key_starts_one()
    {
        var message = $"Hello {Guid.NewGuid():N}";
        fixture.Server.Answer(message, ScriptedReply.Answer("Hi."));
        var tab = await OpenAsync();
        await tab.AskAsync(message);
        await Expect(tab.Page).ToHaveURLAsync(tab.ConversationAddress);

        await tab.Page.Locator("main").FocusAsync();
        await tab.Page.Keyboard.PressAsync("?");
        var sheet = tab.Page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard shortcuts" });
        await Expect(sheet).ToBeVisibleAsync();
        await tab.Page.Keyboard.PressAsync("Escape");
        await Expect(sheet).ToBeHiddenAsync();
        await tab.Page.Keyboard.PressAsync("Control+Shift+O");

        await Expect(tab.Page).ToHaveURLAsync(new Regex("/$"));
        await tab.WaitUntilReadyAsync();
        await Expect(tab.Messages).ToHaveCountAsync(0);
    }

    private static async Task TabToAsync(ChatTab tab, ILocator target, string key)
    {
        for (var step = 0; step < 40 && !await target.EvaluateAsync<bool>("element => element === document.activeElement"); step++)
        {
            await tab.Page.Keyboard.PressAsync(key);
        }

        await Expect(target).ToBeFocusedAsync();
    }

    private async Task<ChatTab> OpenAsync(Person? person = null) =>
        await (await VisitAsync(fixture.App, person ?? await fixture.AddPersonAsync())).OpenChatAsync();
}
