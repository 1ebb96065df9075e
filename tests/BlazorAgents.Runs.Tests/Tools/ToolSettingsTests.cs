using BlazorAgents.Agents;
using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;
using BlazorAgents.Runs.Tests.Approvals;
using BlazorAgents.Runs.Tests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs.Tests.Tools;

/// <summary>What administrators set for tools, and what follows from it.</summary>
public sealed class ToolSettingsTests
{
    private static readonly Actor s_admin = ApprovalHost.Admin;

    private static readonly AITool[] s_tools =
    [
        AgentTool.Create((string what) => what, "create_order", new AgentToolOptions { Risk = ToolRisk.Money }),
        new ApprovalRequiredAIFunction(AIFunctionFactory.Create((string what) => what, "send")),
        new HostedWebSearchTool(),
    ];

    [Fact]
    public async Task SwitchOff_OpenRequests_AreWithdrawnWithTheCause_AndOthersStay()
    {
        await using var host = await StartAsync();
        var (pending, approved) = (await host.PendingAsync(), await host.ApprovedAsync());
        var (otherTool, otherAgent) = (await host.PendingAsync(d => d with { ToolName = "send" }), await host.PendingAsync(d => d with { AgentId = "other" }));
        var news = new List<ApprovalNews>();
        using var subscription = host.Service.Subscribe(news.Add);

        Assert.Equal(2, await Service(host).SetEnabledAsync(s_admin, RunsHost.Agent, "create_order", isEnabled: false));

        Assert.Equal([pending.Id, approved.Id], news.Select(n => n.ApprovalId));
        foreach (var row in new[] { pending, approved })
        {
            var stored = await host.StoredAsync(row.Id);
            Assert.Equal((ApprovalState.Cancelled, "The tool create_order of Assistant was switched off."), (stored.State, stored.Cause));
            Assert.Equal(RunStatus.Queued, await host.RunStatusAsync(row.RunId)); // goes on, and is told
        }

        Assert.Equal(ApprovalState.Pending, (await host.StoredAsync(otherTool.Id)).State);
        Assert.Equal(ApprovalState.Pending, (await host.StoredAsync(otherAgent.Id)).State);
        Assert.False((await ToolAsync(host, "create_order")).IsEnabled);
        Assert.Equal(0, await Service(host).SetEnabledAsync(s_admin, RunsHost.Agent, "create_order", isEnabled: false));
    }

    [Fact]
    public async Task Changes_EachOnce_AreToldToTheAudit()
    {
        await using var host = await StartAsync();
        host.Time.Advance(TimeSpan.FromMinutes(1));
        for (var i = 0; i < 2; i++)
        {
            await Service(host).SetModeAsync(s_admin, RunsHost.Agent, "create_order", ToolApprovalMode.NeverRequire);
            await Service(host).SetEnabledAsync(s_admin, RunsHost.Agent, "create_order", isEnabled: false);
        }

        await Service(host).SetEnabledAsync(s_admin, RunsHost.Agent, "create_order", isEnabled: true);

        var events = await host.Host.Database.ReadAsync(c => c.AuditEvents.OrderBy(e => e.Id).ToListAsync());
        Assert.Equal(["tool.changed", "tool.disabled", "tool.enabled"], events.Select(e => e.Action));
        Assert.All(events, e => Assert.Equal((s_admin.Id, "tool", "create_order"), (e.ActorId, e.SubjectType, e.SubjectId)));
        Assert.Equal("create_order of Assistant never asks a person", events[0].Summary);
        Assert.Contains("\"before\":\"ByRisk\"", events[0].Details, StringComparison.Ordinal);
        Assert.Contains("\"after\":\"NeverRequire\"", events[0].Details, StringComparison.Ordinal);
        var tool = await ToolAsync(host, "create_order");
        Assert.Equal((ToolApprovalMode.NeverRequire, true, host.Time.GetUtcNow()), (tool.Mode, tool.IsEnabled, tool.ChangedAt));
    }

    [Fact]
    public async Task SwitchOffAndOn_ToolThatAsksByItself_StillAsks()
    {
        await using var host = await StartAsync();
        await Service(host).SetEnabledAsync(s_admin, RunsHost.Agent, "send", isEnabled: false);
        await Service(host).SetEnabledAsync(s_admin, RunsHost.Agent, "send", isEnabled: true);

        Assert.Equal(ToolApprovalMode.AlwaysRequire, (await ToolAsync(host, "send")).Mode);
    }

    [Fact]
    [Trait("Id", "SEC-13")]
    public async Task Sec13_OnlyAdministratorsAsStored_Change()
    {
        await using var host = await StartAsync();
        foreach (var actor in new[] { ApprovalHost.Approver, ApprovalHost.Approver with { Role = Roles.Admin }, ApprovalHost.Requester, new Actor("nobody", "Nobody", Roles.Admin) })
        {
            await Assert.ThrowsAsync<UnauthorizedAccessException>(
                () => Service(host).SetModeAsync(actor, RunsHost.Agent, "create_order", ToolApprovalMode.NeverRequire));
            await Assert.ThrowsAsync<UnauthorizedAccessException>(() => Service(host).SetEnabledAsync(actor, RunsHost.Agent, "create_order", isEnabled: false));
        }

        Assert.False(await host.Host.Database.ReadAsync(c => c.ToolSettings.AnyAsync()));
        await Service(host).SetModeAsync(s_admin with { Role = Roles.User }, RunsHost.Agent, "create_order", ToolApprovalMode.AlwaysRequire);
        Assert.Equal(ToolApprovalMode.AlwaysRequire, (await ToolAsync(host, "create_order")).Mode);
    }

