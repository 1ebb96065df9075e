using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Runs.Tests.Approvals;

/// <summary>What a page never sends, sent all the same: the service refuses it in words, and nothing changes.</summary>
[Trait("Id", "BLZ-04")]
public sealed class ForgedDecisionTests
{
    [Fact]
    public async Task Blz04_IdsOfOtherThings_DoNotExist()
    {
        await using var host = await ApprovalHost.StartAsync();
        var row = await host.PendingAsync();
        var turn = await host.Host.Database.ReadAsync(c => c.Turns.Select(t => t.Id).FirstAsync());
        foreach (var id in new[] { row.RunId, row.ConversationId, turn, Guid.Empty, Guid.AllBitsSet, Guid.NewGuid() })
        {
            Assert.Equal(ApprovalRefusal.NotFound, Assert.IsType<DecisionResult.Refused>(
                await host.Service.DecideAsync(ApprovalHost.Admin, id, new ApprovalDecision.Approve())).Refusal);
            Assert.Equal(ApprovalRefusal.NotFound, await host.Service.AssignAsync(ApprovalHost.Admin, id));
            Assert.Null(await host.Service.GetAsync(ApprovalHost.Admin, id));
        }

        Assert.Equal(ApprovalState.Pending, (await host.StoredAsync(row.Id)).State);
    }

    [Theory]
    [InlineData(ApprovalState.Expired, ApprovalRefusalKind.Expired)]
    [InlineData(ApprovalState.Cancelled, ApprovalRefusalKind.Cancelled)]
    [InlineData(ApprovalState.Superseded, ApprovalRefusalKind.Superseded)]
    [InlineData(ApprovalState.Consumed, ApprovalRefusalKind.NotAllowed)]
    [InlineData(ApprovalState.Executed, ApprovalRefusalKind.NotAllowed)]
    [InlineData(ApprovalState.Failed, ApprovalRefusalKind.NotAllowed)]
    [InlineData(ApprovalState.Unknown, ApprovalRefusalKind.NotAllowed)]
    public async Task Blz04_StalePage_DecisionOfAnyKindChangesNothing(ApprovalState state, ApprovalRefusalKind kind)
    {
        await using var host = await ApprovalHost.StartAsync();
        var row = await host.PendingAsync();
        await host.Host.Database.WriteAsync(c => c.Approvals.ExecuteUpdateAsync(set => set.SetProperty(a => a.State, state)));
        ApprovalDecision[] decisions =
        [
            new ApprovalDecision.Approve(), new ApprovalDecision.ApproveEdited("""{"quantity":2}"""), new ApprovalDecision.Reject("No."),
            new ApprovalDecision.RejectAndStop("No."), new ApprovalDecision.AnswerInstead("Here."),
        ];
        foreach (var decision in decisions)
        {
            Assert.Equal(kind, Assert.IsType<DecisionResult.Refused>(await host.Service.DecideAsync(ApprovalHost.Admin, row.Id, decision)).Refusal.Kind);
        }

        var stored = await host.StoredAsync(row.Id);
        Assert.Equal((state, null, null), (stored.State, stored.DecidedById, stored.EditedArguments));
        Assert.Equal(["approval.requested"], await host.AuditAsync(row.Id));
        Assert.Equal(RunStatus.AwaitingApproval, await host.RunStatusAsync(row.RunId));
    }

    [Theory]
    [InlineData("bell \a")]
    [InlineData("nul \0")]
    [InlineData("escape \u001b[2J")]
    [InlineData("half \ud800 a letter")]
    public async Task Blz04_TextWithControlCharacters_IsInvalidInEveryField(string text)
    {
        await using var host = await ApprovalHost.StartAsync();
        var row = await host.PendingAsync();
        (ApprovalDecision Decision, string Field)[] all =
        [
            (new ApprovalDecision.Approve(text), "Reason"), (new ApprovalDecision.ApproveEdited("""{"quantity":2}""", text), "Reason"),
            (new ApprovalDecision.Reject(text), "Reason"), (new ApprovalDecision.RejectAndStop(text), "Reason"), (new ApprovalDecision.AnswerInstead(text), "Text"),
        ];
        foreach (var (decision, field) in all)
        {
            var refusal = Assert.IsType<DecisionResult.Refused>(await host.Service.DecideAsync(ApprovalHost.Approver, row.Id, decision)).Refusal;
            Assert.Equal((ApprovalRefusalKind.Invalid, field), (refusal.Kind, refusal.Field));
        }

        Assert.IsType<DecisionResult.Decided>(await host.Service.DecideAsync(ApprovalHost.Approver, row.Id, new ApprovalDecision.Reject("Two\r\nlines\tand a tab 😀")));
    }

