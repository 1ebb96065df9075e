using BlazorAgents.Data;
using BlazorAgents.Web.Features.Tools;
using BlazorAgents.Web.Tests.Chat;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BlazorAgents.Web.Tests.Tools;

/// <summary>The grid of all tools.</summary>
public sealed class ToolsPageTests : ToolPagesContext
{
    private const string Rows = "[data-testid=tool-row]";

    [Fact]
    public async Task Page_EveryTool_HasRiskAgentsCallsErrorRateP95AndMode()
    {
        await RecordAsync(OrderTool.Name, 38, milliseconds: 20);
        await RecordAsync(OrderTool.Name, 2, ToolExecutionState.Failed, milliseconds: 1_500);
        await RecordAsync(OrderTool.Name, 1, ToolExecutionState.Refused);

        var page = await OpenAsync<ToolsPage>(ChatHost.Approver, "/tools");

        Assert.Equal([OrderTool.Note, OrderTool.Name, OrderTool.Clock, OrderTool.Recount], page.FindAll(Rows).Select(row => row.GetAttribute("data-tool")));
        Assert.Contains("may be added to any", page.FindAll(Rows)[2].TextContent, StringComparison.Ordinal);
        var cells = page.FindAll(Rows)[1].Children.Select(cell => string.Join(' ', cell.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal(["Create order create_order", "Money", "Agent tools", "401 refused", "5 %", "20 ms", "By its risk: yes"], cells);
        Assert.Equal("/tools/create_order", page.FindAll(Rows)[1].QuerySelector("a")!.GetAttribute("href"));
        Assert.Equal("4 tools, 40 calls in 7 days.", page.Find("[data-testid=tools-count]").TextContent);
    }

    [Fact]
    public async Task Filters_OfTheAddress_LeaveTheRestOutAndStandInTheForm()
    {
        var address = $"/tools?words=note&risk=Write&agent={ChatHost.WithTools}&period=30d&sort=-calls";

        var page = await OpenAsync<ToolsPage>(ChatHost.Approver, address);

        Assert.Equal(OrderTool.Note, Assert.Single(page.FindAll(Rows)).GetAttribute("data-tool"));
        Assert.Equal("note", page.Find("#tools-words").GetAttribute("value"));
        Assert.Equal("Write", page.Find("#tools-risk").GetAttribute("value"));
        Assert.Equal("30 days", page.Find(".chips [aria-current]").TextContent);
        Assert.Equal("descending", page.Find("th[aria-sort]").GetAttribute("aria-sort"));

        await page.Find("#tools-risk").ChangeAsync(new ChangeEventArgs { Value = "Money" });
        await page.Find("form").SubmitAsync();

        await page.WaitForAssertionAsync(() => Assert.Equal("No tool fits the filters.", page.Find("[data-testid=tools-count]").TextContent), Waiting.Patience);
        Assert.EndsWith(address.Replace("risk=Write", "risk=Money", StringComparison.Ordinal), Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Columns_AreSortedByTheirLinks()
    {
        await RecordAsync(OrderTool.Name, 1, milliseconds: 50);
        await RecordAsync(OrderTool.Note, 2, milliseconds: 10);
        var page = await OpenAsync<ToolsPage>(ChatHost.Approver, "/tools");
        Assert.Equal("/tools?sort=-p95", HeadOf(page, "p95"));

        await GoAsync(page, HeadOf(page, "p95"), [OrderTool.Name, OrderTool.Note]);
        await GoAsync(page, HeadOf(page, "p95"), [OrderTool.Note, OrderTool.Name]);
        await GoAsync(page, HeadOf(page, "Calls"), [OrderTool.Note, OrderTool.Name]);
        await GoAsync(page, HeadOf(page, "Risk"), [OrderTool.Note, OrderTool.Name]);
        await GoAsync(page, HeadOf(page, "Risk"), [OrderTool.Name, OrderTool.Note]);
        await GoAsync(page, HeadOf(page, "Tool"), [OrderTool.Note, OrderTool.Name]);
    }

    [Theory]
    [InlineData("/tools?risk=9", "risk: ")]
    [InlineData("/tools?period=1y", "period: only 24h, 7d, 30d, 90d are known.")]
    [InlineData("/tools?sort=price", "sort: ")]
    public async Task Address_Wrong_SaysWhichPart(string address, string words)
    {
        var page = await OpenAsync<ToolsPage>(ChatHost.Approver, address);

        Assert.Contains(words, page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(Rows));
    }

    [Theory]
    [InlineData("ann")]
    [InlineData("nobody")]
    [Trait("Id", "SEC-13")]
    public async Task Sec13_NoApproverAsStored_SeesNothing(string person)
    {
        var page = await OpenAsync<ToolsPage>(person, "/tools");

        Assert.Contains("Only approvers see the tools.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(Rows));
    }

    [Fact]
    public async Task Page_JournalCannotBeRead_SaysSoAndTriesAgain()
    {
        await Database.WriteAsync(context => context.Database.ExecuteSqlRawAsync("ALTER TABLE ToolExecutions RENAME TO Away"));
        var page = await OpenAsync<ToolsPage>(ChatHost.Approver, "/tools");
        Assert.Matches("The tools could not be read. Error [0-9a-f]{12}.", page.Find("[role=alert]").TextContent);

        await Database.WriteAsync(context => context.Database.ExecuteSqlRawAsync("ALTER TABLE Away RENAME TO ToolExecutions"));
        await page.Find("[role=alert] button").ClickAsync(new());

        await page.WaitForAssertionAsync(() => Assert.Equal(4, page.FindAll(Rows).Count), Waiting.Patience);
        Assert.Empty(page.FindAll("[role=alert]"));
    }

    private static string HeadOf(IRenderedComponent<ToolsPage> page, string words) =>
        page.FindAll("thead a").Single(link => link.TextContent == words).GetAttribute("href")!;

    private async Task GoAsync(IRenderedComponent<ToolsPage> page, string address, string[] expected)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        await page.WaitForAssertionAsync(
            () => Assert.Equal(expected, page.FindAll(Rows).Select(row => row.GetAttribute("data-tool")!).Where(tool => expected.Contains(tool))), Waiting.Patience);
    }
}