    [Theory]
    [InlineData("other", "create_order", ToolApprovalMode.AlwaysRequire, RunRequestError.NotFound)]
    [InlineData(RunsHost.Agent, "no_such_tool", ToolApprovalMode.AlwaysRequire, RunRequestError.NotFound)]
    [InlineData(RunsHost.Agent, "create_order", (ToolApprovalMode)7, RunRequestError.Invalid)]
    [InlineData(RunsHost.Agent, "web_search", ToolApprovalMode.AlwaysRequire, RunRequestError.Invalid)]
    [Trait("Id", "BLZ-04")]
    public async Task Blz04_ModeOfWhatIsNotThere_IsRefused(string agent, string tool, ToolApprovalMode mode, RunRequestError expected)
    {
        await using var host = await StartAsync();

        var refused = await Assert.ThrowsAsync<RunRequestException>(() => Service(host).SetModeAsync(s_admin, agent, tool, mode));

        Assert.Equal(expected, refused.Error);
        Assert.False(await host.Host.Database.ReadAsync(c => c.ToolSettings.AnyAsync()));
    }

    [Fact]
    [Trait("Id", "SEC-13")]
    public async Task Sec13_ToolSwitchedOff_CannotBeCalledEvenIfTheModelNamesIt()
    {
        await using var desk = await GateDesk.StartAsync();
        await desk.Host.Get<ToolService>().SetEnabledAsync(s_admin, RunsHost.Agent, "look", isEnabled: false);
        desk.Model.ThenCalls(GateDesk.Call("look")).ThenText("I cannot.");

        var (_, view) = await desk.Host.AskAsync();

        Assert.Empty(desk.Ran);
        Assert.DoesNotContain("look", desk.Model.Requests[0].Options!.Tools!.Select(tool => tool.Name));
        Assert.Equal(ToolOutcome.UnknownTool, view.Items.Single(item => item.Kind is RunItemKind.ToolCall).Tool!.Outcome);
        Assert.False(await desk.Host.Database.ReadAsync(c => c.ToolExecutions.AnyAsync()));
    }

    [Fact]
    [Trait("Id", "SEC-13")]
    public async Task Sec13_ToolSwitchedOffWhileACallWaits_RequestEndsAndTheAnswerGoesOnWithoutIt()
    {
        await using var desk = await GateDesk.StartAsync();
        desk.Model.ThenCalls(GateDesk.Order()).ThenText("I cannot.");
        var (view, approval) = await desk.WaitAsync();

        Assert.Equal(1, await desk.Host.Get<ToolService>().SetEnabledAsync(s_admin, RunsHost.Agent, "order", isEnabled: false));
        await view.UntilEndedAsync();

        Assert.Empty(desk.Ran);
        Assert.Equal("I cannot.", view.Text());
        Assert.Contains("The tool order of Assistant was switched off.", view.Items.Single(item => item.Kind is RunItemKind.ToolCall).Tool!.Result, StringComparison.Ordinal);
        var late = await desk.Host.Get<ApprovalService>().DecideAsync(GateDesk.Approver, approval.Id, new ApprovalDecision.Approve());
        Assert.IsNotType<DecisionResult.Decided>(late);
    }

    [Fact]
    public async Task Modes_OfTheGuide_DecideWhetherACallWaits()
    {
        await using var desk = await GateDesk.StartAsync();
        await desk.Host.Get<ToolService>().SetModeAsync(s_admin, RunsHost.Agent, "order", ToolApprovalMode.NeverRequire);
        await desk.Host.Get<ToolService>().SetModeAsync(s_admin, RunsHost.Agent, "look", ToolApprovalMode.AlwaysRequire);
        desk.Model.ThenCalls(GateDesk.Order()).ThenText("Done.").ThenCalls(GateDesk.Call("look"));

        await desk.Host.AskAsync();
        Assert.Equal(["laptop"], desk.Ran);
        var (_, approval) = await desk.WaitAsync();

        Assert.Equal("look", approval.ToolName);
        Assert.Equal(["laptop"], desk.Ran);
    }

    private static Task<ApprovalHost> StartAsync() => ApprovalHost.StartAsync(tools: s_tools);

    private static ToolService Service(ApprovalHost host) => host.Host.Get<ToolService>();

    private static async Task<ToolOfAgent> ToolAsync(ApprovalHost host, string name) =>
        (await Service(host).GetAsync(s_admin, name, TimeSpan.FromDays(1)))!.Tool.Agents[0];
}
