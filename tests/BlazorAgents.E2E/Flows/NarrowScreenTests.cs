using BlazorAgents.Data;
using BlazorAgents.E2E.Fixtures;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BlazorAgents.E2E.Flows;

[Collection(OfflineTests.Name)]
public sealed class NarrowScreenTests(OfflineApp fixture) : BrowserTest
{
    [Fact]
    public async Task On_a_phone_the_sidebar_is_a_drawer_that_keeps_the_focus_inside()
    {
        var visit = await VisitAsync(fixture.App, await fixture.AddPersonAsync(), new() { ViewportSize = new() { Width = 390, Height = 844 } });
        var tab = await visit.OpenChatAsync();
        var open = tab.Page.GetByRole(AriaRole.Button, new() { Name = "Open menu" });
        var newChat = tab.Page.GetByTestId("new-conversation");
        await Expect(newChat).Not.ToBeInViewportAsync();

        await open.ClickAsync();
        await Expect(newChat).ToBeInViewportAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Close menu" })).ToBeFocusedAsync();
        await tab.Page.Keyboard.PressAsync("Escape");

        await Expect(newChat).Not.ToBeInViewportAsync();
        await Expect(open).ToBeFocusedAsync();
    }

    [Theory]
    [InlineData(390)]
    [InlineData(320)]
    public async Task No_page_scrolls_sideways_on_a_narrow_screen(int width)
    {
        var visit = await VisitAsync(fixture.App, await fixture.AddPersonAsync(), new() { ViewportSize = new() { Width = width, Height = 844 } });
        var tab = await visit.OpenChatAsync();
        await tab.AskAsync("Show me what Markdown you can write");

        Assert.Equal(width, await tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await Expect(tab.Composer).ToBeInViewportAsync();
    }

    [Theory]
    [InlineData(390)]
    [InlineData(320)]
    public async Task The_list_of_people_scrolls_inside_itself_on_a_narrow_screen(int width)
    {
        var visit = await VisitAsync(
            fixture.App, await fixture.AddPersonAsync(Roles.Admin), new() { ViewportSize = new() { Width = width, Height = 844 } });
        var tab = await visit.OpenAsync("/people");

        Assert.Equal(width, await tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }
}