    [Fact]
    public async Task Blz04_TextsBeyondTheirLength_AreInvalid()
    {
        await using var host = await ApprovalHost.StartAsync();
        var row = await host.PendingAsync();
        foreach (var decision in new ApprovalDecision[]
        {
            new ApprovalDecision.Approve(new string('x', 2_001)), new ApprovalDecision.Reject(new string('x', 2_001)),
            new ApprovalDecision.RejectAndStop(new string('x', 1_000_000)), new ApprovalDecision.AnswerInstead(new string('x', 20_001)),
            new ApprovalDecision.ApproveEdited($$"""{"quantity":1,"sku":"{{new string('x', 100_000)}}"}"""),
        })
        {
            Assert.Equal(ApprovalRefusalKind.Invalid, Assert.IsType<DecisionResult.Refused>(
                await host.Service.DecideAsync(ApprovalHost.Approver, row.Id, decision)).Refusal.Kind);
        }
    }

    [Theory]
    [InlineData("""{"quantity":1,"sku":"\ud800"}""")]
    [InlineData("""{"quantity":1,"sk\udc00":"a"}""")]
    [InlineData("""{"quantity":1e400}""")]
    [InlineData("""{"quantity":99999999999999999999999999999999999999}""")]
    [InlineData("""{"quantity":1.0}""")]
    [InlineData("""{"quantity":NaN}""")]
    [InlineData("""{"quantity":1} {"quantity":2}""")]
    [InlineData("""{"quantity":1,}""")]
    [InlineData("deep")]
    public async Task Blz04_ArgumentsThatNoFormSends_AreInvalid(string arguments)
    {
        await using var host = await ApprovalHost.StartAsync();
        var row = await host.PendingAsync();
        var forged = arguments == "deep" ? $$"""{"quantity":1,"sku":{{new string('[', 20_000)}}{{new string(']', 20_000)}}}""" : arguments;

        var result = await host.Service.DecideAsync(ApprovalHost.Approver, row.Id, new ApprovalDecision.ApproveEdited(forged));

        Assert.Equal(ApprovalRefusalKind.Invalid, Assert.IsType<DecisionResult.Refused>(result).Refusal.Kind);
        Assert.Equal(ApprovalState.Pending, (await host.StoredAsync(row.Id)).State);
    }

    [Fact]
    public async Task Hosted_EditOrAnswerInstead_IsRefusedButApproveIsNot()
    {
        await using var host = await ApprovalHost.StartAsync();
        var row = await host.PendingAsync(draft => draft with { Kind = ApprovalKind.HostedMcp });
        foreach (var decision in new ApprovalDecision[] { new ApprovalDecision.ApproveEdited("""{"quantity":2}"""), new ApprovalDecision.AnswerInstead("Here.") })
        {
            Assert.Equal(ApprovalRefusalKind.Invalid, Assert.IsType<DecisionResult.Refused>(
                await host.Service.DecideAsync(ApprovalHost.Approver, row.Id, decision)).Refusal.Kind);
        }

        Assert.IsType<DecisionResult.Decided>(await host.Service.DecideAsync(ApprovalHost.Approver, row.Id, new ApprovalDecision.Approve()));
    }

    [Fact]
    [Trait("Id", "REL-21")]
    public async Task Rel21_FiftyDecisionsAtOnce_OneWinsAndTheAuditHasOne()
    {
        await using var host = await ApprovalHost.StartAsync();
        var row = await host.PendingAsync();
        using var start = new ManualResetEventSlim();

        var all = Enumerable.Range(0, 50).Select(n => Task.Run(async () =>
        {
            start.Wait();
            return await host.Service.DecideAsync(
                n % 2 == 0 ? ApprovalHost.Approver : ApprovalHost.Second, row.Id, n % 3 == 0 ? new ApprovalDecision.Reject($"No {n}.") : new ApprovalDecision.Approve($"Yes {n}."));
        })).ToList();
        start.Set();
        var results = await Task.WhenAll(all);

        var winner = Assert.Single(results.OfType<DecisionResult.Decided>()).Approval;
        Assert.All(results.OfType<DecisionResult.AlreadyDecided>(), seen => Assert.Equal((winner.DecidedById, winner.DecisionReason), (seen.Approval.DecidedById, seen.Approval.DecisionReason)));
        Assert.Equal(49, results.OfType<DecisionResult.AlreadyDecided>().Count());
        Assert.Equal(["approval.requested", $"approval.{winner.State.ToString().ToLowerInvariant()}"], await host.AuditAsync(row.Id));
    }
}
