using System.Text.Json;
using BlazorAgents.E2E.Accessibility;
using BlazorAgents.E2E.Fixtures;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BlazorAgents.E2E.Flows;

[Collection(OfflineTests.Name)]
public sealed class ExtractionTests(OfflineApp fixture) : BrowserTest
{
    [Fact]
    public async Task A_text_becomes_a_card_that_is_checked_kept_and_exported()
    {
        var tab = await (await VisitAsync(fixture.App, await fixture.AddPersonAsync())).OpenChatAsync();
        await tab.Page.GetByRole(AriaRole.Radio, new() { Name = "Contact extractor" }).CheckAsync();
        await tab.SendAsync("Ada Lovelace, engineer at Analytical Engines. Mail ada@example.com, phone +44 20 7946 0958.");
        await tab.WaitForAnswerAsync();

        var card = tab.Page.GetByTestId("answer-card");
        await Expect(card).ToHaveAttributeAsync("data-state", "valid");
        await Expect(card).ToContainTextAsync("ada@example.com");
        await AxeTests.AssertAccessibleAsync(tab);

        await tab.Page.ReloadAsync();
        await tab.WaitUntilReadyAsync();
        await Expect(card).ToHaveAttributeAsync("data-state", "valid");
        await card.GetByRole(AriaRole.Button, new() { Name = "Show JSON" }).ClickAsync();
        var source = card.GetByLabel("JSON", new() { Exact = true });
        await Expect(source).ToContainTextAsync("ada@example.com");
        using var json = JsonDocument.Parse(await source.InnerTextAsync());
        Assert.Contains("ada@example.com", json.RootElement.EnumerateObject().Select(field => field.Value.ToString()));

        var download = await tab.Page.RunAndWaitForDownloadAsync(() => card.GetByRole(AriaRole.Link, new() { Name = "Export CSV" }).ClickAsync());
        Assert.EndsWith(".csv", download.SuggestedFilename, StringComparison.Ordinal);
        Assert.Contains("ada@example.com", await File.ReadAllTextAsync((await download.PathAsync())!), StringComparison.Ordinal);
    }
}
