using BlazorAgents.E2E.Fixtures;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BlazorAgents.E2E.Security;

public sealed class CircuitLimitTests : BrowserTest
{
    [Fact]
    [Trait("Id", "BLZ-01")]
    public async Task A_tab_too_many_is_refused_politely_and_works_once_another_is_closed()
    {
        await using var app = await AppProcess.StartAsync(new Dictionary<string, string?> { ["Limits__CircuitsPerUser"] = "2" });
        var visit = await VisitAsync(app, Person.Admin);
        visit.Allow("WebSocket|ERR_CONNECTION|Failed to|negotiation"); // the server ends before the browser
        var first = await visit.OpenChatAsync();
        await visit.OpenChatAsync();
        var third = await visit.OpenAsync();
        await Expect(third.Page.GetByRole(AriaRole.Heading, new() { Name = "Too many open tabs" })).ToBeVisibleAsync();
        await Expect(first.Composer).ToBeVisibleAsync();

        await first.Page.GotoAsync("about:blank");
        for (var attempt = 0; attempt < 20 && await third.Composer.CountAsync() == 0; attempt++)
        {
            await third.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
            await Expect(third.Page.Locator(".circuit-refused, [data-testid=composer]")).ToBeVisibleAsync();
        }

        await third.WaitUntilReadyAsync();
    }
}
