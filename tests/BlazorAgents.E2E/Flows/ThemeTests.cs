using System.Text.RegularExpressions;
using BlazorAgents.E2E.Fixtures;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BlazorAgents.E2E.Flows;

[Collection(OfflineTests.Name)]
public sealed class ThemeTests(OfflineApp fixture) : BrowserTest
{
    [Fact]
    public async Task The_chosen_theme_lasts_and_the_systems_is_followed_otherwise()
    {
        var visit = await VisitAsync(fixture.App, await fixture.AddPersonAsync(), new() { ColorScheme = ColorScheme.Light });
        var tab = await visit.OpenChatAsync();
        var light = await BackgroundAsync(tab);

        await ChooseAsync(tab, "Dark theme");
        await Expect(tab.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        var dark = await BackgroundAsync(tab);
        Assert.NotEqual(light, dark);
        await tab.Page.ReloadAsync();
        await tab.WaitUntilReadyAsync();
        Assert.Equal(dark, await BackgroundAsync(tab));

        await ChooseAsync(tab, "Theme of the system");
        await Expect(tab.Page.Locator("html")).Not.ToHaveAttributeAsync("data-theme", "dark");
        Assert.Equal(light, await BackgroundAsync(tab));
        await tab.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        Assert.Equal(dark, await BackgroundAsync(tab));
    }

    private static Task<string> BackgroundAsync(ChatTab tab) => tab.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");

    private static async Task ChooseAsync(ChatTab tab, string name)
    {
        var choice = tab.Page.GetByRole(AriaRole.Menuitemradio, new() { Name = name });
        await tab.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Account of") }).ClickAsync();
        await choice.ClickAsync();
        await Expect(choice).ToBeCheckedAsync();
        await tab.Page.Keyboard.PressAsync("Escape");
    }
}
