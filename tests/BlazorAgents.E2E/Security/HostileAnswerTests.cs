using BlazorAgents.Data;
using BlazorAgents.E2E.Fixtures;
using BlazorAgents.Emulator.Scripted;
using BlazorAgents.Testing;
using static Microsoft.Playwright.Assertions;

namespace BlazorAgents.E2E.Security;

[Collection(ScriptedTests.Name)]
public sealed class HostileAnswerTests(ScriptedApp fixture) : BrowserTest
{
    private const int TextsOfAPage = 30;

    [Fact]
    [Trait("Id", "SEC-01")]
    [Trait("Id", "SEC-03")]
    public async Task Stored_hostile_answers_execute_nothing_and_link_nowhere_unsafe()
    {
        var person = await fixture.AddPersonAsync();
        var tab = await OpenAsync(person);
        await using var data = new AppData(fixture.App);
        foreach (var texts in HostileCorpus.All.Chunk(TextsOfAPage))
        {
            var conversation = await data.AddConversationAsync(person, "<img src=x onerror=alert(1)>", texts.Select(text => (text, (IReadOnlyList<ItemPayload>)[new ItemPayload.Text(text)])));

            await tab.Page.GotoAsync($"/c/{conversation}");

            await Expect(tab.RunStates).ToHaveCountAsync(texts.Length);
            await Expect(tab.Answers).ToHaveCountAsync(texts.Length);
            await AssertCleanAsync(tab);
        }
    }

    [Fact]
    [Trait("Id", "SEC-02")]
    [Trait("Id", "SEC-06")]
    public async Task Hostile_answers_streamed_character_by_character_execute_nothing_at_any_moment()
    {
        var tab = await OpenAsync(await fixture.AddPersonAsync());
        foreach (var texts in HostileCorpus.All.Chunk(HostileCorpus.All.Count / 4))
        {
            var message = $"Attack {Guid.NewGuid():N}";
            var reply = ScriptedReply.Stream();
            foreach (var text in texts)
            {
                // Reasoning between them makes each text one of its own, so that none hides the next behind an open fence.
                reply = reply.Texts(text.Select(character => character.ToString())).Reasoning("next");
            }

            fixture.Server.Answer(message, reply.Text("the end").Finish());
            await tab.Page.GotoAsync("/");
            await tab.WaitUntilReadyAsync();

            await tab.AskAsync(message);

            await Expect(tab.Answers.Last).ToHaveTextAsync("the end");
            await Expect(tab.ToolCalls).ToHaveCountAsync(0);
            await AssertCleanAsync(tab);
        }
    }

    [Fact]
    [Trait("Id", "SEC-03")]
    public async Task Hostile_titles_messages_and_tool_data_stay_text()
    {
        const string Hostile = "<img src=x onerror=\"alert(1)\"><script>alert(2)</script>[x](javascript:alert(3))";
        var message = $"{Hostile} {Guid.NewGuid():N}";
        fixture.Server.Answer(message,
            ScriptedReply.Stream().ToolCall("call_1", "get_weather", "{\"location\":\"<img src=x onerror=alert(1)>\",\"<b onclick=alert(1)>\":\"javascript:alert(1)\"}").Finish(),
            ScriptedReply.Stream().ToolCall("call_2", "<script>alert(1)</script>", "{}").Finish(),
            ScriptedReply.Answer("Done."));
        var tab = await OpenAsync(await fixture.AddPersonAsync());

        await tab.AskAsync(message);
        foreach (var line in await tab.Page.Locator(".tool-line").AllAsync())
        {
            await line.ClickAsync();
        }

        await Expect(tab.Messages).ToHaveTextAsync(message);
        Assert.Equal(0, await tab.Page.Locator("main img, main script, main [onerror], main [onclick], main a[href^='javascript']").CountAsync());
        await AssertCleanAsync(tab);
    }

    private static async Task AssertCleanAsync(ChatTab tab) => Assert.Empty(await tab.Page.EvaluateAsync<string[]>("window.findings"));

    private async Task<ChatTab> OpenAsync(Person person)
    {
        var visit = await VisitAsync(fixture.App, person);
        await visit.PrepareAsync(PageInspector.Script);
        return await visit.OpenChatAsync();
    }
}
