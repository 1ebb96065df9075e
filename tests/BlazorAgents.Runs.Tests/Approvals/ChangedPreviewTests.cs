using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;
using BlazorAgents.Runs.Tests.Hosting;
using BlazorAgents.Testing.Fakes;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Runs.Tests.Approvals;

/// <summary>The same arguments come to mean something else while people think, or while an approved call waits for its turn.</summary>
[Trait("Id", "REL-22")]
public sealed class ChangedPreviewTests
{
    [Fact]
    public async Task Rel22_PriceChangesAfterTheApproval_ApprovalIsVoidAndAskedAgain()
    {
        await using var desk = await GateDesk.StartAsync();
        desk.Model.ThenCalls(GateDesk.Order()).ThenText("Ordered.");
        var (view, first) = await desk.WaitAsync();
        await desk.Host.StopEngineAsync();
        await desk.ApproveAsync(first);
        desk.Price = 999;

        await desk.Host.StartEngineAsync();
        var after = await desk.Host.ViewAsync(new StartedRun(first.ConversationId, view.TurnId, first.RunId));
        await after.UntilAsync(v => v.State.Status is RunStatus.AwaitingApproval && v.Items.Any(i => i.Tool?.RequestId is { } id && id != $"{first.Id}"));

        Assert.Empty(desk.Ran);
        var second = await desk.PendingAsync(first.RunId);
        Assert.Equal(("Order a laptop for 10 $", "Order a laptop for 999 $"), (first.Sentence, second.Sentence));
        var ended = await desk.Host.Database.ReadAsync(c => c.Approvals.SingleAsync(a => a.Id == first.Id));
        Assert.Equal(ApprovalState.Superseded, ended.State);
        Assert.Contains("999 $", ended.Cause, StringComparison.Ordinal);

        await desk.ApproveAsync(second);
        await after.UntilEndedAsync();
        Assert.Equal(["laptop"], desk.Ran);
    }

