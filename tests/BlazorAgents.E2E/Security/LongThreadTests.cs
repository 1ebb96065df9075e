using BlazorAgents.Data;
using BlazorAgents.E2E.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace BlazorAgents.E2E.Security;

[Collection(OfflineTests.Name)]
public sealed class LongThreadTests(OfflineApp fixture) : BrowserTest
{
    private const int Turns = 2_500;

    [Fact]
    [Trait("Id", "BLZ-07")]
    public async Task A_thread_of_ten_thousand_items_opens_at_its_end_and_reads_older_ones_on_demand()
    {
        var person = await fixture.AddPersonAsync();
        await using var data = new AppData(fixture.App);
        var conversation = await data.AddConversationAsync(person, "Long", Enumerable.Range(1, Turns).Select(number => ($"Message {number}.", (IReadOnlyList<ItemPayload>)
        [
            new ItemPayload.Text($"First of **{number}**."),
            new ItemPayload.FunctionCall($"c{number}", "get_time", "{}"),
            new ItemPayload.FunctionResult($"c{number}", "\"noon\"", "Succeeded", 5),
            new ItemPayload.Text($"Second of {number}."),
        ])));
        var visit = await VisitAsync(fixture.App, person);
        var tab = await visit.OpenChatAsync($"/c/{conversation}");

        await Expect(tab.Messages.Last).ToHaveTextAsync($"Message {Turns}.");
        await Expect(tab.Messages.Last).ToBeInViewportAsync();
        var shown = await tab.Messages.CountAsync();
        Assert.InRange(shown, 10, 60);
        Assert.InRange(await NodesAsync(tab), 1, 6_000);

        await tab.Page.Locator("[data-older]").ScrollIntoViewIfNeededAsync();
        await Expect(tab.Page.GetByText($"Message {Turns - shown}.", new() { Exact = true })).ToBeAttachedAsync();
        Assert.InRange(await NodesAsync(tab), 1, 20_000);
    }

    private static Task<int> NodesAsync(ChatTab tab) => tab.Page.EvaluateAsync<int>("document.getElementsByTagName('*').length");
}
