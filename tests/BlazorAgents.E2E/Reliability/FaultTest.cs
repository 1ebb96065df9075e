using BlazorAgents.E2E.Fixtures;
using BlazorAgents.Emulator.Scripted;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BlazorAgents.E2E.Reliability;

/// <summary>A test of what the page says and does when the provider fails.</summary>
public abstract class FaultTest(FaultyApp fixture) : BrowserTest
{
    /// <summary>What a browser writes to its console about a server that is away.</summary>
    protected const string LostConnection = "WebSocket|ERR_|Connection|connection|Failed to|negotiat";

    /// <summary>The application.</summary>
    protected AppProcess App => fixture.App;

    /// <summary>The model server.</summary>
    protected ProviderFixture Server => fixture.Server;

    /// <summary>A message of the test's own, answered with the replies in turn.</summary>
    protected string Answered(string message, params ScriptedReply[] replies)
    {
        var own = $"{message} {Guid.NewGuid():N}";
        Server.Answer(own, replies);
        return own;
    }

    /// <summary>A new account.</summary>
    protected Task<Person> AddPersonAsync() => fixture.AddPersonAsync();

    /// <summary>A fresh chat of a new person's.</summary>
    protected async Task<ChatTab> OpenAsync() => await (await VisitAsync(fixture.App, await fixture.AddPersonAsync())).OpenChatAsync();

    /// <summary>What the page says about the end of the last answer.</summary>
    protected static ILocator Outcome(ChatTab tab) => tab.RunStates.Last.Locator("[data-outcome]");

    /// <summary>A button of the last answer.</summary>
    protected static ILocator Button(ChatTab tab, string name) => tab.RunStates.Last.GetByRole(AriaRole.Button, new() { Name = name }).First;

    /// <summary>Checks that the outcome is a sentence for people.</summary>
    protected static async Task ExpectPlainOutcomeAsync(ChatTab tab, string part)
    {
        await Expect(Outcome(tab)).ToContainTextAsync(part);
        var text = await Outcome(tab).InnerTextAsync();
        Assert.EndsWith(".", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
    }
}
