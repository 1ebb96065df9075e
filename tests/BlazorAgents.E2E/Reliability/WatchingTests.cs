using BlazorAgents.E2E.Fixtures;
using BlazorAgents.Emulator.Scripted;
using static Microsoft.Playwright.Assertions;

namespace BlazorAgents.E2E.Reliability;

[Collection(FaultTests.Name)]
public sealed class WatchingTests(FaultyApp fixture) : FaultTest(fixture)
{
    [Fact]
    [Trait("Id", "REL-13")]
    public async Task A_page_that_is_reloaded_and_closed_in_mid_answer_shows_on_return_what_the_provider_sent()
    {
        var pieces = Enumerable.Range(1, 300).Select(number => number % 50 == 0 ? $"*{number}*\n\n" : $"{number} ").ToList();
        var (first, second) = (new Gate(), new Gate());
        var message = Answered("Count", ScriptedReply.Stream()
            .Texts(pieces.Take(100)).WaitFor(first).Texts(pieces.Skip(100).Take(100)).WaitFor(second).Texts(pieces.Skip(200)).Finish());
        var visit = await VisitAsync(App, await AddPersonAsync());
        var tab = await visit.OpenChatAsync();
        await tab.SendAsync(message);
        await Expect(tab.Answers).ToContainTextAsync("99 100");
        await Expect(tab.Page).ToHaveURLAsync(tab.ConversationAddress);

        await tab.Page.ReloadAsync();
        first.Open();
        await Expect(tab.Answers).ToContainTextAsync("199 200");
        var (address, conversation) = (tab.Page.Url, tab.ConversationId);
        await tab.Page.CloseAsync();
        second.Open();
        await Server.RequestsFor(message)[0].Finished.WaitAsync(TimeSpan.FromSeconds(30));
        var back = await visit.OpenChatAsync(address);
        await back.WaitForAnswerAsync();

        await using var data = new AppData(App);
        Assert.Equal(string.Concat(pieces), await data.AnswerTextAsync(conversation));
        await Expect(back.Answers).ToHaveCountAsync(1);
        Assert.Equal(Enumerable.Range(1, 300).Select(number => $"{number}"), (await back.Answers.InnerTextAsync()).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        Assert.Single(Server.RequestsFor(message));
    }

    [Fact]
    [Trait("Id", "REL-19")]
    public async Task Two_browsers_on_one_conversation_show_the_same_and_the_second_has_to_wait()
    {
        var gate = new Gate();
        var message = Answered("For both", ScriptedReply.Stream().Text("Half. ").WaitFor(gate).Text("Whole.").Finish());
        var later = Answered("From the second", ScriptedReply.Answer("For both again."));
        var person = await AddPersonAsync();
        var one = await (await VisitAsync(App, person)).OpenChatAsync();
        await one.SendAsync(message);
        await Expect(one.Page).ToHaveURLAsync(one.ConversationAddress);
        var two = await (await VisitAsync(App, person)).OpenChatAsync(one.Page.Url);
        await Expect(two.Answers).ToHaveTextAsync("Half.");

        await two.Composer.FillAsync(later);
        await two.Composer.PressAsync("Enter");
        await Expect(two.Page.Locator("[data-hint]").First).ToContainTextAsync("your text is kept");
        await Expect(two.Composer).ToHaveValueAsync(later);
        gate.Open();
        await two.WaitForAnswerAsync();
        await one.WaitForAnswerAsync();
        await two.Composer.PressAsync("Enter");

        foreach (var tab in new[] { one, two })
        {
            await Expect(tab.Messages).ToHaveCountAsync(2);
            await Expect(tab.Answers.First).ToHaveTextAsync("Half. Whole.");
            await Expect(tab.Answers.Last).ToHaveTextAsync("For both again.");
            await tab.WaitForAnswerAsync();
        }

        Assert.Single(Server.RequestsFor(message));
        Assert.Single(Server.RequestsFor(later));
    }

    [Fact]
    [Trait("Id", "REL-20")]
    public async Task Enter_pressed_twice_is_one_message_and_one_call()
    {
        var message = Answered("Twice", ScriptedReply.Answer("Once."));
        var tab = await OpenAsync();
        await tab.Composer.FillAsync(message);

        await tab.Composer.EvaluateAsync(
            "box => { for (let i = 0; i < 2; i++) { box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true })); } }");
        await tab.Composer.PressAsync("Enter");
        await tab.WaitForAnswerAsync();

        await Expect(tab.Messages).ToHaveCountAsync(1);
        await using var data = new AppData(App);
        Assert.Single(await data.TurnsAsync(tab.ConversationId));
        Assert.Single(Server.RequestsFor(message));
    }
}
