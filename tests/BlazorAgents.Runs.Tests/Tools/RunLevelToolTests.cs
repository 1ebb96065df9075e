using BlazorAgents.Agents;
using BlazorAgents.Data;
using BlazorAgents.Runs.Tests.Hosting;
using BlazorAgents.Testing.Fakes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs.Tests.Tools;

/// <summary>A run has the tools that were chosen for it and are granted, from its first stretch to its last.</summary>
public sealed class RunLevelToolTests
{
    private static readonly Actor s_approver = new("anna", "Anna", Roles.Approver);

    [Fact]
    public async Task Run_AddedTool_IsOfferedJournalledAndRuns()
    {
        await using var desk = await ToolDesk.StartAsync();
        desk.Model.ThenCalls(ScriptedChatClient.Call("1", "clock")).ThenText("Ten.");

        var (run, view) = await desk.AskAsync(ToolDesk.Adding("clock"));

        Assert.Equal(["look", "clock"], desk.Offered(0));
        Assert.Equal(["clock"], desk.Ran);
        Assert.Equal(ToolOutcome.Succeeded, view.Items[0].Tool!.Outcome);
        var journal = await desk.Host.Database.ReadAsync(c => c.ToolExecutions.SingleAsync());
        Assert.Equal((run.RunId, "clock", ToolExecutionState.Succeeded), (journal.RunId, journal.ToolName, journal.State));
    }

