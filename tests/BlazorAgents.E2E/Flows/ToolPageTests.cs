using System.Text.RegularExpressions;
using BlazorAgents.E2E.Accessibility;
using BlazorAgents.E2E.Fixtures;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BlazorAgents.E2E.Flows;

/// <summary>An administrator looks at the tools and switches one off while somebody waits for it.</summary>
[Collection(OfflineTests.Name)]
public sealed class ToolPageTests(OfflineApp fixture) : BrowserTest
{
    [Fact]
    public async Task A_tool_that_is_switched_off_takes_its_open_request_with_it_and_comes_back()
    {
        var admin = await OpenAsync("Admin", "/tools");
        await AxeTests.AssertAccessibleAsync(admin);
        await admin.Page.GetByLabel("Words").FillAsync("stock level");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Filter" }).ClickAsync();
        await Expect(admin.Page).ToHaveURLAsync(new Regex("/tools\\?words=stock%20level"));
        await Expect(admin.Page.GetByTestId("tool-row")).ToHaveCountAsync(0);
        await AxeTests.AssertAccessibleAsync(admin);
        await admin.Page.GetByRole(AriaRole.Link, new() { Name = "Clear" }).ClickAsync();
        await admin.Page.GetByRole(AriaRole.Link, new() { Name = "Calls", Exact = true }).ClickAsync();
        await Expect(admin.Page.Locator("th[aria-sort=descending]")).ToContainTextAsync("Calls");

        var requester = await OpenAsync("User", "/");
        await Expect(requester.Page.GetByRole(AriaRole.Link, new() { Name = "Tools" })).ToHaveCountAsync(0);
        await requester.Page.GetByRole(AriaRole.Radio, new() { Name = "Shop Assistant" }).CheckAsync();
        await requester.SendAsync("Please order 5 of product p002 for customer CUST005");
        await Expect(requester.Page.GetByTestId("approval-card")).ToContainTextAsync("for CUST005");

        await admin.Page.GetByRole(AriaRole.Link, new() { Name = "Create order" }).ClickAsync();
        await Expect(admin.Page.GetByTestId("tool-parameters")).ToContainTextAsync("at least 1, at most 100");
        var current = admin.Page.Locator(".sidebar-foot [aria-current=page]");
        await Expect(current).ToHaveTextAsync("Tools");
        var shop = admin.Page.GetByTestId("tool-agent").Filter(new() { HasText = "Shop Assistant" });
        await Expect(shop).ToContainTextAsync("1 open request");
        await admin.Page.GetByTestId("raw-schema").ClickAsync();
        await AxeTests.AssertAccessibleAsync(admin);
        try
        {
            // By keyboard alone.
            await shop.GetByTestId("switch-tool").FocusAsync();
            await admin.Page.Keyboard.PressAsync("Enter");
            var dialog = admin.Page.GetByRole(AriaRole.Dialog);
            await Expect(dialog).ToContainTextAsync("1 open request is withdrawn");
            await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Keep it on" })).ToBeFocusedAsync();
            await AxeTests.AssertAccessibleAsync(admin);
            await admin.Page.Keyboard.PressAsync("Tab");
            await admin.Page.Keyboard.PressAsync("Enter");
            await Expect(admin.Page.GetByTestId("tool-outcome")).ToHaveTextAsync("Switched off for Shop Assistant; 1 request withdrawn.");

            await requester.WaitForAnswerAsync();
            await Expect(requester.Page.GetByTestId("approval-card")).ToHaveCountAsync(0);
            await requester.Page.Locator(".tool-group > .tool-line").Last.ClickAsync();
            await requester.ToolCalls.Last.Locator(".tool-line").ClickAsync();
            await Expect(requester.ToolCalls.Last).ToContainTextAsync("The tool create_order of Shop Assistant was switched off.");
        }
        finally
        {
            await shop.GetByRole(AriaRole.Button, new() { Name = "Switch on" }).ClickAsync();
            await Expect(shop.Locator(".tool-on")).ToBeVisibleAsync();
        }

        await admin.Page.GetByRole(AriaRole.Link, new() { Name = "Audit", Exact = true }).Last.ClickAsync();
        await Expect(admin.Page.GetByTestId("audit-row").First).ToContainTextAsync("Switched create_order of Shop Assistant on");
        await Expect(current).ToHaveTextAsync("Audit");
    }

    [Fact]
    public async Task An_approver_reads_the_page_of_a_tool_on_a_narrow_screen()
    {
        var visit = await VisitAsync(fixture.App, await fixture.AddPersonAsync("Approver"), new() { ViewportSize = new() { Width = 320, Height = 700 } });
        var tab = await visit.OpenAsync("/tools/cancel_order?period=90d");
        await Expect(tab.Page.GetByTestId("tool-agent")).ToContainTextAsync("Asks a person: By its risk: yes");
        await Expect(tab.Page.GetByTestId("switch-tool")).ToHaveCountAsync(0);
        Assert.Equal(320, await tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await AxeTests.AssertAccessibleAsync(tab);
        await tab.Page.GotoAsync(new Uri(new Uri(tab.Page.Url), "/tools/no_such_tool").ToString());
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "No such tool" })).ToBeVisibleAsync();
    }

    private async Task<ChatTab> OpenAsync(string role, string path)
    {
        var tab = await (await VisitAsync(fixture.App, await fixture.AddPersonAsync(role))).OpenAsync(path);
        await Expect(tab.Page.Locator("html")).ToHaveAttributeAsync("data-shell", "ready");
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        return tab;
    }
}