    [Fact]
    public async Task Decide_SentenceReadsDifferentlyByNow_IsRefusedWithTheNewOne()
    {
        await using var desk = await GateDesk.StartAsync();
        desk.Model.ThenCalls(GateDesk.Order()).ThenText("Ordered.");
        var (view, approval) = await desk.WaitAsync();
        desk.Price = 999;

        var result = await DecideAsync(approval.Sentence);

        var refused = Assert.IsType<DecisionResult.Refused>(result).Refusal;
        Assert.Equal(ApprovalRefusalKind.Superseded, refused.Kind);
        Assert.Contains("Order a laptop for 999 $", refused.Message, StringComparison.Ordinal);
        Assert.Equal(approval.Id, (await desk.PendingAsync(approval.RunId)).Id);

        var decided = Assert.IsType<DecisionResult.Decided>(await DecideAsync("Order a laptop for 999 $"));
        Assert.Equal("Order a laptop for 999 $", decided.Approval.Sentence);
        await view.UntilEndedAsync();
        Assert.Equal(["laptop"], desk.Ran);

        Task<DecisionResult> DecideAsync(string seen) =>
            desk.Host.Get<ApprovalService>().DecideAsync(GateDesk.Approver, approval.Id, new ApprovalDecision.Approve(Seen: seen));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5_000)]
    public async Task Ask_ToolWithoutWordsOfItsOwn_IsASentenceWithoutSecretsAndBounded(int length)
    {
        await using var desk = await GateDesk.StartAsync();
        desk.Model.ThenCalls(ScriptedChatClient.Call("1", "login", $$"""{"password":"hunter2","what":"{{new string('x', length)}}"}"""));

        var (_, approval) = await desk.WaitAsync();

        Assert.StartsWith("""login with {"password":"••••••••","what":"x""", approval.Sentence, StringComparison.Ordinal);
        Assert.True(approval.Sentence.Length <= ToolPreview.MaxSentence);
        Assert.Contains("hunter2", approval.Arguments, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rel22_CannotBeToldAfterTheApproval_ApprovalIsVoidAndAskedAgain()
    {
        await using var desk = await GateDesk.StartAsync();
        desk.Model.ThenCalls(GateDesk.Order()).ThenText("Ordered.");
        var (view, first) = await desk.WaitAsync();
        await desk.Host.StopEngineAsync();
        await desk.ApproveAsync(first);
        desk.Price = null;

        await desk.Host.StartEngineAsync();
        var after = await desk.Host.ViewAsync(new StartedRun(first.ConversationId, view.TurnId, first.RunId));
        await after.UntilAsync(v => !v.State.IsActive || (v.State.Status is RunStatus.AwaitingApproval && v.Items.Any(i => i.Tool?.RequestId is { } id && id != $"{first.Id}")));

        Assert.Empty(desk.Ran);
        var ended = await desk.Host.Database.ReadAsync(c => c.Approvals.SingleAsync(a => a.Id == first.Id));
        Assert.Equal((ApprovalState.Superseded, "What the call would do could not be told when it was about to run."), (ended.State, ended.Cause));

        var second = await desk.PendingAsync(first.RunId);
        desk.Price = 10;
        await desk.ApproveAsync(second);
        await after.UntilEndedAsync();
        Assert.Equal(["laptop"], desk.Ran);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Decide_CannotBeToldNow_IsRefusedUntilItCan(bool wasToldBefore)
    {
        await using var desk = await GateDesk.StartAsync();
        desk.Model.ThenCalls(GateDesk.Order()).ThenText("Ordered.");
        desk.Price = wasToldBefore ? 10 : null;
        var (view, approval) = await desk.WaitAsync();
        desk.Price = null;

        foreach (var decision in new ApprovalDecision[] { new ApprovalDecision.Approve(Seen: approval.Sentence), new ApprovalDecision.Approve(), new ApprovalDecision.ApproveEdited("""{"what":"mouse"}""") })
        {
            var refused = Assert.IsType<DecisionResult.Refused>(await DecideAsync(decision)).Refusal;
            Assert.Equal("What the call would do cannot be told just now. Try again in a moment.", refused.Message);
        }

        desk.Price = 10;
        var decided = Assert.IsType<DecisionResult.Decided>(await DecideAsync(new ApprovalDecision.Approve(Seen: "Order a laptop for 10 $")));
        Assert.Equal("Order a laptop for 10 $", decided.Approval.Sentence);
        await view.UntilEndedAsync();
        Assert.Equal(["laptop"], desk.Ran);

        Task<DecisionResult> DecideAsync(ApprovalDecision decision) => desk.Host.Get<ApprovalService>().DecideAsync(GateDesk.Approver, approval.Id, decision);
    }

    [Fact]
    public async Task Decide_CannotBeToldNow_CanBeRejected()
    {
        await using var desk = await GateDesk.StartAsync();
        desk.Model.ThenCalls(GateDesk.Order()).ThenText("I see.");
        desk.Price = null;
        var (view, approval) = await desk.WaitAsync();

        Assert.IsType<DecisionResult.Decided>(await desk.Host.Get<ApprovalService>().DecideAsync(GateDesk.Approver, approval.Id, new ApprovalDecision.Reject("No.")));
        await view.UntilEndedAsync();

        Assert.Empty(desk.Ran);
    }

    [Fact]
    public async Task DecideMany_OneCannotBeTold_IsLeftOutAndTheOthersAreDecided()
    {
        var paper = 1;
        await using var desk = await GateDesk.StartAsync(furtherTool: AgentTool.Create(
            (string what) => what,
            "print",
            new AgentToolOptions
            {
                Risk = ToolRisk.Write,
                Preview = (string what) => what == "photo" && paper == 0 ? throw new InvalidOperationException("No paper.") : new ToolPreview($"Print the {what}", []),
            }));
        desk.Model.ThenCalls(
            ScriptedChatClient.Call("1", "print", """{"what":"letter"}"""), ScriptedChatClient.Call("2", "print", """{"what":"photo"}"""));
        var run = await desk.Host.SendAsync("Print");
        await (await desk.Host.ViewAsync(run)).UntilAsync(v => v.State.Status is RunStatus.AwaitingApproval);
        var requests = await desk.Host.Database.ReadAsync(c => c.Approvals.ToListAsync());
        paper = 0;

        var result = await desk.Host.Get<ApprovalService>().DecideManyAsync(GateDesk.Approver, [.. requests.Select(r => r.Id)], new ApprovalDecision.Approve());

        Assert.Equal("Print the letter", Assert.Single(result.Decided).Sentence);
        Assert.Contains("cannot be told just now", Assert.Single(result.LeftOut).Because, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decide_ToolThatOnlyReads_IsNotComparedForItIsNotToldAtTheGate()
    {
        await using var desk = await GateDesk.StartAsync(furtherTool: AgentTool.Create(
            (string what) => what, "peek", new AgentToolOptions { Preview = (string what) => new ToolPreview($"Look at the {what}", []) }));
        await desk.AddRuleAsync(RuleEffect.Ask, "peek");
        desk.Model.ThenCalls(GateDesk.Call("peek")).ThenText("Seen.");
        var (view, approval) = await desk.WaitAsync();

        var result = await desk.Host.Get<ApprovalService>().DecideAsync(GateDesk.Approver, approval.Id, new ApprovalDecision.Approve(Seen: approval.Sentence));
        await view.UntilEndedAsync();

        Assert.IsType<DecisionResult.Decided>(result);
        Assert.Equal(RunStatus.Completed, view.State.Status);
    }

    [Fact]
    public async Task DecideEdited_ChangesTheSentence_RunsWithoutAskingAgain()
    {
        await using var desk = await GateDesk.StartAsync();
        desk.Model.ThenCalls(GateDesk.Order()).ThenText("Ordered.");
        var (view, approval) = await desk.WaitAsync();

        await desk.Host.Get<ApprovalService>().DecideAsync(GateDesk.Approver, approval.Id, new ApprovalDecision.ApproveEdited("""{"what":"mouse"}"""));
        await view.UntilEndedAsync();

        Assert.Equal(["mouse"], desk.Ran);
        Assert.Equal("Order a mouse for 10 $", (await desk.Host.Database.ReadAsync(c => c.Approvals.SingleAsync())).Sentence);
    }
}
