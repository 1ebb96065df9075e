using BlazorAgents.E2E.Fixtures;
using BlazorAgents.Emulator.Scripted;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BlazorAgents.E2E.Flows;

[Collection(ScriptedTests.Name)]
public sealed class AnswerTests(ScriptedApp fixture) : BrowserTest
{
    [Fact]
    [Trait("Id", "REL-13")]
    public async Task An_answer_goes_on_while_nobody_watches_and_is_whole_on_return()
    {
        var message = $"Count for me {Guid.NewGuid():N}";
        var words = Enumerable.Range(1, 600).Select(number => $"word{number} ").ToList();
        var gate = new Gate();
        fixture.Server.Answer(message, ScriptedReply.Stream().Texts(words.Take(300)).WaitFor(gate).Texts(words.Skip(300)).Finish());
        var visit = await VisitAsync(fixture.App, await fixture.AddPersonAsync());
        var tab = await visit.OpenChatAsync();
        await tab.SendAsync(message);
        await Expect(tab.Answers.Last).ToContainTextAsync("word300");
        await Expect(tab.Page).ToHaveURLAsync(tab.ConversationAddress);
        var (address, conversation) = (tab.Page.Url, tab.ConversationId);

        await tab.Page.CloseAsync();
        gate.Open();
        await fixture.Server.RequestsFor(message)[0].Finished.WaitAsync(TimeSpan.FromSeconds(30));
        var back = await visit.OpenChatAsync(address);
        await back.WaitForAnswerAsync();

        await using var data = new AppData(fixture.App);
        Assert.Equal(string.Concat(words), await data.AnswerTextAsync(conversation));
        await Expect(back.Answers).ToHaveCountAsync(1);
        await Expect(back.Answers).ToHaveTextAsync(string.Concat(words).TrimEnd());
    }

    [Fact]
    public async Task Markdown_is_rendered_while_it_streams()
    {
        var message = $"Show Markdown {Guid.NewGuid():N}";
        var gate = new Gate();
        fixture.Server.Answer(message, ScriptedReply.Stream()
            .Text("# A heading\n\nSome **bold").WaitFor(gate).Text("** text\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```csharp\nvar x = 1;\n```\n").Finish());
        var tab = await OpenAsync();

        await tab.SendAsync(message);
        await Expect(tab.Answers.Last.GetByRole(AriaRole.Heading)).ToHaveTextAsync("A heading");
        await Expect(tab.Answers.Last).Not.ToContainTextAsync("**");
        gate.Open();
        await tab.WaitForAnswerAsync();

        await Expect(tab.Answers.Last.Locator("strong")).ToHaveTextAsync("bold");
        await Expect(tab.Answers.Last.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        await Expect(tab.Answers.Last.GetByRole(AriaRole.Table)).ToContainTextAsync("2");
        await Expect(tab.Page.GetByTestId("code-block")).ToContainTextAsync("var x = 1;");
    }

    [Fact]
    public async Task A_stopped_answer_keeps_its_text_and_can_be_continued()
    {
        var message = $"Write on {Guid.NewGuid():N}";
        fixture.Server.Answer(message,
            ScriptedReply.Stream().Text("The first half ").Stall(),
            ScriptedReply.Answer("and the second."));
        var tab = await OpenAsync();
        await tab.SendAsync(message);
        await Expect(tab.Answers.Last).ToContainTextAsync("The first half");

        await tab.Stop.ClickAsync();
        await tab.WaitForAnswerAsync("Stopped");
        await fixture.Server.RequestsFor(message)[0].Aborted.WaitAsync(TimeSpan.FromSeconds(30));
        await Expect(tab.Answers.Last).ToContainTextAsync("The first half");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await tab.WaitForAnswerAsync();

        await Expect(tab.RunStates).ToHaveCountAsync(1);
        await Expect(tab.Answers.Last).ToHaveTextAsync("The first half and the second.");
    }

    [Fact]
    public async Task Regenerating_keeps_both_answers_and_switches_between_them()
    {
        var message = $"Say something {Guid.NewGuid():N}";
        fixture.Server.Answer(message, ScriptedReply.Answer("The first answer."), ScriptedReply.Answer("The second answer."));
        var tab = await OpenAsync();
        await tab.AskAsync(message);

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Regenerate" }).ClickAsync();
        await Expect(tab.Answers).ToHaveTextAsync("The second answer.");
        await tab.WaitForAnswerAsync();
        await Expect(tab.Page.GetByText("2 / 2")).ToBeVisibleAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Previous answer" }).ClickAsync();

        await Expect(tab.Answers).ToHaveTextAsync("The first answer.");
        await tab.Page.ReloadAsync();
        await Expect(tab.Answers).ToHaveTextAsync("The first answer.");
    }

    [Fact]
    public async Task Editing_a_message_sends_another_version_and_keeps_the_old_one()
    {
        var (message, edited) = ($"Before {Guid.NewGuid():N}", $"After {Guid.NewGuid():N}");
        fixture.Server.Answer(message, ScriptedReply.Answer("To the old one."));
        fixture.Server.Answer(edited, ScriptedReply.Answer("To the new one."));
        var tab = await OpenAsync();
        await tab.AskAsync(message);

        await tab.Messages.HoverAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Edit" }).ClickAsync();
        await tab.Page.GetByLabel("Edit your message").FillAsync(edited);
        await tab.Page.Locator(".edit-actions").GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();

        await Expect(tab.Messages).ToHaveTextAsync(edited);
        await Expect(tab.Answers).ToHaveTextAsync("To the new one.");
        await tab.WaitForAnswerAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Previous version" }).ClickAsync();
        await Expect(tab.Messages).ToHaveTextAsync(message);
        await Expect(tab.Answers).ToHaveTextAsync("To the old one.");
    }

    [Fact]
    public async Task A_failure_is_said_in_plain_words_and_can_be_tried_again()
    {
        var message = $"Fail first {Guid.NewGuid():N}";
        fixture.Server.Answer(message, ScriptedReply.Error(400, "Something about the request."), ScriptedReply.Answer("Now it works."));
        var tab = await OpenAsync();

        await tab.SendAsync(message);
        await tab.WaitForAnswerAsync("Failed");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Retry" }).ClickAsync();

        await tab.WaitForAnswerAsync();
        await Expect(tab.Answers).ToHaveTextAsync("Now it works.");
    }

    [Fact]
    public async Task The_copy_button_of_a_code_block_copies_exactly_its_code()
    {
        var message = $"Give me code {Guid.NewGuid():N}";
        fixture.Server.Answer(message, ScriptedReply.Answer("```js\nif (a < b && c) {\n  run(\"x\");\n}\n```\n"));
        var visit = await VisitAsync(fixture.App, await fixture.AddPersonAsync(), new() { Permissions = ["clipboard-read", "clipboard-write"] });
        var tab = await visit.OpenChatAsync();
        await tab.AskAsync(message);

        await tab.Page.GetByTestId("code-block").GetByRole(AriaRole.Button, new() { Name = "Copy code" }).ClickAsync();

        await tab.Page.WaitForFunctionAsync("async expected => await navigator.clipboard.readText() === expected", "if (a < b && c) {\n  run(\"x\");\n}");
    }

    private async Task<ChatTab> OpenAsync() => await (await VisitAsync(fixture.App, await fixture.AddPersonAsync())).OpenChatAsync();
}
