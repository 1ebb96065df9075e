using System.Text.RegularExpressions;
using BlazorAgents.E2E.Fixtures;
using BlazorAgents.Emulator.Scripted;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BlazorAgents.E2E.Accessibility;

[Collection(ScriptedTests.Name)]
public sealed class AxeTests(ScriptedApp fixture) : BrowserTest
{
    private const string Everything =
        "# Heading\n\nText with **bold**, `code`, a [link](https://example.com) and ![a picture](https://example.com/a.png).\n\n- [x] done\n- [ ] open\n\n"
        + "1. one\n2. two\n\n> quoted\n\n| name | value |\n|---|--:|\n| a | 1 |\n\n```csharp\n// a comment\npublic int Answer => 42;\n```\n\n---\n\n~~gone~~";

    // Colours in the middle of a change are nobody's choice.
    private const string Settled =
        """
        new Promise(next => requestAnimationFrame(() => requestAnimationFrame(next)))
          .then(() => Promise.allSettled(document.getAnimations().filter(animation => animation.effect.getComputedTiming().endTime < Infinity).map(animation => animation.finished)))
          .then(() => true)
        """;

    [Theory]
    [InlineData("/account/login")]
    [InlineData("/setup?token=wrong")]
    [InlineData("/account/access-denied")]
    [InlineData("/error")]
    [InlineData("/no/such/page")]
    public async Task Pages_without_an_account_have_no_barriers(string path)
    {
        var visit = await VisitAsync(fixture.App, null);
        visit.Allow("4[01][0-9]|50[0-9]");
        var tab = await visit.OpenAsync(path);

        await AssertAccessibleAsync(tab);
    }

    [Fact]
    public async Task The_setup_page_has_no_barriers()
    {
        await using var app = await AppProcess.StartAsync(new Dictionary<string, string?> { ["Setup__AdminEmail"] = null, ["Setup__AdminPassword"] = null });
        var link = await app.Output.WaitForAsync(new Regex(@"Setup link \(works once\): (http\S+)"), TimeSpan.FromSeconds(30));
        var tab = await (await VisitAsync(app, null)).OpenAsync(link.Groups[1].Value);

        await AssertAccessibleAsync(tab);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Make the account" }).ClickAsync();
        await Expect(tab.Page.Locator(".field-error").First).ToBeVisibleAsync();
        await AssertAccessibleAsync(tab);
    }

    [Theory]
    [InlineData("/people")]
    [InlineData("/people/new")]
    [InlineData("/people/no-such-person")]
    [InlineData("/account/password")]
    public async Task Pages_of_accounts_have_no_barriers(string path)
    {
        var visit = await VisitAsync(fixture.App, Person.Admin);
        visit.Allow("404");
        var tab = await visit.OpenAsync(path);

        await AssertAccessibleAsync(tab);
    }

