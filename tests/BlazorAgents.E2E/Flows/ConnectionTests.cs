using BlazorAgents.E2E.Fixtures;
using BlazorAgents.Emulator.Scripted;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BlazorAgents.E2E.Flows;

public sealed class ConnectionTests(ScriptedApp fixture) : BrowserTest, IClassFixture<ScriptedApp>
{
    // What a browser writes to its console about a server that is away.
    private const string LostConnection = "WebSocket|ERR_|Connection|connection|Failed to|negotiat";

    [Fact]
    public async Task A_cut_network_is_said_and_heals_without_losing_text()
    {
        var message = $"During the cut {Guid.NewGuid():N}";
        var gate = new Gate();
        fixture.Server.Answer(message, ScriptedReply.Stream().Text("Before. ").WaitFor(gate).Text("After.").Finish());
        var visit = await VisitAsync(fixture.App, await fixture.AddPersonAsync());
        visit.Allow(LostConnection);
        var tab = await visit.OpenAsync("/health/live");
        IWebSocketRoute? wire = null;
        await tab.Page.RouteWebSocketAsync("**/_blazor**", socket =>
        {
            wire = socket;
            socket.ConnectToServer();
        });
        await tab.Page.GotoAsync("/");
        await tab.WaitUntilReadyAsync();
        await tab.SendAsync(message);
        await Expect(tab.Answers).ToContainTextAsync("Before.");

        await visit.Context.SetOfflineAsync(true);
        await wire!.CloseAsync();
        await Expect(tab.Page.GetByText("Connection lost. Reconnecting…")).ToBeVisibleAsync();
        gate.Open();
        await fixture.Server.RequestsFor(message)[0].Finished.WaitAsync(TimeSpan.FromSeconds(30));
        await tab.Composer.FillAsync("typed while away");
        await visit.Context.SetOfflineAsync(false);

        await Expect(tab.Page.GetByText("Connection lost. Reconnecting…")).ToBeHiddenAsync();
        await tab.WaitForAnswerAsync();
        await Expect(tab.Answers).ToHaveTextAsync("Before. After.");
        await Expect(tab.Composer).ToHaveValueAsync("typed while away");
    }

    [Fact]
    public async Task After_a_restart_of_the_server_the_page_reloads_itself_and_keeps_the_text()
    {
        var visit = await VisitAsync(fixture.App, await fixture.AddPersonAsync());
        visit.Allow(LostConnection);
        var tab = await visit.OpenChatAsync();
        await tab.Composer.FillAsync("not yet sent");
        await tab.Page.EvaluateAsync("window.isTheOldPage = true");

        await fixture.App.KillAsync();
        await Expect(tab.Page.Locator("#components-reconnect-modal")).ToBeVisibleAsync();
        await fixture.App.RestartAsync();

        await tab.Page.WaitForFunctionAsync("() => !window.isTheOldPage", null, new() { Timeout = 60_000 });
        await tab.WaitUntilReadyAsync();
        await Expect(tab.Composer).ToHaveValueAsync("not yet sent");
    }
}
