using System.Text.RegularExpressions;
using BlazorAgents.E2E.Accessibility;
using BlazorAgents.E2E.Fixtures;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BlazorAgents.E2E.Flows;

/// <summary>The guide's approval workflow with two people in two browsers.</summary>
[Collection(OfflineTests.Name)]
public sealed class ApprovalTests(OfflineApp fixture) : BrowserTest
{
    [Fact]
    public async Task The_guides_conversation_goes_on_when_an_approver_allows_the_order()
    {
        var approver = await OpenConsoleAsync();
        var requester = await OpenShopAsync();
        Assert.Contains("Laptop", await requester.AskAsync("I'm looking for a laptop"), StringComparison.Ordinal);
        Assert.Contains("5", await requester.AskAsync("Is it in stock?"), StringComparison.Ordinal);
        await requester.SendAsync("I'd like to order one. My customer ID is CUST001");
        var card = requester.Page.GetByTestId("approval-card");
        await Expect(card).ToContainTextAsync("Order 1 x Laptop, 999.99 $, for CUST001");
        await Expect(card).ToContainTextAsync("Only an approver may decide this.");
        await Expect(card.GetByTestId("approve")).ToHaveCountAsync(0);
        await AxeTests.AssertAccessibleAsync(requester);

        // The console was open all the time.
        var row = RowOf(approver, "for CUST001");
        await Expect(row).ToBeVisibleAsync();
        await Expect(approver.Page.GetByTestId("approval-count")).ToBeVisibleAsync();
        await row.GetByRole(AriaRole.Link).ClickAsync();
        var panel = approver.Page.GetByTestId("approval-card");
        await Expect(panel).ToContainTextAsync("Stock of Laptop: 5 → 4");
        await Expect(panel).ToContainTextAsync("I'd like to order one. My customer ID is CUST001");
        await AxeTests.AssertAccessibleAsync(approver);
        await approver.Page.Keyboard.PressAsync("a");
        await Expect(panel).ToHaveAttributeAsync("data-state", new Regex("Approved|Consumed|Executed"));

        await requester.WaitForAnswerAsync();
        await Expect(requester.Answers.Last).ToContainTextAsync(new Regex("ORD[0-9]{4}"));
        await Expect(requester.Page.GetByTestId("approval-card")).ToHaveCountAsync(0);
        await Expect(panel).ToHaveAttributeAsync("data-state", "Executed");
        await Expect(row).ToHaveCountAsync(0);
        Assert.Matches("ORD[0-9]{4}", await requester.AskAsync("What's my order status?"));
    }

    [Fact]
    public async Task An_approver_changes_a_call_and_rejects_another_with_the_keyboard_alone()
    {
        var approver = await OpenConsoleAsync();
        var requester = await OpenShopAsync();
        await requester.SendAsync("Please order 3 of product p002 for customer CUST002");
        await Expect(RowOf(approver, "Order 3 x Mouse")).ToBeVisibleAsync();
        await approver.Page.GetByRole(AriaRole.Heading, new() { Name = "Approvals", Exact = true }).FocusAsync();
        await SelectByKeyAsync(approver, "Order 3 x Mouse");

        // Letters press nothing behind a dialog, whatever has the focus in it.
        await approver.Page.Keyboard.PressAsync("?");
        await approver.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Heading).ClickAsync();
        await approver.Page.Keyboard.PressAsync("a");
        await approver.Page.EvaluateAsync("document.activeElement.blur()");
        await approver.Page.Keyboard.PressAsync("a");
        await approver.Page.Keyboard.PressAsync("Escape");
        await Expect(approver.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(approver.Page.GetByTestId("approval-card")).ToHaveAttributeAsync("data-state", "Pending");

        await approver.Page.Keyboard.PressAsync("e");
        var quantity = approver.Page.GetByTestId("approval-card").GetByLabel("quantity");
        await quantity.FocusAsync();
        await approver.Page.Keyboard.PressAsync("Control+a");
        await approver.Page.Keyboard.TypeAsync("2");
        await approver.Page.Keyboard.PressAsync("Enter");
        await Expect(approver.Page.GetByTestId("checked-sentence")).ToContainTextAsync("Order 2 x Mouse");
        await approver.Page.Keyboard.PressAsync("Enter");

        await requester.WaitForAnswerAsync();
        await Expect(requester.ToolCalls.Last).ToContainTextAsync("Create order");
        await Expect(approver.Page.Locator(".argument-table ins")).ToHaveTextAsync("2");

        await requester.SendAsync("Please order 4 of product p002 for customer CUST002");
        await Expect(RowOf(approver, "Order 4 x Mouse")).ToBeVisibleAsync();
        await SelectByKeyAsync(approver, "Order 4 x Mouse");
        await approver.Page.Keyboard.PressAsync("r");
        await Expect(approver.Page.GetByTestId("reject-reason")).ToBeFocusedAsync();
        await approver.Page.Keyboard.TypeAsync("Four are too many, a jar is full.");
        await approver.Page.Keyboard.PressAsync("Tab");
        await approver.Page.Keyboard.PressAsync("Enter");

        await requester.WaitForAnswerAsync();
        await requester.Page.Locator(".tool-group > .tool-line").Last.ClickAsync();
        await requester.ToolCalls.Last.Locator(".tool-line").ClickAsync();
        await Expect(requester.ToolCalls.Last).ToContainTextAsync("Four are too many, a jar is full.");
    }

