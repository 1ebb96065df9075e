using System.Text.RegularExpressions;
using BlazorAgents.E2E.Accessibility;
using BlazorAgents.E2E.Fixtures;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BlazorAgents.E2E.Flows;

/// <summary>Rules about tools, from the form to the call. Each rule is for the test's own person: the application is shared.</summary>
[Collection(OfflineTests.Name)]
public sealed class RuleTests(OfflineApp fixture) : BrowserTest
{
    [Fact]
    public async Task A_rule_is_made_tried_and_acts_on_the_next_call_until_it_is_deleted()
    {
        var person = await AddPersonAsync();
        var requester = await (await VisitAsync(fixture.App, person)).OpenChatAsync();
        await requester.Page.GetByRole(AriaRole.Radio, new() { Name = "Shop Assistant" }).CheckAsync();
        await requester.AskAsync("I'm looking for a laptop");
        var name = $"Searches {Guid.NewGuid():N}"[..20];

        // Ask before searching, tried on the search that ran.
        var admin = await OpenAsync("/approvals/rules");
        await admin.Page.GetByTestId("new-rule").ClickAsync();
        await admin.Page.GetByLabel("Name").FillAsync(name);
        await admin.Page.GetByLabel("Tool", new() { Exact = true }).FillAsync("search_*");
        await admin.Page.Keyboard.PressAsync("Tab");
        await admin.Page.GetByLabel("Person").SelectOptionAsync(new SelectOptionValue { Label = NameOf(person) });
        await Expect(admin.Page.GetByTestId("covered")).ToHaveTextAsync("Covers search_products.");
        await Expect(admin.Page.GetByTestId("rule-words")).ToContainTextAsync("Ask an approver before every tool named search_*");
        await admin.Page.GetByTestId("dry-run").ClickAsync();
        await Expect(admin.Page.Locator(".rule-changes")).ToContainTextAsync("1 call that now runs would ask.");
        await Expect(admin.Page.GetByTestId("dry-run-examples")).ToContainTextAsync("search_products");
        await AxeTests.AssertAccessibleAsync(admin);
        await admin.Page.GetByTestId("add-condition").ClickAsync();
        await admin.Page.GetByTestId("save-rule").ClickAsync();
        await Expect(admin.Page.Locator("#rule-condition-0-error")).ToBeVisibleAsync();
        await AxeTests.AssertAccessibleAsync(admin);
        await admin.Page.GetByTestId("remove-condition").ClickAsync();
        await admin.Page.GetByTestId("save-rule").ClickAsync();
        await Expect(RowOf(admin, name)).ToBeVisibleAsync();
        await AxeTests.AssertAccessibleAsync(admin);

        // It asks, and the request leads to it.
        await requester.SendAsync("I'm looking for a mouse");
        await Expect(requester.Page.GetByTestId("approval-card")).ToBeVisibleAsync();
        await admin.Page.GetByRole(AriaRole.Link, new() { Name = "Approvals", Exact = true }).First.ClickAsync();
        await admin.Page.GetByTestId("approval-row").Filter(new() { HasText = "mouse" }).GetByRole(AriaRole.Link).ClickAsync();
        await admin.Page.GetByTestId("fired-rule").ClickAsync();

        // Now it denies; what waits stays until it is stopped.
        await admin.Page.GetByLabel("What it does").SelectOptionAsync("Deny");
        await admin.Page.GetByTestId("save-rule").ClickAsync();
        await Expect(RowOf(admin, name)).ToContainTextAsync("Deny every tool named search_*");
        await requester.Stop.ClickAsync();
        await requester.WaitForAnswerAsync("Stopped");
        await requester.AskAsync("I'm looking for a keyboard");
        await requester.ToolCalls.Last.Locator(".tool-line").ClickAsync();
        await Expect(requester.ToolCalls.Last).ToContainTextAsync(name);

        // Switched off and deleted, nothing is left of it.
        await RowOf(admin, name).GetByRole(AriaRole.Switch).UncheckAsync();
        await Expect(admin.Page.GetByTestId("rules-said")).ToContainTextAsync("off");
        await RowOf(admin, name).GetByTestId("rule-delete").ClickAsync();
        await Expect(admin.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync(name);
        await AxeTests.AssertAccessibleAsync(admin);
        await admin.Page.GetByTestId("confirm-delete").ClickAsync();
        await Expect(RowOf(admin, name)).ToHaveCountAsync(0);
        await Expect(admin.Page.GetByRole(AriaRole.Heading, new() { Name = "Rules", Exact = true })).ToBeFocusedAsync();
        await requester.AskAsync("I'm looking for a monitor");
    }

    [Fact]
    public async Task Rules_are_ordered_by_the_keyboard_and_read_by_those_who_may_not_change_them()
    {
        var names = new[] { $"First {Guid.NewGuid():N}"[..14], $"Second {Guid.NewGuid():N}"[..15] };
        var person = NameOf(await AddPersonAsync());
        var admin = await OpenAsync("/approvals/rules/new");
        foreach (var name in names)
        {
            await admin.Page.GotoAsync(new Uri(fixture.App.BaseUrl, "/approvals/rules/new").ToString());
            await admin.Page.GetByLabel("Name").FillAsync(name);
            await admin.Page.GetByLabel("Tool", new() { Exact = true }).FillAsync("no_such_tool");
            await admin.Page.Keyboard.PressAsync("Tab");
            await admin.Page.GetByLabel("Person").SelectOptionAsync(new SelectOptionValue { Label = person });
            await admin.Page.GetByTestId("save-rule").ClickAsync();
            await Expect(RowOf(admin, name)).ToBeVisibleAsync();
        }

        var up = RowOf(admin, names[1]).GetByTestId("rule-up");
        await up.FocusAsync();
        await admin.Page.Keyboard.PressAsync("Enter");
        await Expect(admin.Page.GetByTestId("rules-said")).ToContainTextAsync(new Regex($"{names[1]}.*is now"));
        await Expect(up).ToBeFocusedAsync();

        var approver = await (await VisitAsync(fixture.App, await fixture.AddPersonAsync("Approver"))).OpenAsync("/approvals/rules");
        await Expect(RowOf(approver, names[0])).ToBeVisibleAsync();
        var shown = await approver.Page.GetByTestId("rule-row").AllInnerTextsAsync();
        Assert.True(shown.ToList().FindIndex(text => text.Contains(names[1], StringComparison.Ordinal)) < shown.ToList().FindIndex(text => text.Contains(names[0], StringComparison.Ordinal)));
        await Expect(RowOf(approver, names[0]).GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await RowOf(approver, names[0]).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(approver.Page.GetByTestId("rule-words")).ToContainTextAsync("no_such_tool");
        await AxeTests.AssertAccessibleAsync(approver);
    }

    private static ILocator RowOf(ChatTab tab, string name) => tab.Page.GetByTestId("rule-row").Filter(new() { HasText = name });

    private async Task<ChatTab> OpenAsync(string address)
    {
        var tab = await (await VisitAsync(fixture.App, Person.Admin)).OpenAsync(address);
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        return tab;
    }

    // Two share a name, so that the form tells them apart.
    private async Task<Person> AddPersonAsync()
    {
        await fixture.AddPersonAsync();
        return await fixture.AddPersonAsync();
    }

    private static string NameOf(Person person) => $"Test User ({person.Email})";
}
