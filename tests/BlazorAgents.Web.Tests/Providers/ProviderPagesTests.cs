using AngleSharp.Dom;
using BlazorAgents.OpenAI.Probe;
using BlazorAgents.Testing.Fakes;
using BlazorAgents.Web.Features.Providers;
using BlazorAgents.Web.Security;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;

namespace BlazorAgents.Web.Tests.Providers;

public sealed class ProviderPagesTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    [Trait("Id", "SEC-27")]
    public async Task List_ShowsProvidersWithTheEndingOfTheirKeys()
    {
        await using var host = await ProviderHost.StartAsync();
        await host.AddAsync();

        var page = host.Context.Render<ProvidersPage>();

        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("[data-testid=provider-row]").Count), s_patience);
        Assert.Equal(
            ["OpenAI", "OpenAI", "api.openai.com", "••••1b7e", "From the configuration", "Not tested yet"], Cells(page.FindAll("[data-testid=provider-row]")[0]));
        Assert.Equal(["Lab", "Compatible server", "localhost:8000", "••••9f2c", "Enabled", "Not tested yet"], Cells(page.FindAll("[data-testid=provider-row]")[1]));
        Assert.DoesNotContain("canary", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_WrongInput_NamesTheFieldsAndKeepsWhatWasTyped()
    {
        await using var host = await ProviderHost.StartAsync();
        var page = host.Context.Render<ProviderEditPage>();
        await page.Find("#provider-kind").ChangeAsync(new ChangeEventArgs { Value = "Compatible" });
        await page.Find("#provider-name").ChangeAsync(new ChangeEventArgs { Value = "Lab" });
        await page.Find("#provider-endpoint").ChangeAsync(new ChangeEventArgs { Value = "localhost" });

        await page.Find("form").SubmitAsync();

        Assert.Equal("Please check the fields marked below.", page.Find("[role=alert]").TextContent.Trim());
        Assert.Equal(["provider-endpoint", "provider-chatmodelid"], page.FindAll("[aria-invalid=true]").Select(field => field.Id));
        var address = page.Find("#provider-endpoint");
        Assert.Equal("provider-endpoint-error provider-endpoint-hint", address.GetAttribute("aria-describedby"));
        Assert.Contains("begins with https://", page.Find("#provider-endpoint-error").TextContent, StringComparison.Ordinal);
        Assert.Equal(("Lab", "localhost"), (page.Find("#provider-name").GetAttribute("value"), address.GetAttribute("value")));
        Assert.Single(await host.Service.ListAsync(ProviderHost.Admin));
    }

    [Fact]
    public async Task Add_RightInput_StoresItAndOpensItsPage()
    {
        await using var host = await ProviderHost.StartAsync();
        var page = host.Context.Render<ProviderEditPage>();
        await page.Find("#provider-kind").ChangeAsync(new ChangeEventArgs { Value = "Compatible" });
        await page.Find("#provider-name").ChangeAsync(new ChangeEventArgs { Value = "Lab" });
        await page.Find("#provider-endpoint").ChangeAsync(new ChangeEventArgs { Value = "http://models.example.org/v1" });
        await page.Find("#provider-key").ChangeAsync(new ChangeEventArgs { Value = ProviderHost.Key });
        await page.Find("#provider-chatmodelid").ChangeAsync(new ChangeEventArgs { Value = "llama" });
        await page.Find("input[type=checkbox]").ChangeAsync(new ChangeEventArgs { Value = true });

        await page.Find("form").SubmitAsync();

        var stored = (await host.Service.ListAsync(ProviderHost.Admin)).Single(provider => provider.Name == "Lab");
        Assert.EndsWith($"/providers/{stored.Id}", host.Get<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Id", "SEC-27")]
    public async Task Edit_StoredKey_IsNotInThePage()
    {
        await using var host = await ProviderHost.StartAsync();
        var id = await host.AddAsync();

        var page = host.Context.Render<ProviderEditPage>(parameters => parameters.Add(edit => edit.Id, id));

        page.WaitForAssertion(() => Assert.Equal("Lab", page.Find("#provider-name").GetAttribute("value")), s_patience);
        Assert.Null(page.Find("#provider-key").GetAttribute("value"));
        Assert.Equal("password", page.Find("#provider-key").GetAttribute("type"));
        Assert.Contains("••••9f2c", page.Find("#provider-key-hint").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", page.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("configured")]
    [InlineData("00000000-0000-7000-8000-000000000000")]
    [InlineData("x")]
    public async Task Edit_WhatCannotBeEdited_SaysSo(string id)
    {
        await using var host = await ProviderHost.StartAsync();

        var page = host.Context.Render<ProviderEditPage>(parameters => parameters.Add(edit => edit.Id, id));

        page.WaitForAssertion(() => Assert.Equal("No such provider", page.Find("h1").TextContent), s_patience);
        Assert.Empty(page.FindAll("form"));
    }

    [Fact]
    public async Task Page_NoSuchProvider_SaysSo()
    {
        await using var host = await ProviderHost.StartAsync();

        var page = Show(host, Guid.NewGuid().ToString());

        page.WaitForAssertion(() => Assert.Equal("No such provider", page.Find("h1").TextContent), s_patience);
    }

    [Fact]
    public async Task Test_Pressed_FillsTheLinesOneByOneAndStoresThem()
    {
        var release = new TaskCompletionSource();
        await using var host = await ProviderHost.StartAsync(wrap: inner => new HeldHttpHandler(inner, "/v1/conversations", release.Task));
        var id = await host.AddAsync();
        var page = Show(host, id);
        page.WaitForAssertion(() => Assert.Equal("Not tested yet", Line(page, Capability.Tools)), s_patience);

        var test = page.Find("[data-testid=test-connection]").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal(Enum.GetValues<Capability>().Length - 1, page.FindAll("[data-capability] .support").Count), s_patience);
        Assert.Equal("Testing…", Line(page, Capability.Conversations));
        Assert.Equal("Testing with small real calls: 10 of 11 done.", page.Find("[role=status]").TextContent.Trim());
        Assert.Equal("true", page.Find("[data-testid=test-connection]").GetAttribute("aria-disabled"));
        release.SetResult();
        await test.WaitAsync(s_patience);

        Assert.Equal("NoThe server answers 404 (not found).", Line(page, Capability.Conversations));
        Assert.Equal("Tested just now.", page.Find("[role=status]").TextContent.Trim());
        Assert.Equal(Enum.GetValues<Capability>().Length, (await host.FindAsync(id)).Test!.Results.Count);
    }

    [Fact]
    public async Task Test_Stopped_ShowsWhatWasStoredBefore()
    {
        var release = new TaskCompletionSource();
        await using var host = await ProviderHost.StartAsync(wrap: inner => new HeldHttpHandler(inner, "/v1/embeddings", release.Task));
        var page = Show(host, await host.AddAsync());
        page.WaitForElement("[data-testid=test-connection]", s_patience);

        var test = page.Find("[data-testid=test-connection]").ClickAsync();
        page.WaitForElement("[data-testid=stop-test]", s_patience);
        await page.Find("[data-testid=stop-test]").ClickAsync();
        await test.WaitAsync(s_patience);

        Assert.Equal("Not tested yet", Line(page, Capability.Tools));
        Assert.Empty(page.FindAll("[role=alert]"));
        Assert.Equal("Test connection", page.Find("[data-testid=test-connection]").TextContent);
    }

    [Fact]
    public async Task Test_KeyRingLost_SaysToEnterTheKeyAgain()
    {
        var first = await ProviderHost.StartAsync();
        var id = await first.AddAsync();
        await first.StopAsync();
        Directory.Delete(Path.Combine(first.Folder, "keys"), recursive: true);
        await using var host = await ProviderHost.StartAsync(first.Folder);
        var page = Show(host, id);
        page.WaitForElement("[data-testid=test-connection]", s_patience);

        await page.Find("[data-testid=test-connection]").ClickAsync();

        Assert.Contains(page.FindAll("[role=alert]"), alert => alert.TextContent.Contains("enter the key again", StringComparison.OrdinalIgnoreCase));
        Assert.Empty(host.Handler.Requests);
    }

    [Fact]
    public async Task Configured_CanBeTestedAndNotChanged()
    {
        await using var host = await ProviderHost.StartAsync();

        var page = Show(host, ProviderDetails.ConfiguredId);

        page.WaitForElement("[data-testid=test-connection]", s_patience);
        Assert.Equal(["Test connection"], page.FindAll(".admin-head .button").Select(button => button.TextContent));
    }

    [Fact]
    public async Task Delete_AsksFirst()
    {
        await using var host = await ProviderHost.StartAsync();
        var id = await host.AddAsync();
        var page = Show(host, id);
        page.WaitForElement("[data-testid=test-connection]", s_patience);

        await page.FindAll(".admin-head .button").Single(button => button.TextContent == "Delete").ClickAsync();
        Assert.NotNull(await host.Service.FindAsync(ProviderHost.Admin, id));
        Assert.Contains("Lab", page.Find(".dialog-body").TextContent, StringComparison.Ordinal);
        await page.Find("[data-testid=confirm-delete]").ClickAsync();

        Assert.Null(await host.Service.FindAsync(ProviderHost.Admin, id));
        Assert.EndsWith("/providers", host.Get<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disable_Pressed_KeepsAgentsFromIt()
    {
        await using var host = await ProviderHost.StartAsync();
        var id = await host.AddAsync();
        var page = Show(host, id);
        page.WaitForElement("[data-testid=test-connection]", s_patience);

        await page.FindAll(".admin-head .button").Single(button => button.TextContent == "Disable").ClickAsync();

        Assert.False((await host.FindAsync(id)).IsEnabled);
        Assert.Contains(page.FindAll(".admin-head .button"), button => button.TextContent == "Enable");
    }

    [Fact]
    [Trait("Id", "SEC-13")]
    public void Pages_AreForAdministrators()
    {
        var pages = typeof(ProvidersPage).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(ProvidersPage).Namespace && type.GetCustomAttributes(typeof(RouteAttribute), false).Length > 0)
            .ToList();

        Assert.Equal(3, pages.Count);
        Assert.All(pages, page => Assert.Equal(
            Policies.Admin, page.GetCustomAttributes(typeof(AuthorizeAttribute), true).Cast<AuthorizeAttribute>().Single().Policy));
    }

    private static IRenderedComponent<ProviderPage> Show(ProviderHost host, string id) =>
        host.Context.Render<ProviderPage>(parameters => parameters.Add(page => page.Id, id));

    private static string Line(IRenderedComponent<ProviderPage> page, Capability capability) =>
        string.Concat(page.FindAll($"[data-capability={capability}] td").Select(cell => cell.TextContent.Trim()));

    private static IEnumerable<string> Cells(IElement row) => row.Children.Select(cell => cell.TextContent.Trim());
}
