using System.Collections.Concurrent;
using System.Text;
using BlazorAgents.E2E.Fixtures;
using BlazorAgents.Emulator.Scripted;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BlazorAgents.E2E.Security;

[Collection(ScriptedTests.Name)]
public sealed class ForeignConversationTests(ScriptedApp fixture) : BrowserTest
{
    [Theory]
    [InlineData("User")]
    [InlineData("Approver")]
    [InlineData("Admin")]
    [Trait("Id", "SEC-13")]
    [Trait("Id", "SEC-14")]
    public async Task Nobody_else_sees_a_running_answer_not_even_on_the_wire(string role)
    {
        var (message, secret) = ($"Mine {Guid.NewGuid():N}", $"secret{Guid.NewGuid():N}");
        var gate = new Gate();
        fixture.Server.Answer(message, ScriptedReply.Stream().Text("Begin ").WaitFor(gate).Text(secret).Finish());
        var mine = await (await VisitAsync(fixture.App, await fixture.AddPersonAsync())).OpenChatAsync();
        await mine.SendAsync(message);
        await Expect(mine.Answers).ToContainTextAsync("Begin");
        await Expect(mine.Page).ToHaveURLAsync(mine.ConversationAddress);

        var other = await VisitAsync(fixture.App, await fixture.AddPersonAsync(role));
        var received = new ConcurrentQueue<string>(); // the browser's frames come on a thread of their own
        other.Context.Page += (_, page) => page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) => received.Enqueue(frame.Text ?? Encoding.UTF8.GetString(frame.Binary ?? []));
        var foreign = await other.OpenAsync(mine.Page.Url);
        await Expect(foreign.Page.GetByRole(AriaRole.Heading, new() { Name = "No such conversation" })).ToBeVisibleAsync();
        gate.Open();
        await mine.WaitForAnswerAsync();

        await Expect(mine.Answers).ToContainTextAsync(secret);
        await Expect(foreign.Composer).ToHaveCountAsync(0);
        await Expect(foreign.Conversations).ToHaveCountAsync(0);
        var text = string.Concat(received);
        Assert.NotEmpty(text);
        Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
        Assert.DoesNotContain(message, text, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Id", "SEC-13")]
    public async Task A_foreign_conversation_looks_exactly_like_one_that_never_was()
    {
        var message = $"Mine {Guid.NewGuid():N}";
        fixture.Server.Answer(message, ScriptedReply.Answer("Yours."));
        var mine = await (await VisitAsync(fixture.App, await fixture.AddPersonAsync())).OpenChatAsync();
        await mine.AskAsync(message);
        var other = await VisitAsync(fixture.App, await fixture.AddPersonAsync());

        var texts = new List<string>();
        foreach (var address in new[] { mine.Page.Url, $"/c/{Guid.CreateVersion7()}" })
        {
            var tab = await other.OpenAsync(address);
            await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "No such conversation" })).ToBeVisibleAsync();
            await Expect(tab.Page).ToHaveTitleAsync("No such conversation · BlazorAgents"); // drawn after the page: the title is a component of its own
            texts.Add(await tab.Page.TitleAsync() + await tab.Page.Locator("main").InnerTextAsync());
        }

        Assert.Equal(texts[1], texts[0]);
    }
}
