using System.Runtime.CompilerServices;
using BlazorAgents.Agents;
using BlazorAgents.Data;
using BlazorAgents.Runs.Tests.Hosting;
using BlazorAgents.Testing.Fakes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs.Tests.Approvals;

/// <summary>What changes between the beginning of an answer and the beginning of a call counts for the call.</summary>
public sealed class ChangedMeanwhileTests
{
    [Theory]
    [InlineData("tool off")]
    [InlineData("person off")]
    [InlineData("role taken")]
    [InlineData("rule denies")]
    [InlineData("stop asked")]
    [InlineData("taken over")]
    public async Task Run_SomethingChangesWhileTheModelSpeaks_CallDoesNotRun(string change)
    {
        await using var desk = await GateDesk.StartAsync();
        await desk.Host.Database.WriteAsync(c => Task.FromResult(c.UserRoles.Add(new() { UserId = RunsHost.User, RoleId = "approvers" })));
        desk.Model.Then((_, cancellationToken) => ChangeAndCallAsync(desk, change, cancellationToken)).ThenText("I see.");

        var run = await desk.Host.SendAsync();
        var view = await desk.Host.ViewAsync(run);
        await view.UntilEndedAsync();

        Assert.Empty(desk.Ran);
        Assert.Empty(await desk.Host.Database.ReadAsync(c => c.ToolExecutions.Where(e => e.State != ToolExecutionState.Refused).ToListAsync()));
    }

    [Fact]
    public async Task Run_RuleThatRefusesComesAfterTheApproval_ApprovalIsVoid()
    {
        await using var desk = await GateDesk.StartAsync();
        desk.Model.ThenCalls(GateDesk.Order()).ThenText("I may not.");
        var (view, approval) = await desk.WaitAsync();
        await desk.AddRuleAsync(RuleEffect.Deny, "order");

        await desk.ApproveAsync(approval);
        await view.UntilEndedAsync();

        Assert.Empty(desk.Ran);
        var stored = await desk.Host.Database.ReadAsync(c => c.Approvals.SingleAsync());
        Assert.Equal(ApprovalState.Superseded, stored.State);
        Assert.Contains("denies", stored.Cause, StringComparison.Ordinal);
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> ChangeAndCallAsync(
        GateDesk desk, string change, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await ChangeAsync(desk, change);
        await foreach (var update in ScriptedChatClient.Stream(ChatFinishReason.ToolCalls, [GateDesk.Call("restock")], cancellationToken))
        {
            yield return update;
        }
    }

    private static Task ChangeAsync(GateDesk desk, string change) => change switch
    {
        "tool off" => desk.SetAsync("restock", isEnabled: false),
        "person off" => desk.Host.Database.WriteAsync(c => c.Users.Where(u => u.Id == RunsHost.User).ExecuteUpdateAsync(s => s.SetProperty(u => u.DisabledAt, DateTimeOffset.UtcNow))),
        "role taken" => desk.Host.Database.WriteAsync(c => c.UserRoles.Where(r => r.UserId == RunsHost.User).ExecuteDeleteAsync()),
        "rule denies" => desk.AddRuleAsync(RuleEffect.Deny, "restock"),
        "stop asked" => desk.Host.Database.WriteAsync(c => c.Runs.ExecuteUpdateAsync(s => s.SetProperty(r => r.StopRequested, true))),
        _ => desk.Host.Database.WriteAsync(c => c.Runs.ExecuteUpdateAsync(
            s => s.SetProperty(r => r.Generation, r => r.Generation + 1).SetProperty(r => r.Status, RunStatus.Interrupted).SetProperty(r => r.Owner, (string?)null))),
    };
}
