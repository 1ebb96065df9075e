using System.Text.RegularExpressions;
using BlazorAgents.E2E.Accessibility;
using BlazorAgents.E2E.Fixtures;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BlazorAgents.E2E.Flows;

/// <summary>Calls that the provider makes at an MCP server, on a fresh machine: the demo model and its dice.</summary>
[Collection(OfflineTests.Name)]
public sealed class HostedMcpTests(OfflineApp fixture) : BrowserTest
{
    [Theory]
    [InlineData("Responses", "Database")]
    [InlineData("Responses", "Provider")]
    [InlineData("Assistants", "Provider")]
    public async Task The_provider_rolls_its_dice_once_an_approver_allows_it(string client, string memory)
    {
        var approver = await OpenConsoleAsync();
        var requester = await OpenAsync(client, memory, isFirst: client is "Responses" && memory is "Database");
        var sides = client is "Assistants" ? 30 : memory is "Provider" ? 20 : 10;
        await requester.SendAsync($"Roll dice with {sides} sides");
        var card = requester.Page.GetByTestId("approval-card");
        await Expect(card).ToContainTextAsync($"Call roll_dice at the MCP server dice with {{\"sides\":{sides}}}");
        await Expect(card).ToContainTextAsync("Only an approver may decide this.");
        await AxeTests.AssertAccessibleAsync(requester);

        var row = approver.Page.GetByTestId("approval-row").Filter(new() { HasText = $"\"sides\":{sides}}}" });
        await row.GetByRole(AriaRole.Link).ClickAsync();
        var panel = approver.Page.GetByTestId("approval-card");
        await Expect(panel).ToContainTextAsync("Goes outside");
        await Expect(panel.GetByTestId("edit-arguments")).ToHaveCountAsync(0);
        await AxeTests.AssertAccessibleAsync(approver);
        await panel.GetByTestId("approve").ClickAsync();

        await requester.WaitForAnswerAsync();
        await Expect(requester.Answers.Last).ToContainTextAsync(new Regex("You rolled [0-9]+"));
        await Expect(requester.ToolCalls.Last).ToContainTextAsync("Roll dice · dice");
        await Expect(panel).ToHaveAttributeAsync("data-state", "Executed");
    }

    [Fact]
    public async Task A_rejected_roll_is_told_to_the_model_and_the_conversation_goes_on()
    {
        var approver = await OpenConsoleAsync();
        var requester = await OpenAsync("Responses", "Database");
        await requester.SendAsync("Roll dice with 40 sides");
        var row = approver.Page.GetByTestId("approval-row").Filter(new() { HasText = "\"sides\":40}" });
        await row.GetByRole(AriaRole.Link).ClickAsync();
        await approver.Page.GetByTestId("approval-card").GetByTestId("reject").ClickAsync();
        await Expect(approver.Page.GetByTestId("reject-reason")).ToBeFocusedAsync();
        await approver.Page.GetByTestId("reject-reason").FillAsync("No dice today.");
        await approver.Page.Keyboard.PressAsync("Tab");
        await approver.Page.Keyboard.PressAsync("Enter");

        await requester.WaitForAnswerAsync();
        await Expect(requester.Answers.Last).ToContainTextAsync("No dice today.");
        Assert.NotEmpty(await requester.AskAsync("Hello, my name is Zora."));
    }

    private async Task<ChatTab> OpenConsoleAsync()
    {
        var tab = await (await VisitAsync(fixture.App, await fixture.AddPersonAsync("Approver"))).OpenAsync("/approvals");
        await Expect(tab.Page.GetByTestId("approvals-count")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("html")).ToHaveAttributeAsync("data-shell", "ready");
        return tab;
    }

    private async Task<ChatTab> OpenAsync(string client, string memory, bool isFirst = false)
    {
        var tab = await (await VisitAsync(fixture.App, await fixture.AddPersonAsync())).OpenChatAsync();
        await tab.Page.GetByTestId("connection").ClickAsync();
        var form = tab.Page.GetByTestId("connection-form");
        await form.Locator($"input[type=radio][value={client}]").CheckAsync();
        await form.Locator($"input[type=radio][value={memory}]").CheckAsync();
        await form.GetByRole(AriaRole.Checkbox, new() { Name = "MCP server dice" }).CheckAsync();
        if (isFirst)
        {
            await AxeTests.AssertAccessibleAsync(tab);
        }

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(form).ToBeHiddenAsync();
        return tab;
    }
}
