using BlazorAgents.Data;
using BlazorAgents.Runs;
using BlazorAgents.Testing.Fakes;
using BlazorAgents.Web.Features.Tools;
using BlazorAgents.Web.Tests.Chat;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BlazorAgents.Web.Tests.Tools;

/// <summary>The page of one tool, with what administrators set there.</summary>
public sealed class ToolPageTests : ToolPagesContext
{
    [Fact]
    public async Task Page_Tool_SaysWhatItTakesWhatItCanDoAndHowItsCallsWent()
    {
        var request = Guid.NewGuid();
        await RecordAsync(OrderTool.Name, 1, ToolExecutionState.TimedOut, 60_000, approval: request);

        var page = await OpenToolAsync(Admin);

        Assert.Contains("Places an order.", page.Find(".admin-head").TextContent, StringComparison.Ordinal);
        Assert.Contains("It spends or returns money.", page.Markup, StringComparison.Ordinal);
        var rows = page.FindAll("[data-testid=tool-parameters] tbody tr").Select(row => string.Join('|', row.Children.Select(cell => cell.TextContent.Trim()))).ToList();
        Assert.Equal(["product|text|yes||What to order.", "quantity|whole number|yes|at least 1, at most 10|"], rows.Take(2));
        Assert.StartsWith("api_key|text or nothing|no|", rows[2], StringComparison.Ordinal);
        Assert.Equal(["1", "100 %", "0, 1, 0", "0", "1 min 0 s", "1 min 0 s"], page.FindAll("[data-testid=tool-figures] dd").Select(fact => fact.TextContent));
        var call = Assert.Single(page.FindAll("[data-testid=tool-call-row]"));
        Assert.Contains("Timed out", call.TextContent, StringComparison.Ordinal);
        Assert.Contains("product: <b>Laptop</b>", call.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-secret", page.Markup, StringComparison.Ordinal);
        Assert.Equal($"/approvals/{request}", call.QuerySelector("a")!.GetAttribute("href"));
        Assert.Contains("/audit?type=tool&id=create_order", page.FindAll(".admin-head a").Select(link => link.GetAttribute("href")));
        Assert.Empty(page.FindAll("pre"));

        await page.Find("[data-testid=raw-schema]").ClickAsync(new());

        Assert.Contains("\"maximum\": 10", page.Find("pre").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_Approver_ReadsWithoutControls()
    {
        await RecordAsync(OrderTool.Name, 1);

        var page = await OpenToolAsync(ChatHost.Approver);

        Assert.Empty(page.FindAll("form, [data-testid=switch-tool]"));
        Assert.DoesNotContain("/audit", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Asks a person: By its risk: yes", page.Find("[data-testid=tool-agent]").TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.Find("[data-testid=no-calls]")); // ann's call is hers, and nobody was asked
    }

    [Fact]
    public async Task Page_NoSuchTool_SaysSo()
    {
        var page = await OpenToolAsync(Admin, "no_such_tool");

        Assert.Contains("No such tool", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SwitchOff_AfterTheQuestion_WithdrawsTheRequestsAndSaysSo()
    {
        var request = await AskAsync();
        var page = await OpenToolAsync(Admin);
        await ClickAsync(page, "switch-tool");
        Assert.Contains("1 open request is withdrawn", page.Find("dialog").TextContent, StringComparison.Ordinal);
        Assert.Null(await SettingAsync(OrderTool.Name));
        Host.Model.ThenText("I cannot.");

        await ClickAsync(page, "confirm-tool");

        await page.WaitForAssertionAsync(
            () => Assert.Equal("Switched off for Agent tools; 1 request withdrawn.", page.Find("[data-testid=tool-outcome]").TextContent), Waiting.Patience);
        await page.WaitForAssertionAsync(() => Assert.Equal("Switched off", page.Find(".tool-off").TextContent), Waiting.Patience);
        Assert.False((await SettingAsync(OrderTool.Name))!.IsEnabled);
        Assert.Equal(ApprovalState.Cancelled, await Database.ReadAsync(context => context.Approvals.Where(a => a.Id == request).Select(a => a.State).SingleAsync()));

        await ClickAsync(page, "switch-tool");

        await page.WaitForAssertionAsync(() => Assert.Equal("On", page.Find(".tool-on").TextContent), Waiting.Patience);
        Assert.True((await SettingAsync(OrderTool.Name))!.IsEnabled);
    }

    [Fact]
    public async Task Mode_NeverForMoney_IsAskedFirst_TheOthersAreNot()
    {
        var page = await OpenToolAsync(Admin);
        await SaveModeAsync(page, "AlwaysRequire");
        await page.WaitForAssertionAsync(() => Assert.StartsWith("Saved for Agent tools.", page.Find("[data-testid=tool-outcome]").TextContent, StringComparison.Ordinal), Waiting.Patience);
        Assert.Equal(ToolApprovalMode.AlwaysRequire, (await SettingAsync(OrderTool.Name))!.Mode);

        await SaveModeAsync(page, "NeverRequire");

        Assert.Contains("It spends or returns money. Nobody looks at a call", page.Find("dialog").TextContent, StringComparison.Ordinal);
        Assert.Equal(ToolApprovalMode.AlwaysRequire, (await SettingAsync(OrderTool.Name))!.Mode);
        await page.Find("dialog").TriggerEventAsync("onclose", EventArgs.Empty);
        Assert.Equal("AlwaysRequire", page.Find("select").GetAttribute("value"));
        Assert.Equal(ToolApprovalMode.AlwaysRequire, (await SettingAsync(OrderTool.Name))!.Mode);

        await SaveModeAsync(page, "NeverRequire");
        await ClickAsync(page, "confirm-tool");
        await page.WaitForAssertionAsync(() => Assert.StartsWith("Saved", page.Find("[data-testid=tool-outcome]").TextContent, StringComparison.Ordinal), Waiting.Patience);
        Assert.Equal(ToolApprovalMode.NeverRequire, (await SettingAsync(OrderTool.Name))!.Mode);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("2")]
    [InlineData("neverrequire")]
    [InlineData("ByRisk, NeverRequire")]
    [InlineData("")]
    [Trait("Id", "BLZ-04")]
    public async Task Blz04_ModeOutsideTheSelect_IsRefused(string value)
    {
        var page = await OpenToolAsync(Admin);

        await SaveModeAsync(page, value);

        Assert.Contains("Asks a person, for Agent tools: choose", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Null(await SettingAsync(OrderTool.Name));
    }

    [Theory]
    [InlineData(Roles.Approver)]
    [InlineData(null)]
    [Trait("Id", "BLZ-04")]
    public async Task Blz04_NoAdministratorAnyMore_ChangesNothingFromAPageThatStillHasTheControls(string? now)
    {
        var page = await OpenToolAsync(Admin);
        var (form, off) = (page.Find("form"), page.Find("[data-testid=switch-tool]"));
        await off.ClickAsync(new());
        await Database.WriteAsync(async context =>
        {
            await context.UserRoles.Where(role => role.UserId == Admin).ExecuteDeleteAsync();
            if (now is not null)
            {
                context.UserRoles.Add(new() { UserId = Admin, RoleId = await context.Roles.Where(role => role.Name == now).Select(role => role.Id).SingleAsync() });
            }
        });

        await page.Find("select").ChangeAsync(new ChangeEventArgs { Value = "AlwaysRequire" });
        await form.SubmitAsync();
        await page.WaitForAssertionAsync(() => Assert.NotEmpty(page.FindAll("[role=alert]")), Waiting.Patience);
        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll("form, [data-testid=switch-tool]")), Waiting.Patience);

        Assert.Null(await SettingAsync(OrderTool.Name));
        Assert.Equal(0, await Database.ReadAsync(context => context.AuditEvents.CountAsync(row => row.SubjectType == "tool")));
    }

    [Fact]
    [Trait("Id", "BLZ-04")]
    public async Task Blz04_ControlsShownToAnApprover_AreRefusedByTheService()
    {
        var tool = (await Host.Services.GetRequiredService<ToolService>().GetAsync(new Actor(ChatHost.Approver, "cat", Roles.Approver), OrderTool.Name, TimeSpan.FromDays(1)))!.Tool;
        await OpenToolAsync(ChatHost.Approver);
        var agents = Render<ToolAgents>(parameters => parameters.Add(part => part.Tool, tool).Add(part => part.MayChange, true));

        await agents.Find("[data-testid=switch-tool]").ClickAsync(new());
        await agents.Find("[data-testid=confirm-tool]").ClickAsync(new());

        await agents.WaitForAssertionAsync(() => Assert.Equal("Only administrators change tools.", agents.Find("[role=alert]").TextContent), Waiting.Patience);
        Assert.Null(await SettingAsync(OrderTool.Name));
    }

    private Task<IRenderedComponent<ToolPage>> OpenToolAsync(string person, string name = OrderTool.Name) =>
        OpenAsync<ToolPage>(person, $"/tools/{name}", parameters => parameters.Add(page => page.Name, name));

    private static Task ClickAsync(IRenderedComponent<ToolPage> page, string id) => page.Find($"[data-testid={id}]").ClickAsync(new());

    private static async Task SaveModeAsync(IRenderedComponent<ToolPage> page, string mode)
    {
        await page.Find("select").ChangeAsync(new ChangeEventArgs { Value = mode });
        await page.Find("form").SubmitAsync();
    }

    private async Task<Guid> AskAsync()
    {
        Host.Model.ThenCalls(ScriptedChatClient.Call("1", OrderTool.Name, """{"product":"Laptop","quantity":2}"""));
        Session.SelectAgent(ChatHost.WithTools);
        await Session.SendAsync("Please do it");
        await Session.UntilAsync(state => state.IsWaiting);
        return await Database.ReadAsync(context => context.Approvals.Select(a => a.Id).SingleAsync());
    }
}