    [Fact]
    public async Task A_link_to_a_request_works_after_signing_in_without_scripts()
    {
        var requester = await OpenShopAsync();
        await requester.SendAsync("Please order 2 of product p002 for customer CUST003");
        await Expect(requester.Page.GetByTestId("approval-card")).ToBeVisibleAsync();
        await requester.Page.GetByTestId("approval-card").GetByRole(AriaRole.Button, new() { Name = "Details" }).ClickAsync();
        await requester.Page.GetByRole(AriaRole.Link, new() { Name = "Page of its own" }).ClickAsync();
        var own = requester.Page.GetByTestId("request-page");
        await Expect(own).ToContainTextAsync("Only an approver may decide this.");
        await Expect(own.GetByTestId("approve")).ToHaveCountAsync(0);
        await AxeTests.AssertAccessibleAsync(requester);
        var address = new Uri(requester.Page.Url).PathAndQuery;
        await requester.Page.GoBackAsync();
        await requester.WaitUntilReadyAsync();

        var person = await fixture.AddPersonAsync("Approver");
        var plain = await (await VisitAsync(fixture.App, null, new() { JavaScriptEnabled = false })).OpenAsync(address);
        await plain.Page.GetByLabel("Email").FillAsync(person.Email);
        await plain.Page.GetByLabel("Password").FillAsync(person.Password);
        await plain.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        var page = plain.Page.GetByTestId("request-page");
        await Expect(page).ToContainTextAsync("Order 2 x Mouse, 59.98 $, for CUST003");
        await page.GetByTestId("reject").ClickAsync();
        await Expect(page.Locator(".field-error")).ToContainTextAsync("reason", new() { IgnoreCase = true });
        await page.GetByTestId("approve").ClickAsync();
        await Expect(page).ToHaveAttributeAsync("data-state", new Regex("Approved|Consumed|Executed"));

        await requester.WaitForAnswerAsync();
        await Expect(requester.Answers.Last).ToContainTextAsync(new Regex("ORD[0-9]{4}"));
    }

    [Fact]
    public async Task The_console_has_no_barriers_empty_and_narrow()
    {
        var requester = await OpenShopAsync();
        await requester.SendAsync("Please order 1 of product p002 for customer CUST004");
        await Expect(requester.Page.GetByTestId("approval-card")).ToBeVisibleAsync();
        var visit = await VisitAsync(fixture.App, await fixture.AddPersonAsync("Approver"), new() { ViewportSize = new() { Width = 390, Height = 844 } });
        var empty = await visit.OpenAsync("/approvals?words=nothing%20has%20these%20words");
        await Expect(empty.Page.GetByTestId("approvals-count")).ToHaveTextAsync("No request fits the filters.");
        await AxeTests.AssertAccessibleAsync(empty);

        var narrow = await visit.OpenAsync("/approvals");
        await RowOf(narrow, "for CUST004").GetByRole(AriaRole.Link).ClickAsync();
        await Expect(narrow.Page.GetByTestId("approve")).ToBeVisibleAsync();
        await Expect(narrow.Page.GetByTestId("approvals-count")).ToBeHiddenAsync();
        await AxeTests.AssertAccessibleAsync(narrow);
        var own = await visit.OpenAsync($"/approvals/{new Uri(narrow.Page.Url).Query.Split("id=")[^1]}");
        await own.Page.GetByText("Answer instead…").ClickAsync();
        await Expect(own.Page.GetByLabel("Answer", new() { Exact = true })).ToBeVisibleAsync();
        await AxeTests.AssertAccessibleAsync(own);
        await narrow.Page.GetByRole(AriaRole.Link, new() { Name = "List", Exact = true }).ClickAsync();
        await Expect(RowOf(narrow, "for CUST004")).ToBeVisibleAsync();

        await requester.Stop.ClickAsync();
        await Expect(RowOf(narrow, "for CUST004")).ToHaveCountAsync(0);
    }

    private static ILocator RowOf(ChatTab tab, string words) => tab.Page.GetByTestId("approval-row").Filter(new() { HasText = words });

    // Down the list, until it is the one that is open.
    private static async Task SelectByKeyAsync(ChatTab tab, string sentence)
    {
        var current = tab.Page.Locator(".request-link[aria-current]");
        var open = tab.Page.Locator(".approval-sentence");
        for (var step = 0; step < 50 && !(await current.CountAsync() == 1 && (await open.AllInnerTextsAsync()).Any(text => text.Contains(sentence, StringComparison.Ordinal))); step++)
        {
            var next = await tab.Page.Locator("[data-key=j]").GetAttributeAsync("href");
            await tab.Page.Keyboard.PressAsync("j");
            await tab.Page.WaitForURLAsync(url => url.EndsWith(next!, StringComparison.Ordinal));
            await Expect(current).ToHaveAttributeAsync("href", next!);
            await Expect(current).ToBeFocusedAsync();
            await Expect(open).ToHaveTextAsync(await current.Locator(".request-sentence").InnerTextAsync());
        }

        await Expect(open).ToContainTextAsync(sentence);
    }

    private async Task<ChatTab> OpenConsoleAsync()
    {
        var tab = await (await VisitAsync(fixture.App, await fixture.AddPersonAsync("Approver"))).OpenAsync("/approvals");
        await Expect(tab.Page.GetByTestId("approvals-count")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("html")).ToHaveAttributeAsync("data-shell", "ready");
        return tab;
    }

    private async Task<ChatTab> OpenShopAsync()
    {
        var tab = await (await VisitAsync(fixture.App, await fixture.AddPersonAsync())).OpenChatAsync();
        await tab.Page.GetByRole(AriaRole.Radio, new() { Name = "Shop Assistant" }).CheckAsync();
        return tab;
    }
}
