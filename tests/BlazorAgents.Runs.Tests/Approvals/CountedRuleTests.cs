using System.Text.Json;
using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;
using BlazorAgents.Runs.Tests.Hosting;
using BlazorAgents.Testing.Fakes;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Runs.Tests.Approvals;

/// <summary>Rules that allow only so often, at the gate.</summary>
public sealed class CountedRuleTests
{
    [Fact]
    public async Task Run_OneUseForTwoCallsOfAStep_OneRunsAndTheOtherIsAskedForWhatItIs()
    {
        await using var desk = await GateDesk.StartAsync();
        await desk.AddRuleAsync(RuleEffect.Allow, "order", uses: 1);
        desk.Model.ThenCalls(GateDesk.Order(), GateDesk.Order("mouse", "2")).ThenText("Ordered both.");

        var (view, asked) = await desk.WaitAsync();

        Assert.Equal(["laptop"], desk.Ran);
        Assert.Equal(("2", null, ApprovalDecider.Approver), (asked.CallId, asked.RuleId, asked.Decider));
        Assert.Equal(("order moves money: a person decides", "Order a mouse for 10 $"), (asked.AskedBecause, asked.Sentence));

        await desk.ApproveAsync(asked);
        await view.UntilAsync(v => !v.State.IsActive || v.Items.Any(i => i.Tool?.RequestId is { } id && id != $"{asked.Id}"));
        Assert.Equal((RunStatus.Completed, "Ordered both."), (view.State.Status, view.Text()));
        Assert.Equal(["laptop", "mouse"], desk.Ran);
    }

    [Fact]
    public async Task Run_UsesGone_NextRuleThatAllowsCounts()
    {
        await using var desk = await GateDesk.StartAsync();
        await desk.AddRuleAsync(RuleEffect.Allow, "order", uses: 1);
        await desk.AddRuleAsync(RuleEffect.Allow, "ord*", uses: 1);
        desk.Model.ThenCalls(GateDesk.Order(), GateDesk.Order("mouse", "2"), GateDesk.Order("desk", "3"));

        var (_, asked) = await desk.WaitAsync();

        Assert.Equal(["laptop", "mouse"], desk.Ran.Order());
        Assert.Equal("3", asked.CallId);
        Assert.Equal([0, 0], await desk.Host.Database.ReadAsync(c => c.ApprovalRules.Select(r => r.UsesLeft).ToListAsync()));
    }

    [Fact]
    public async Task Run_UsesGoneAndMeanwhileDeniedByAnotherProcess_IsRefused()
    {
        using var folder = new TempFolder();
        var time = new ManualTimeProvider(); // what was read does not grow old
        await using var other = await RunsHost.StartAsync(new RunsHostSettings { Folder = folder, StartEngine = false });
        await using var desk = await GateDesk.StartAsync(folder, time);
        await desk.AddRuleAsync(RuleEffect.Allow, "order", uses: 1);
        await desk.Host.Get<RuleService>().GetSetAsync();
        await other.Database.WriteAsync(async context =>
        {
            await context.ApprovalRules.ExecuteUpdateAsync(set => set.SetProperty(r => r.UsesLeft, 0));
            context.ApprovalRules.Add(new ApprovalRule { Id = Guid.CreateVersion7(), Name = "Never", Effect = RuleEffect.Deny, ToolPattern = "order", CreatedById = "1", CreatedByName = "Ada" });
        });
        desk.Model.ThenCalls(GateDesk.Order()).ThenText("I may not.");

        var (_, view) = await desk.Host.AskAsync();

        Assert.Empty(desk.Ran);
        Assert.Contains("Rule \"Never\" denies", view.Items[0].Tool!.Result, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_RulesReadBeforeTheCommitThatTakesTheLastUse_AreReadAnewAfterIt()
    {
        await using var desk = await GateDesk.StartAsync(time: new ManualTimeProvider());
        await desk.AddRuleAsync(RuleEffect.Allow, "order", uses: 1);
        var rules = desk.Host.Get<RuleService>();
        desk.Host.BeforeCommit = () => rules.GetSetAsync();
        desk.Model.ThenCalls(GateDesk.Order()).ThenText("Ordered.");

        await desk.Host.AskAsync();

        var call = new RuleCall(
            "order", RunsHost.Agent, RunsHost.User, Roles.User, Guid.NewGuid(), HasUntrustedContent: false, JsonElement.Parse("{}"), ToolRisk.Money, ToolApprovalMode.ByRisk);
        Assert.Equal(["laptop"], desk.Ran);
        Assert.Null((await rules.GetSetAsync()).Evaluate(call, DateTimeOffset.UnixEpoch).RuleId);
    }
}