    [Theory]
    [Trait("Id", "REL-07")]
    [InlineData("clock")] // not added
    [InlineData("look")] // left out
    [InlineData("restock")] // an administrator's
    [InlineData("report")] // an approver's
    public async Task Rel07_ToolThatTheRunDoesNotHave_IsUnknownToTheModelAndCounted(string tool)
    {
        await using var desk = await ToolDesk.StartAsync();
        desk.Model.Otherwise = (_, ct) => ScriptedChatClient.Stream(ChatFinishReason.ToolCalls, [ScriptedChatClient.Call("", tool)], ct);

        var (_, view) = await desk.AskAsync(ToolDesk.LeavingOut("look"));

        Assert.Empty(desk.Ran);
        Assert.Equal((RunStatus.Completed, "ToolLimit"), (view.State.Status, view.State.FinishReason));
        var first = view.Items.First(item => item.Kind is RunItemKind.ToolCall).Tool!;
        Assert.Equal(ToolOutcome.UnknownTool, first.Outcome);
        Assert.Contains($"there is no tool named \"{tool}\"", first.Result, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("role")]
    [InlineData("off")]
    public async Task Run_AddedToolTakenAwayBeforeItBegins_IsNotThere(string how)
    {
        await using var desk = await ToolDesk.StartAsync(Roles.Approver);
        await desk.Host.StopEngineAsync();
        var run = await desk.SendAsync(ToolDesk.Adding("report"));
        await (how == "off" ? desk.SwitchOffAsync("report") : desk.SetRoleAsync(Roles.User));
        desk.Model.ThenCalls(ScriptedChatClient.Call("1", "report")).ThenText("I cannot.");

        await desk.Host.StartEngineAsync();
        var view = await desk.Host.EndAsync(run);

        Assert.DoesNotContain("report", desk.Offered(0));
        Assert.Equal((ToolOutcome.UnknownTool, 0), (view.Items[0].Tool!.Outcome!.Value, desk.Ran.Count));
    }

    [Fact]
    public async Task Regenerate_AfterTheConversationsChoiceChanged_HasTheRunsOwnTools()
    {
        await using var desk = await ToolDesk.StartAsync();
        desk.Model.ThenText("One.").ThenText("Another.").ThenText("Edited.");
        var (run, _) = await desk.AskAsync(ToolDesk.Adding("clock"));
        await desk.Host.Conversations.SetToolsAsync(RunsHost.User, run.ConversationId, ToolDesk.LeavingOut("look"));

        await desk.Host.EndAsync(await desk.Host.Runs.RegenerateAsync(RunsHost.User, run.RunId, Guid.NewGuid()));
        await desk.Host.EndAsync(await desk.Host.Runs.EditAsync(RunsHost.User, run.TurnId, Guid.NewGuid(), "Again"));

        Assert.Equal(["look", "clock"], desk.Offered(1));
        Assert.Empty(desk.Offered(2)); // a new message
    }

    [Fact]
    public async Task Continue_CutOffAnswer_HasTheRunsOwnTools()
    {
        await using var desk = await ToolDesk.StartAsync();
        desk.Model.Then(ChatFinishReason.Length, new TextContent("Once ")).ThenText("upon.");
        var (run, _) = await desk.AskAsync(ToolDesk.Adding("clock"));
        await desk.Host.Conversations.SetToolsAsync(RunsHost.User, run.ConversationId, ToolChoice.Default);

        await desk.Host.Runs.ContinueAsync(RunsHost.User, run.RunId);
        var view = await desk.Host.EndAsync(run);

        Assert.Equal("Once upon.", view.Text());
        Assert.Equal(["look", "clock"], desk.Offered(1));
    }

    [Fact]
    public async Task Recovery_QueuedInADeadProcess_HasTheRunsOwnTools()
    {
        using var folder = new TempFolder();
        StartedRun run;
        await using (var before = await ToolDesk.StartAsync(folder: folder))
        {
            await before.Host.StopEngineAsync();
            run = await before.SendAsync(ToolDesk.Adding("clock"));
        }

        await using var after = await ToolDesk.StartAsync(folder: folder, startEngine: false);
        after.Model.Otherwise = (_, ct) => ScriptedChatClient.Stream(ChatFinishReason.Stop, [new TextContent("Here.")], ct);
        await after.Host.StartEngineAsync();
        var view = await after.Host.EndAsync(run);

        Assert.Equal(RunStatus.Completed, view.State.Status);
        Assert.Equal(["look", "clock"], after.Offered(0));
    }

    [Fact]
    public async Task Resume_AddedMoneyToolAndAnApprovalAfterARestart_RunsOnce()
    {
        using var folder = new TempFolder();
        var (run, approval) = await WaitAsync(folder);

        await using var after = await ToolDesk.StartAsync(folder: folder);
        after.Model.ThenText("Paid.");
        await ApproveAsync(after, approval);
        var view = await after.Host.EndAsync(run);

        Assert.Equal((RunStatus.Completed, "Paid."), (view.State.Status, view.Text()));
        Assert.Equal(["pay"], after.Ran);
        Assert.Equal(["look", "clock", "pay"], after.Offered(0));
    }

    [Fact]
    [Trait("Id", "REL-22")]
    public async Task Rel22_AnotherToolOfTheRunChangedAfterTheRequest_ApprovalIsVoidAndAskedAgain()
    {
        using var folder = new TempFolder();
        var (run, approval) = await WaitAsync(folder);

        await using var after = await ToolDesk.StartAsync(folder: folder, clock: "Tells the time, and more.");
        await ApproveAsync(after, approval);
        var view = await after.Host.ViewAsync(run);
        await view.UntilAsync(v => v.State.Status is RunStatus.AwaitingApproval && v.Items.Any(i => i.Tool?.RequestId is { } id && id != $"{approval.Id}"));

        Assert.Empty(after.Ran);
        Assert.Equal(
            [ApprovalState.Superseded, ApprovalState.Pending],
            await after.Host.Database.ReadAsync(c => c.Approvals.OrderBy(a => a.CreatedAt).Select(a => a.State).ToListAsync()));
    }

    [Fact]
    public async Task Version_OfAnAgentWithRunLevelTools_CoversTheToolsOfTheRunAndNoOthers()
    {
        await using var desk = await ToolDesk.StartAsync();
        var catalog = desk.Host.Get<AgentCatalog>();
        var agent = catalog.Default;

        string Of(ToolChoice choice) => AgentVersion.Of(agent with { Tools = catalog.Choose(agent, choice).All });

        Assert.Equal(AgentVersion.Of(agent), Of(ToolChoice.Default));
        Assert.Equal(Of(ToolChoice.Default), Of(ToolDesk.Adding("restock", "look", "nothing"))); // the agent's own stay, once
        Assert.Equal(3, new[] { Of(ToolChoice.Default), Of(ToolDesk.Adding("clock")), Of(ToolDesk.LeavingOut("look")) }.Distinct().Count());
    }

    private static async Task<(StartedRun Run, Approval Approval)> WaitAsync(TempFolder folder)
    {
        await using var before = await ToolDesk.StartAsync(folder: folder);
        before.Model.ThenCalls(ScriptedChatClient.Call("1", "pay"));
        var run = await before.SendAsync(ToolDesk.Adding("clock", "pay"));
        var view = await before.Host.ViewAsync(run);
        await view.UntilAsync(v => v.State.Status is RunStatus.AwaitingApproval || !v.State.IsActive);
        Assert.Equal(RunStatus.AwaitingApproval, view.State.Status);
        Assert.Empty(before.Ran);
        return (run, await before.Host.Database.ReadAsync(c => c.Approvals.SingleAsync()));
    }

    private static async Task ApproveAsync(ToolDesk desk, Approval approval)
    {
        await desk.Host.Database.WriteAsync(context =>
        {
            context.Users.Add(new AppUser { Id = s_approver.Id, UserName = s_approver.Id });
            context.UserRoles.Add(new() { UserId = s_approver.Id, RoleId = Roles.Approver });
            return Task.CompletedTask;
        });
        Assert.IsType<DecisionResult.Decided>(await desk.Host.Get<ApprovalService>().DecideAsync(s_approver, approval.Id, new ApprovalDecision.Approve()));
    }
}
