using BlazorAgents.Data;
using BlazorAgents.E2E.Fixtures;
using BlazorAgents.Emulator.Scripted;
using static Microsoft.Playwright.Assertions;

namespace BlazorAgents.E2E.Reliability;

public sealed class KillTests(OneAtATimeApp fixture) : FaultTest(fixture), IClassFixture<OneAtATimeApp>
{
    [Fact]
    [Trait("Id", "REL-14")]
    public async Task A_kill_in_mid_answer_loses_no_message_and_no_stored_text_and_what_was_queued_is_carried_out()
    {
        var written = Answered("Being written", ScriptedReply.Stream().Text("Known text. ").Stall(), ScriptedReply.Answer("And the rest."));
        var queued = Answered("Still queued", ScriptedReply.Answer("Carried out."));
        var visit = await VisitAsync(App, await AddPersonAsync());
        var (first, second) = (await visit.OpenChatAsync(), await visit.OpenChatAsync());
        await first.SendAsync(written);
        await Expect(first.Answers).ToHaveTextAsync("Known text.");
        await second.SendAsync(queued);
        await Expect(second.Page).ToHaveURLAsync(second.ConversationAddress);
        await Stored.UntilAnswerIsAsync(App, first.ConversationId, "Known text. ");
        var (firstAddress, secondAddress, conversation) = (first.Page.Url, second.Page.Url, first.ConversationId);
        await first.Page.CloseAsync();
        await second.Page.CloseAsync();
        Assert.Empty(Server.RequestsFor(queued));

        await App.KillAsync();
        await App.RestartAsync();

        var back = await visit.OpenChatAsync(firstAddress);
        await back.WaitForAnswerAsync("Interrupted");
        await Expect(back.Messages).ToHaveTextAsync(written);
        await Expect(back.Answers).ToHaveTextAsync("Known text.");
        await ExpectPlainOutcomeAsync(back, "The server stopped while this answer was being written");
        Assert.Single(Server.RequestsFor(written));
        await Button(back, "Continue").ClickAsync();
        await back.WaitForAnswerAsync();
        await Expect(back.Answers).ToHaveTextAsync("Known text. And the rest.");
        Assert.Contains(Server.RequestsFor(written)[1].Messages, said => said.GetProperty("content").ToString() == "Known text. ");

        var other = await visit.OpenChatAsync(secondAddress);
        await other.WaitForAnswerAsync();
        await Expect(other.Answers).ToHaveTextAsync("Carried out.");
        Assert.Single(Server.RequestsFor(queued));
        await using var data = new AppData(App);
        Assert.Equal(RunStatus.Completed, Assert.Single(await data.RunsAsync(conversation)).Status);
    }
}
