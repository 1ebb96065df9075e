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
