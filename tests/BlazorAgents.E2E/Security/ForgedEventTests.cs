using BlazorAgents.Data;
using BlazorAgents.E2E.Fixtures;
using BlazorAgents.Emulator.Scripted;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BlazorAgents.E2E.Security;

[Collection(ScriptedTests.Name)]
public sealed class ForgedEventTests(ScriptedApp fixture) : BrowserTest
{
    [Fact]
    [Trait("Id", "BLZ-04")]
    public async Task An_agent_that_is_not_offered_cannot_be_chosen()
    {
        var message = $"Who are you {Guid.NewGuid():N}";
        fixture.Server.Answer(message, ScriptedReply.Answer("An agent."));
        var tab = await OpenAsync(await fixture.AddPersonAsync());

        await tab.Page.EvaluateAsync("""
            const radios = document.querySelectorAll('[data-testid="agent-picker"] input');
            for (const radio of radios) { radio.value = 'administrator'; }
            radios[1].click();
            """);
        await tab.AskAsync(message);

        await using var data = new AppData(fixture.App);
        Assert.Equal("shop", Assert.Single(await data.RunsAsync(tab.ConversationId)).AgentId);
    }

    [Fact]
    [Trait("Id", "BLZ-04")]
    public async Task A_name_longer_than_its_field_allows_is_refused_by_the_server()
    {
        var person = await fixture.AddPersonAsync();
        await using var data = new AppData(fixture.App);
        await data.AddConversationAsync(person, "Short", [("Hello", [new ItemPayload.Text("Hi.")])]);
        var tab = await OpenAsync(person);
        await tab.Conversations.HoverAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Options for Short" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Rename" }).ClickAsync();
        var dialog = tab.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Name").EvaluateAsync("box => { box.removeAttribute('maxlength'); box.removeAttribute('required'); }");

        await dialog.GetByLabel("Name").FillAsync(new string('x', 5_000));
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Rename" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await dialog.GetByLabel("Name").FillAsync("   ");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Rename" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();

        await tab.Page.ReloadAsync();
        await Expect(tab.Conversations).ToHaveTextAsync("Short");
    }

    [Fact]
    [Trait("Id", "BLZ-04")]
    public async Task A_message_for_a_conversation_that_was_deleted_elsewhere_is_refused_and_the_circuit_lives()
    {
        var (message, second) = ($"Here {Guid.NewGuid():N}", $"Still here {Guid.NewGuid():N}");
        fixture.Server.Answer(message, ScriptedReply.Answer("Yes."));
        fixture.Server.Answer(second, ScriptedReply.Answer("A new chat works."));
        var visit = await VisitAsync(fixture.App, await fixture.AddPersonAsync());
        var tab = await visit.OpenChatAsync();
        await tab.AskAsync(message);
        var other = await visit.OpenChatAsync();
        await other.Conversations.HoverAsync();
        await other.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Options for") }).ClickAsync();
        await other.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Delete" }).ClickAsync();
        await Expect(other.Conversations).ToHaveCountAsync(0);

        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "No such conversation" })).ToBeVisibleAsync();
        await tab.Page.GetByTestId("new-conversation").ClickAsync();
        await tab.WaitUntilReadyAsync();
        Assert.Equal("A new chat works.", await tab.AskAsync(second));
    }

    private async Task<ChatTab> OpenAsync(Person person) => await (await VisitAsync(fixture.App, person)).OpenChatAsync();
}
