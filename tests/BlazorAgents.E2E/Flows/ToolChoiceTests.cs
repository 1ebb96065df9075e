using BlazorAgents.E2E.Accessibility;
using BlazorAgents.E2E.Fixtures;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BlazorAgents.E2E.Flows;

/// <summary>The guide's run-level tools, chosen in the composer, and its tools by role.</summary>
[Collection(OfflineTests.Name)]
public sealed class ToolChoiceTests(OfflineApp fixture) : BrowserTest
{
    private static readonly string[] s_everyones = ["search_products", "check_stock", "validate_customer", "calculate_shipping", "create_order", "get_order_status"];

    [Fact]
    public async Task The_shop_tells_the_time_while_the_clock_is_added_and_checks_no_stock_while_that_is_left_out()
    {
        var tab = await OpenShopAsync();
        await tab.Composer.FillAsync("What time is it in Tokyo?");
        await Button(tab).ClickAsync();
        await Switch(tab, "get_time").CheckAsync();
        await Expect(Button(tab)).ToHaveAccessibleNameAsync("Agent tools, 1 changed");
        await AxeTests.AssertAccessibleAsync(tab);
        await tab.Page.Keyboard.PressAsync("Escape");
        await Expect(tab.Composer).ToHaveValueAsync("What time is it in Tokyo?");
        await tab.Send.ClickAsync();
        await tab.WaitForAnswerAsync();
        await Expect(tab.ToolCalls).ToContainTextAsync("Get time");

        // The choice stays, and comes back with the conversation.
        await tab.Page.ReloadAsync();
        await tab.WaitUntilReadyAsync();
        await Expect(Button(tab)).ToHaveAccessibleNameAsync("Agent tools, 1 changed");
        await Button(tab).ClickAsync();
        await Switch(tab, "get_time").UncheckAsync();
        await Expect(Button(tab)).ToHaveAccessibleNameAsync("Agent tools");
        await Switch(tab, "check_stock").UncheckAsync();
        await Expect(Button(tab)).ToHaveAccessibleNameAsync("Agent tools, 1 changed");
        await tab.Page.Keyboard.PressAsync("Escape");
        await tab.AskAsync("What time is it in Tokyo?");
        await tab.AskAsync("Check the stock of product p002");
        await Expect(tab.ToolCalls.Filter(new() { HasText = "Get time" })).ToHaveCountAsync(1);
        await Expect(tab.ToolCalls.Filter(new() { HasText = "Check stock" })).ToHaveCountAsync(0);

        await Button(tab).ClickAsync();
        await Switch(tab, "check_stock").CheckAsync();
        await Expect(Button(tab)).ToHaveAccessibleNameAsync("Agent tools");
        await tab.Page.Keyboard.PressAsync("Escape");
        await tab.AskAsync("Check the stock of product p002");
        await Expect(tab.ToolCalls.Last).ToContainTextAsync("Check stock");
    }

    [Fact]
    public async Task Choosing_needs_no_mouse_and_gives_the_focus_back()
    {
        var tab = await OpenShopAsync();
        var keys = tab.Page.Keyboard;
        await tab.Composer.FillAsync("half a sentence");
        await keys.PressAsync("Tab");
        await Expect(Button(tab)).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        var panel = tab.Page.GetByTestId("tool-panel");
        await Expect(panel).ToBeFocusedAsync();
        await Expect(Switch(tab, "search_products")).ToBeVisibleAsync();
        await keys.PressAsync("Tab");
        await Expect(Switch(tab, "search_products")).ToBeFocusedAsync();
        await keys.PressAsync("Space");
        await Expect(Button(tab)).ToHaveAccessibleNameAsync("Agent tools, 1 changed");
        await Expect(Switch(tab, "search_products")).ToBeFocusedAsync();
        await keys.PressAsync("Enter"); // sends nothing
        await keys.PressAsync("Escape");
        await Expect(panel).ToBeHiddenAsync();
        await Expect(Button(tab)).ToBeFocusedAsync();
        await Expect(Button(tab)).ToHaveAttributeAsync("aria-expanded", "false");
        await Expect(tab.Messages).ToHaveCountAsync(0);
        await Expect(tab.Composer).ToHaveValueAsync("half a sentence");

        await keys.PressAsync("Enter");
        await Expect(panel).ToBeFocusedAsync();
        await keys.PressAsync("Shift+Tab");
        await keys.PressAsync("Shift+Tab");
        await Expect(tab.Composer).ToBeFocusedAsync();
        await Expect(panel).ToBeHiddenAsync();
    }

    [Theory]
    [InlineData("User", new string[0])]
    [InlineData("Approver", new[] { "cancel_order" })]
    [InlineData("Admin", new[] { "cancel_order", "update_inventory" })]
    public async Task People_see_the_shops_tools_of_their_role_on_a_phone_too(string role, string[] more)
    {
        var visit = await VisitAsync(fixture.App, await fixture.AddPersonAsync(role), new() { ViewportSize = new() { Width = 390, Height = 844 } });
        var tab = await OpenShopAsync(visit);
        await Button(tab).ClickAsync();
        await Expect(Switch(tab, "get_weather")).ToBeAttachedAsync();
        var shown = await tab.Page.GetByRole(AriaRole.Switch).EvaluateAllAsync<string[]>("all => all.map(one => one.dataset.tool)");

        Assert.Equal([.. s_everyones, .. more, "get_time", "get_weather"], shown);
        Assert.Equal(390, await tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await AxeTests.AssertAccessibleAsync(tab);
    }

    private static ILocator Button(ChatTab tab) => tab.Page.GetByTestId("agent-tools");

    private static ILocator Switch(ChatTab tab, string tool) => tab.Page.Locator($"[role=switch][data-tool={tool}]");

    private async Task<ChatTab> OpenShopAsync(Visit? visit = null)
    {
        var tab = await (visit ?? await VisitAsync(fixture.App, await fixture.AddPersonAsync())).OpenChatAsync();
        await tab.Page.GetByRole(AriaRole.Radio, new() { Name = "Shop Assistant" }).CheckAsync();
        return tab;
    }
}
