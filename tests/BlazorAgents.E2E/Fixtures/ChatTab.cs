using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BlazorAgents.E2E.Fixtures;

/// <summary>A tab of the application, in the words of someone who chats.</summary>
public sealed partial class ChatTab(IPage page)
{
    /// <summary>The browser's tab.</summary>
    public IPage Page => page;

    /// <summary>The box to write in.</summary>
    public ILocator Composer => page.GetByTestId("composer");

    /// <summary>The answers' texts, oldest first.</summary>
    public ILocator Answers => page.GetByTestId("message-agent");

    /// <summary>The messages, oldest first.</summary>
    public ILocator Messages => page.GetByTestId("message-user");

    /// <summary>The tool calls' cards.</summary>
    public ILocator ToolCalls => page.GetByTestId("tool-call");

    /// <summary>The ends of answers; <c>data-state</c> is the run's status.</summary>
    public ILocator RunStates => page.GetByTestId("run-state");

    /// <summary>The list of chats.</summary>
    public ILocator Conversations => page.GetByTestId("conversation-link");

    /// <summary>The button that sends.</summary>
    public ILocator Send => page.GetByTestId("send");

    /// <summary>The button that stops the answer.</summary>
    public ILocator Stop => page.GetByTestId("stop");

    /// <summary>The form of a stored conversation's address.</summary>
    public Regex ConversationAddress { get; } = Address();

    /// <summary>The conversation that the tab shows; it must have been saved.</summary>
    public Guid ConversationId => Guid.Parse(Address().Match(page.Url).Groups[1].Value);

    /// <summary>Waits until the tab's circuit and both of its scripts, the composer's and the frame's, are up.</summary>
    public async Task WaitUntilReadyAsync()
    {
        await Expect(Composer).ToHaveAttributeAsync("data-ready", "true");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-shell", "ready");
    }

    /// <summary>Signs in by hand, on the page.</summary>
    public async Task SignInAsync(Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        await page.GetByLabel("Email").FillAsync(person.Email);
        await page.GetByLabel("Password").FillAsync(person.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await WaitUntilReadyAsync();
    }

    /// <summary>Writes a message and sends it; returns when it stands in the thread.</summary>
    public async Task SendAsync(string text)
    {
        var before = await Messages.CountAsync();
        await Composer.FillAsync(text);
        await Send.ClickAsync();
        await Expect(Messages).ToHaveCountAsync(before + 1);
    }

    /// <summary>Waits until the last answer has the status.</summary>
    public Task WaitForAnswerAsync(string status = "Completed") => Expect(RunStates.Last).ToHaveAttributeAsync("data-state", status, new() { Timeout = 60_000 });

    /// <summary>Sends and waits for the whole answer; returns its text.</summary>
    public async Task<string> AskAsync(string text, string status = "Completed")
    {
        var before = await RunStates.CountAsync();
        await SendAsync(text);
        await Expect(RunStates).ToHaveCountAsync(before + 1);
        await WaitForAnswerAsync(status);
        return await Answers.Last.InnerTextAsync();
    }

    [GeneratedRegex("/c/([0-9a-f-]{36})$")]
    private static partial Regex Address();
}
