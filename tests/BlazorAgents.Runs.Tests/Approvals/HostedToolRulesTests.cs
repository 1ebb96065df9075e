using System.Text.Json;
using BlazorAgents.Data;
using BlazorAgents.Runs.Tests.Hosting;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs.Tests.Approvals;

/// <summary>Tools that the provider runs without asking: rules keep them out of an answer, for nobody can stop them within it.</summary>
public sealed class HostedToolRulesTests
{
    [Theory]
    [InlineData(RuleEffect.Ask, true)]
    [InlineData(RuleEffect.Deny, true)]
    [InlineData(RuleEffect.Allow, false)]
    public async Task HostedTool_RuleAsksOrRefuses_IsLeftOutWithANotice(RuleEffect effect, bool isLeftOut)
    {
        await using var desk = await GateDesk.StartAsync();
        await desk.AddRuleAsync(effect, "web_*");
        desk.Model.ThenText("Hello.");

        var view = await desk.Host.EndAsync(await desk.Host.Runs.StartAsync(Request(["web_search", "code_interpreter", "mcp:dice"])));

        var hosted = desk.Model.Requests[0].Options!.Tools!.Where(tool => tool is not AIFunction).ToList();
        Assert.Equal(isLeftOut ? ["code_interpreter", "mcp"] : ["web_search", "code_interpreter", "mcp"], hosted.Select(tool => tool.Name));
        Assert.Same(HostedMcpServerToolApprovalMode.AlwaysRequire, hosted.OfType<HostedMcpServerTool>().Single().ApprovalMode);
        var notices = view.Items.Where(item => item.Kind is RunItemKind.Notice).Select(item => item.Text);
        Assert.Equal(isLeftOut ? 1 : 0, notices.Count(text => text.Contains("web_search was left out", StringComparison.Ordinal) && text.Contains("Rule \"Rule\"", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(RuleEffect.Ask)]
    [InlineData(RuleEffect.Deny)]
    public async Task HostedTool_RuleLooksAtArgumentsThatNobodySees_IsLeftOut(RuleEffect effect)
    {
        await using var desk = await GateDesk.StartAsync();
        await desk.AddRuleAsync(effect, "code_*", conditions: new RuleCondition("$.code", "contains", JsonElement.Parse("\"import socket\"")));
        desk.Model.ThenText("Hello.");

        await desk.Host.EndAsync(await desk.Host.Runs.StartAsync(Request(["image_generation", "code_interpreter"])));

        Assert.Equal(["image_generation"], Hosted(desk));
    }

    [Theory]
    [InlineData(true, new[] { "web_search", "code_interpreter" }, new[] { "web_search" })]
    [InlineData(true, new[] { "mcp:dice", "code_interpreter" }, new[] { "mcp" })]
    [InlineData(false, new[] { "web_search", "code_interpreter" }, new[] { "web_search" })] // before the search
    public async Task HostedTool_RuleIsForOutsideContentThatTheSameAnswerMayBring_IsLeftOut(bool untrusted, string[] tools, string[] left)
    {
        await using var desk = await GateDesk.StartAsync(hasOutsideTool: false);
        await desk.AddRuleAsync(RuleEffect.Ask, "code_interpreter", untrusted);
        desk.Model.ThenText("Hello.");

        await desk.Host.EndAsync(await desk.Host.Runs.StartAsync(Request(tools)));

        Assert.Equal(left, Hosted(desk));
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)] // the agent's own tool may bring it as well
    public async Task HostedTool_RuleIsForOutsideContent_StaysWhereNothingBringsIt(bool hasOutsideTool, bool isKept)
    {
        await using var desk = await GateDesk.StartAsync(hasOutsideTool: hasOutsideTool);
        await desk.AddRuleAsync(RuleEffect.Deny, "code_interpreter", untrusted: true);
        desk.Model.ThenText("Hello.");

        await desk.Host.EndAsync(await desk.Host.Runs.StartAsync(Request(["code_interpreter"])));

        Assert.Equal(isKept ? ["code_interpreter"] : [], Hosted(desk));
    }

    private static IReadOnlyList<string> Hosted(GateDesk desk) =>
        [.. desk.Model.Requests[0].Options!.Tools!.Where(tool => tool is not AIFunction).Select(tool => tool.Name)];

    private static StartRun Request(IReadOnlyList<string> tools) =>
        RunsHost.Request("Roll") with { Connection = ConversationConnection.Default with { HostedTools = tools } };
}
