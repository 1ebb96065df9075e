using BlazorAgents.E2E.Accessibility;
using BlazorAgents.E2E.Fixtures;
using BlazorAgents.Emulator;
using BlazorAgents.Emulator.Demo;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BlazorAgents.E2E.Flows;

/// <summary>An administrator adds a provider and tests it; a conversation moves between client types and providers.</summary>
public sealed class ConnectionFlowTests(OfflineApp fixture) : BrowserTest, IClassFixture<OfflineApp>
{
    [Fact]
    public async Task A_conversation_that_moves_between_client_types_and_providers_stays_readable_and_goes_on()
    {
        await using var second = await EmulatorServer.StartAsync(new EmulatorOptions { Pace = DemoPace.Instant });
        var visit = await VisitAsync(fixture.App, Person.Admin);
        await AddProviderAsync((await visit.OpenAsync("/providers/new")).Page, "Second", second);

        var tab = await visit.OpenChatAsync();
        await tab.AskAsync("Hello, my name is Zora.");
        await AskForTheNameAsync(tab);

        await ConnectAsync(tab, "Offline demo", "Responses", "Provider");
        await Expect(tab.Page.GetByTestId("connection")).ToContainTextAsync("memory at the provider");
        await AskForTheNameAsync(tab);
        await AskForTheNameAsync(tab);

        await ConnectAsync(tab, "Second", "Assistants", "Provider");
        await Expect(tab.Page.GetByTestId("connection")).ToContainTextAsync("Second");
        await AskForTheNameAsync(tab);
        await AskForTheNameAsync(tab);

        await ConnectAsync(tab, "Second", "AssistantsApi", "Provider");
        await AskForTheNameAsync(tab);

        await ConnectAsync(tab, "Offline demo", "Chat", "Database");
        await AskForTheNameAsync(tab);

        await tab.Page.ReloadAsync();
        await tab.WaitUntilReadyAsync();
        await Expect(tab.Messages).ToHaveCountAsync(8);
        await Expect(tab.RunStates).ToHaveCountAsync(8);

        await ConnectAsync(tab, "Offline demo", "Chat", "None");
        Assert.DoesNotContain("Zora", await tab.AskAsync("What is my name?"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_the_retired_interface_offers_its_successor_in_one_click()
    {
        await using var today = await EmulatorServer.StartAsync(new EmulatorOptions { Pace = DemoPace.Instant, ServesAssistants = false });
        var visit = await VisitAsync(fixture.App, Person.Admin);
        await AddProviderAsync((await visit.OpenAsync("/providers/new")).Page, "Today", today);
        var tab = await visit.OpenChatAsync();
        await ConnectAsync(tab, "Today", "AssistantsApi", "Provider");

        await tab.AskAsync("Hello, my name is Zora.", "Failed");
        await Expect(tab.RunStates.Last).ToContainTextAsync("2026-08-26");
        await tab.Page.GetByTestId("use-conversations").ClickAsync();
        await tab.WaitForAnswerAsync();

        await Expect(tab.Answers.Last).ToContainTextAsync("Zora");
        await AskForTheNameAsync(tab);
    }

    [Fact]
    public async Task The_providers_tools_show_what_they_did()
    {
        var tab = await (await VisitAsync(fixture.App, Person.Admin)).OpenChatAsync();
        await ConnectAsync(tab, "Offline demo", "Responses", "Database", "code_interpreter", "web_search");

        await tab.AskAsync("Run Python code to compute 17 * 23");
        await Expect(tab.ToolCalls.First).ToContainTextAsync("Ran code");
        await tab.ToolCalls.First.GetByRole(AriaRole.Button).First.ClickAsync();
        await Expect(tab.ToolCalls.First).ToContainTextAsync("391");

        await tab.AskAsync("Search the web: which country grows the most coffee?");
        await Expect(tab.Page.GetByTestId("citation").First).ToBeVisibleAsync();

        await AxeTests.AssertAccessibleAsync(tab);
        await tab.Page.GetByTestId("connection").ClickAsync();
        await Expect(tab.Page.GetByTestId("connection-form")).ToBeVisibleAsync();
        await AxeTests.AssertAccessibleAsync(tab);

        await tab.Page.ReloadAsync();
        await tab.WaitUntilReadyAsync();
        await Expect(tab.ToolCalls.First).ToContainTextAsync("Ran code");
        await Expect(tab.Page.GetByTestId("citation").First).ToBeVisibleAsync();
    }

    private static async Task AddProviderAsync(IPage page, string name, EmulatorServer server)
    {
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await page.GetByLabel("Kind").SelectOptionAsync("Compatible");
        await page.GetByLabel("Address").FillAsync(server.BaseUrl.ToString());
        await page.GetByLabel("Key").FillAsync("sk-second-1234");
        await page.GetByLabel("Chat model").FillAsync("demo-model");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the provider" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(name);
        await Expect(page.Locator("main")).ToContainTextAsync("1234");
        await Expect(page.Locator("main")).Not.ToContainTextAsync("sk-second");

        await page.GetByTestId("test-connection").ClickAsync();
        await Expect(page.GetByTestId("test-connection")).ToHaveTextAsync("Test connection", new() { Timeout = 60_000 });
        await Expect(page.Locator(".support-yes").First).ToBeVisibleAsync();
    }

    private static async Task ConnectAsync(ChatTab tab, string provider, string type, string memory, params string[] tools)
    {
        await tab.Page.GetByTestId("connection").ClickAsync();
        var form = tab.Page.GetByTestId("connection-form");
        await form.Locator("select").SelectOptionAsync(new SelectOptionValue { Label = provider });
        await form.Locator($"input[value='{type}']").CheckAsync();
        await form.Locator($"input[value='{memory}']").CheckAsync();
        foreach (var tool in tools)
        {
            await form.Locator($"input[value='{tool}']").CheckAsync();
        }

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(form).ToBeHiddenAsync();
    }

    private static async Task AskForTheNameAsync(ChatTab tab) =>
        Assert.Contains("Zora", await tab.AskAsync("What is my name?"), StringComparison.Ordinal);
}
