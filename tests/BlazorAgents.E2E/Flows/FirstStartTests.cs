using System.Text.RegularExpressions;
using BlazorAgents.E2E.Fixtures;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BlazorAgents.E2E.Flows;

public sealed partial class FirstStartTests : BrowserTest
{
    [Fact]
    public async Task A_fresh_server_prints_a_setup_link_that_leads_to_the_first_chat_with_the_weather()
    {
        await using var app = await AppProcess.StartAsync(new Dictionary<string, string?> { ["Setup__AdminEmail"] = null, ["Setup__AdminPassword"] = null });
        var link = (await app.Output.WaitForAsync(SetupLink(), TimeSpan.FromSeconds(30))).Groups[1].Value;
        var visit = await VisitAsync(app, null);
        var tab = await visit.OpenAsync(link);
        var page = tab.Page;

        await page.GetByLabel("Email").FillAsync("first@example.com");
        await page.GetByLabel("Name").FillAsync("The First");
        await page.GetByLabel("Password").FillAsync("a long enough password");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the account" }).ClickAsync();
        await tab.WaitUntilReadyAsync();
        await Expect(page.GetByTestId("offline-banner")).ToBeVisibleAsync();

        await tab.AskAsync("What's the weather like in Seattle?");
        await Expect(tab.ToolCalls).ToHaveCountAsync(1);
        await Expect(tab.ToolCalls).ToHaveAttributeAsync("data-state", "Succeeded");
        await Expect(tab.ToolCalls).ToContainTextAsync("Seattle");
        await tab.ToolCalls.GetByRole(AriaRole.Button).First.ClickAsync();
        await Expect(tab.ToolCalls).ToContainTextAsync("Asked");
        await Expect(tab.ToolCalls).ToContainTextAsync("Result");
        await Expect(tab.Answers.Last).ToContainTextAsync("Seattle");

        // The link worked once.
        visit.Allow("404");
        await page.GotoAsync(link);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("This setup link does not work");
    }

    [GeneratedRegex(@"^Setup link \(works once\): (http\S+)", RegexOptions.Multiline)]
    private static partial Regex SetupLink();
}
