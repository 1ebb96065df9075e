using BlazorAgents.E2E.Fixtures;
using BlazorAgents.Emulator.Scripted;
using static Microsoft.Playwright.Assertions;

namespace BlazorAgents.E2E.Security;

[Collection(ScriptedTests.Name)]
public sealed class LargeTextTests(ScriptedApp fixture) : BrowserTest
{
    [Theory]
    [InlineData(33 * 1024)]
    [InlineData(100_000)]
    [Trait("Id", "BLZ-02")]
    public async Task A_long_pasted_text_is_sent(int length)
    {
        var text = Text(length);
        fixture.Server.Answer(text, ScriptedReply.Answer("A lot to read."));
        var tab = await OpenAsync();
        await PasteAsync(tab, text);

        await tab.Send.ClickAsync();
        await tab.WaitForAnswerAsync();

        await Expect(tab.Answers).ToHaveTextAsync("A lot to read.");
        await using var data = new AppData(fixture.App);
        Assert.Equal(text, Assert.Single(await data.TurnsAsync(tab.ConversationId)).Text);
    }

    [Fact]
    [Trait("Id", "BLZ-02")]
    public async Task A_text_that_is_too_long_is_refused_politely_and_kept()
    {
        var message = $"Short {Guid.NewGuid():N}";
        fixture.Server.Answer(message, ScriptedReply.Answer("Better."));
        var text = Text(1024 * 1024);
        var tab = await OpenAsync();
        await PasteAsync(tab, text);

        await tab.Send.ClickAsync();
        await Expect(tab.Page.GetByText("of at most 100,000 characters")).ToBeVisibleAsync();
        await Expect(tab.Messages).ToHaveCountAsync(0);
        Assert.Equal(text.Length, (await tab.Composer.InputValueAsync()).Length);

        Assert.Equal("Better.", await tab.AskAsync(message));
    }

    private static string Text(int length) => (Guid.NewGuid().ToString("N") + " " + new string('ä', length))[..length];

    private static async Task PasteAsync(ChatTab tab, string text)
    {
        await tab.Page.EvaluateAsync("text => navigator.clipboard.writeText(text)", text);
        await tab.Composer.PressAsync("Control+v");
        await Expect(tab.Composer).Not.ToHaveValueAsync("");
    }

    private async Task<ChatTab> OpenAsync()
    {
        var visit = await VisitAsync(fixture.App, await fixture.AddPersonAsync(), new() { Permissions = ["clipboard-read", "clipboard-write"] });
        return await visit.OpenChatAsync();
    }
}