    [Theory]
    [InlineData("/providers", "Providers")]
    [InlineData("/providers/new", "Add a provider")]
    [InlineData("/providers/configured", "What it can do")]
    [InlineData("/providers/no-such-provider", "No such provider")]
    public async Task Pages_of_providers_have_no_barriers(string path, string heading)
    {
        var tab = await (await VisitAsync(fixture.App, Person.Admin)).OpenAsync(path);
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = heading, Exact = true })).ToBeVisibleAsync();

        await AssertAccessibleAsync(tab);
    }

    [Fact]
    public async Task The_audit_has_no_barriers_with_details_open_and_the_chain_checked()
    {
        var tab = await (await VisitAsync(fixture.App, Person.Admin)).OpenAsync("/audit");
        await tab.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Details of event") }).First.ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Verify chain" }).ClickAsync();
        await Expect(tab.Page.GetByTestId("verify-result")).ToContainTextAsync("all sound");

        await AssertAccessibleAsync(tab);
    }

    [Fact]
    public async Task An_empty_chat_and_one_that_is_missing_have_no_barriers()
    {
        var visit = await VisitAsync(fixture.App, await fixture.AddPersonAsync());
        await AssertAccessibleAsync(await visit.OpenChatAsync());

        var missing = await visit.OpenAsync($"/c/{Guid.CreateVersion7()}");
        await Expect(missing.Page.GetByRole(AriaRole.Heading, new() { Name = "No such conversation" })).ToBeVisibleAsync();
        await AssertAccessibleAsync(missing);
    }

    [Fact]
    public async Task A_thread_with_everything_has_no_barriers_running_done_and_failed()
    {
        var (message, running, failing) = ($"All {Guid.NewGuid():N}", $"Run {Guid.NewGuid():N}", $"Fail {Guid.NewGuid():N}");
        var gate = new Gate();
        fixture.Server.Answer(message,
            ScriptedReply.Stream().Reasoning("Let me think.").ToolCall("c1", "get_time", "{\"timezone\":\"UTC\"}").ToolCall("c2", "no_such_tool", "{}").Finish(),
            ScriptedReply.Answer(Everything));
        fixture.Server.Answer(running, ScriptedReply.Stream().Text("Some of it").WaitFor(gate).Text(" and the rest.").Finish());
        fixture.Server.Answer(failing, ScriptedReply.Error(400, "No."));
        var tab = await (await VisitAsync(fixture.App, await fixture.AddPersonAsync())).OpenChatAsync();
        await tab.AskAsync(message);
        foreach (var line in await tab.Page.Locator(".tool-line").AllAsync())
        {
            await line.ClickAsync();
        }

        await AssertAccessibleAsync(tab);

        await tab.SendAsync(running);
        await Expect(tab.Answers.Last).ToContainTextAsync("Some of it");
        await AssertAccessibleAsync(tab);
        gate.Open();
        await tab.WaitForAnswerAsync();

        await tab.SendAsync(failing);
        await tab.WaitForAnswerAsync("Failed");
        await AssertAccessibleAsync(tab);
    }

    [Fact]
    public async Task Menus_dialogs_and_the_help_sheet_have_no_barriers()
    {
        var message = $"Hello {Guid.NewGuid():N}";
        fixture.Server.Answer(message, ScriptedReply.Answer("Hi."));
        var tab = await (await VisitAsync(fixture.App, await fixture.AddPersonAsync())).OpenChatAsync();
        await tab.AskAsync(message);
        var page = tab.Page;

        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Account of") }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Menuitemradio).First).ToBeVisibleAsync();
        await AssertAccessibleAsync(tab, narrow: false);
        await page.Keyboard.PressAsync("Escape");

        await tab.Conversations.HoverAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Options for") }).ClickAsync();
        await AssertAccessibleAsync(tab, narrow: false);
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Rename" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await AssertAccessibleAsync(tab);
        await page.Keyboard.PressAsync("Escape");

        await page.Locator("main").FocusAsync();
        await page.Keyboard.PressAsync("?");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await AssertAccessibleAsync(tab);
        await page.Keyboard.PressAsync("Escape");

        await tab.Messages.HoverAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Edit" }).ClickAsync();
        await AssertAccessibleAsync(tab);
    }

    [Fact]
    public async Task Every_button_and_link_has_a_name_and_nothing_moves_for_those_who_asked_for_stillness()
    {
        var message = $"Wait {Guid.NewGuid():N}";
        var gate = new Gate();
        fixture.Server.Answer(message, ScriptedReply.Stream().Text(Everything).WaitFor(gate).Finish());
        var visit = await VisitAsync(fixture.App, await fixture.AddPersonAsync(), new() { ReducedMotion = ReducedMotion.Reduce });
        var tab = await visit.OpenChatAsync();
        await tab.SendAsync(message);
        await Expect(tab.Page.GetByTestId("code-block")).ToBeVisibleAsync();

        var nameless = await tab.Page.EvaluateAsync<string[]>("""
            [...document.querySelectorAll('button, a[href]')]
              .filter(element => !(element.getAttribute('aria-label') || element.textContent).trim())
              .map(element => element.outerHTML.slice(0, 150))
            """);
        var moving = await tab.Page.EvaluateAsync<string[]>("""
            document.getAnimations().filter(animation => animation.playState === 'running' && animation.effect.getComputedTiming().duration > 20)
              .map(animation => `${animation.animationName ?? animation.transitionProperty} ${animation.effect.target?.className}`)
            """);
        gate.Open();
        await tab.WaitForAnswerAsync();

        Assert.Empty(nameless);
        Assert.Empty(moving);
    }

    /// <summary>Axe finds nothing on the page as it stands, in both themes and, unless it would close something, both widths.</summary>
    internal static async Task AssertAccessibleAsync(ChatTab tab, bool narrow = true)
    {
        var page = tab.Page;
        var wide = page.ViewportSize!;
        var found = new List<string>();
        foreach (var width in narrow ? new[] { wide.Width, 390 } : [wide.Width])
        {
            await page.SetViewportSizeAsync(width, wide.Height);
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
                await page.EvaluateAsync(Settled);
                var result = await page.RunAxe();
                found.AddRange(result.Violations.SelectMany(violation => violation.Nodes.Select(node =>
                    $"{width} {scheme} {violation.Id}: {node.Html[..Math.Min(node.Html.Length, 160)]} {string.Join("; ", node.Any.Select(check => check.Message))}")));
            }
        }

        await page.SetViewportSizeAsync(wide.Width, wide.Height);
        Assert.True(found.Count == 0, string.Join('\n', found.Distinct()));
    }
}
