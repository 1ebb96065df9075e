using BlazorAgents.Data;
using BlazorAgents.E2E.Fixtures;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BlazorAgents.E2E.Flows;

[Collection(OfflineTests.Name)]
public sealed class ConversationListTests(OfflineApp fixture) : BrowserTest
{
    private static readonly (string, IReadOnlyList<ItemPayload>)[] s_greeting = [("Hello", [new ItemPayload.Text("Hi.")])];

    [Fact]
    public async Task Chats_are_grouped_by_day_and_searched_by_their_words()
    {
        // Before the page opens: what is stored past the application shows in a list only when it is read again.
        var person = await fixture.AddPersonAsync();
        await using (var data = new AppData(fixture.App))
        {
            await data.AddConversationAsync(person, "Last week's plan", s_greeting, DateTimeOffset.UtcNow.AddDays(-5));
        }

        var tab = await OpenAsync(person, "Walnut cake", "Chess openings");
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Today" })).ToBeVisibleAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Previous 7 days" })).ToBeVisibleAsync();
        await Expect(tab.Conversations).ToHaveCountAsync(3);

        await tab.Page.GetByTestId("search-box").FillAsync("walnut");

        await Expect(tab.Conversations).ToHaveCountAsync(1);
        await Expect(tab.Conversations).ToHaveTextAsync("Walnut cake");
        await tab.Page.GetByTestId("search-box").PressAsync("Enter");
        await Expect(tab.Page).ToHaveURLAsync(tab.ConversationAddress);
        await Expect(tab.Messages).ToHaveTextAsync("Hello");
    }

    [Fact]
    public async Task A_chat_can_be_renamed()
    {
        var (_, tab) = await OpenAsync("Old name");

        await ChooseAsync(tab, "Old name", "Rename");
        var dialog = tab.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Name").FillAsync("New name");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Rename" }).ClickAsync();

        await Expect(dialog).ToBeHiddenAsync();
        await Expect(tab.Conversations).ToHaveTextAsync("New name");
    }

    [Fact]
    public async Task A_pinned_chat_stands_first()
    {
        var (_, tab) = await OpenAsync("Older", "Newer");
        await Expect(tab.Conversations).ToHaveTextAsync(["Newer", "Older"]);

        await ChooseAsync(tab, "Older", "Pin");

        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Pinned" })).ToBeVisibleAsync();
        await Expect(tab.Conversations).ToHaveTextAsync(["Older", "Newer"]);
    }

    [Fact]
    public async Task A_deleted_chat_comes_back_with_undo()
    {
        var (_, tab) = await OpenAsync("Precious");

        await ChooseAsync(tab, "Precious", "Delete");
        await Expect(tab.Conversations).ToHaveCountAsync(0);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();

        await Expect(tab.Conversations).ToHaveTextAsync("Precious");
        await tab.Page.ReloadAsync();
        await Expect(tab.Conversations).ToHaveTextAsync("Precious");
    }

    [Fact]
    public async Task Another_agent_is_chosen_and_answers_its_starter()
    {
        var (_, tab) = await OpenAsync();
        await tab.Page.GetByRole(AriaRole.Radio, new() { Name = "PageTurner Books" }).CheckAsync();

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "What's your return policy?" }).ClickAsync();
        await tab.WaitForAnswerAsync();

        await Expect(tab.Messages).ToHaveTextAsync("What's your return policy?");
        await Expect(tab.Answers.Last).ToContainTextAsync("return");
        await Expect(tab.Conversations).ToHaveCountAsync(1);
    }

    private static async Task ChooseAsync(ChatTab tab, string title, string choice)
    {
        await tab.Conversations.GetByText(title).HoverAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = $"Options for {title}" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Menuitem, new() { Name = choice, Exact = true }).ClickAsync();
    }

    private async Task<(Person Person, ChatTab Tab)> OpenAsync(params string[] titles)
    {
        var person = await fixture.AddPersonAsync();
        return (person, await OpenAsync(person, titles));
    }

    private async Task<ChatTab> OpenAsync(Person person, params string[] titles)
    {
        await using var data = new AppData(fixture.App);
        foreach (var (title, index) in titles.Select((title, index) => (title, index)))
        {
            // Ahead of the clock: shortly after midnight a moment ago was yesterday, and what is to come counts as today.
            await data.AddConversationAsync(person, title, s_greeting, DateTimeOffset.UtcNow.AddMinutes(5).AddSeconds(index));
        }

        return await (await VisitAsync(fixture.App, person)).OpenChatAsync();
    }
}
