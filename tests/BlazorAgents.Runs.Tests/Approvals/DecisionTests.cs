using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;
using BlazorAgents.Runs.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Runs.Tests.Approvals;

/// <summary>Who decides what, and what comes of it.</summary>
public sealed class DecisionTests
{
    [Theory]
    [InlineData("requester", ApprovalDecider.RequesterOrApprover, true)]
    [InlineData("requester", ApprovalDecider.Approver, false)]
    [InlineData("requester", ApprovalDecider.OtherApprover, false)]
    [InlineData("approver", ApprovalDecider.RequesterOrApprover, true)]
    [InlineData("approver", ApprovalDecider.Approver, true)]
    [InlineData("approver", ApprovalDecider.OtherApprover, true)]
    [InlineData("admin", ApprovalDecider.RequesterOrApprover, true)]
    [InlineData("admin", ApprovalDecider.Approver, true)]
    [InlineData("admin", ApprovalDecider.OtherApprover, true)]
    [InlineData("own", ApprovalDecider.RequesterOrApprover, true)]
    [InlineData("own", ApprovalDecider.Approver, true)]
    [InlineData("own", ApprovalDecider.OtherApprover, false)]
    public async Task Decide_EachPersonAndDecider_OnlyWhoMayDoes(string who, ApprovalDecider decider, bool may)
    {
        await using var host = await ApprovalHost.StartAsync();
        var actor = who switch { "requester" => ApprovalHost.Requester, "admin" => ApprovalHost.Admin, _ => ApprovalHost.Approver };
        var row = await host.PendingAsync(d => d with { Decider = decider, RequesterId = who == "own" ? actor.Id : d.RequesterId });

        var result = await host.Service.DecideAsync(actor, row.Id, new ApprovalDecision.Approve());

        var page = await host.Service.ListAsync(actor, new ApprovalFilter { IsHistory = may }, null, 10);
        Assert.Equal(may, result is DecisionResult.Decided);
        Assert.Equal(may ? ApprovalState.Approved : ApprovalState.Pending, (await host.StoredAsync(row.Id)).State);
        Assert.False(Assert.Single(page.Rows).MayDecide);
        if (!may)
        {
            var refusal = Assert.IsType<DecisionResult.Refused>(result).Refusal;
            Assert.Equal(ApprovalRefusalKind.NotAllowed, refusal.Kind);
            Assert.Contains(decider is ApprovalDecider.OtherApprover ? "Someone else" : "Only an approver", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(ApprovalDecider.RequesterOrApprover)]
    [InlineData(ApprovalDecider.Approver)]
    [InlineData(ApprovalDecider.OtherApprover)]
    public async Task Decide_ForeignOrUnknown_DoesNotExist(ApprovalDecider decider)
    {
        await using var host = await ApprovalHost.StartAsync();
        var row = await host.PendingAsync(d => d with { Decider = decider });

        foreach (var id in new[] { row.Id, Guid.NewGuid() })
        {
            var result = await host.Service.DecideAsync(ApprovalHost.Stranger, id, new ApprovalDecision.Approve());
            Assert.Equal(ApprovalRefusalKind.NotFound, Assert.IsType<DecisionResult.Refused>(result).Refusal.Kind);
            Assert.Null(await host.Service.GetAsync(ApprovalHost.Stranger, id));
        }

        Assert.Empty(await host.Service.ForRunAsync(ApprovalHost.Stranger, row.RunId));
        Assert.Equal(ApprovalState.Pending, (await host.StoredAsync(row.Id)).State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Decide_DisabledOrLoweredSinceTheSignIn_DecidesNothing(bool isDisabled)
    {
        await using var host = await ApprovalHost.StartAsync();
        var row = await host.PendingAsync();
        await host.Host.Database.WriteAsync(context => isDisabled
            ? context.Users.Where(u => u.Id == "approver").ExecuteUpdateAsync(set => set.SetProperty(u => u.DisabledAt, DateTimeOffset.UnixEpoch))
            : context.UserRoles.Where(r => r.UserId == "approver").ExecuteDeleteAsync());

        var result = await host.Service.DecideAsync(ApprovalHost.Approver, row.Id, new ApprovalDecision.Approve());

        Assert.Equal(
            isDisabled ? ApprovalRefusalKind.NotAllowed : ApprovalRefusalKind.NotFound, Assert.IsType<DecisionResult.Refused>(result).Refusal.Kind);
        Assert.Empty((await host.Service.ListAsync(ApprovalHost.Approver, new ApprovalFilter(), null, 10)).Rows);
        Assert.Equal(["approval.requested"], await host.AuditAsync(row.Id));
    }

    [Fact]
    [Trait("Id", "REL-21")]
    public async Task Rel21_TwoApproversAtOnce_OneWinsTheOtherSeesWhoAndTheAuditHasOne()
    {
        using var folder = new TempFolder();
        await using var host = await ApprovalHost.StartAsync(folder);
        await using var other = await ApprovalHost.StartAsync(folder); // another process on the same file
        for (var round = 0; round < 40; round++)
        {
            var row = await host.PendingAsync();
            using var start = new Barrier(2);
            var results = await Task.WhenAll(
                Task.Run(() => Meet(start, host.Service, ApprovalHost.Approver, new ApprovalDecision.Approve())),
                Task.Run(() => Meet(start, round % 2 == 0 ? host.Service : other.Service, ApprovalHost.Second, new ApprovalDecision.Reject("No."))));

            var winner = Assert.Single(results.OfType<DecisionResult.Decided>()).Approval;
            var seen = Assert.Single(results.OfType<DecisionResult.AlreadyDecided>()).Approval;
            Assert.Equal((winner.DecidedByName, winner.State, winner.DecidedAt), (seen.DecidedByName, seen.State, seen.DecidedAt));
            Assert.Equal(["approval.requested", $"approval.{winner.State.ToString().ToLowerInvariant()}"], await host.AuditAsync(row.Id));

            Task<DecisionResult> Meet(Barrier barrier, ApprovalService service, Actor actor, ApprovalDecision decision)
            {
                barrier.SignalAndWait();
                return service.DecideAsync(actor, row.Id, decision);
            }
        }

        Assert.Null((await host.Host.Get<AuditLog>().VerifyAsync()).Problem);
    }

    [Fact]
    public async Task Decide_SecondClick_ChangesNothingAndShowsTheFirst()
    {
        await using var host = await ApprovalHost.StartAsync();
        var row = await host.PendingAsync();
        await host.Service.DecideAsync(ApprovalHost.Approver, row.Id, new ApprovalDecision.Reject("Too dear."));

        var again = await host.Service.DecideAsync(ApprovalHost.Approver, row.Id, new ApprovalDecision.Approve());

        var first = Assert.IsType<DecisionResult.AlreadyDecided>(again).Approval;
        Assert.Equal((ApprovalState.Rejected, "Too dear.", "Anna"), (first.State, first.DecisionReason, first.DecidedByName));
        Assert.Equal(2, (await host.AuditAsync(row.Id)).Count);
    }

    [Theory]
    [InlineData("""{"quantity":0}""", "quantity")]
    [InlineData("""{"quantity":"many"}""", "quantity")]
    [InlineData("""{}""", "quantity")]
    [InlineData("""{"quantity":1,"price":0}""", "price")]
    [InlineData("""{"quantity":1,"quantity":2}""", "ArgumentsJson")]
    [InlineData("[1]", "ArgumentsJson")]
    [InlineData("not json", "ArgumentsJson")]
    [InlineData("", "ArgumentsJson")]
    public async Task DecideEdited_ForgedArguments_AreInvalidAndNameTheField(string arguments, string field)
    {
        await using var host = await ApprovalHost.StartAsync();
        var row = await host.PendingAsync();

        var result = await host.Service.DecideAsync(ApprovalHost.Approver, row.Id, new ApprovalDecision.ApproveEdited(arguments));

        var refusal = Assert.IsType<DecisionResult.Refused>(result).Refusal;
        Assert.Equal((ApprovalRefusalKind.Invalid, field), (refusal.Kind, refusal.Field));
        Assert.Equal(ApprovalState.Pending, (await host.StoredAsync(row.Id)).State);
    }

    [Fact]
    public async Task DecideEdited_Valid_KeepsBothAndTheModelIsTold()
    {
        await using var host = await ApprovalHost.StartAsync();
        var row = await host.PendingAsync();

        Assert.IsType<DecisionResult.Decided>(
            await host.Service.DecideAsync(ApprovalHost.Approver, row.Id, new ApprovalDecision.ApproveEdited("""{ "sku": "L1", "quantity": 2 }""")));

        var stored = await host.StoredAsync(row.Id);
        Assert.Equal(("""{"quantity":1}""", """{"quantity":2,"sku":"L1"}"""), (stored.Arguments, stored.EditedArguments));
        Assert.Contains(stored.EditedArguments!, ToolDecisionText.Of(stored), StringComparison.Ordinal);
        var details = await host.Host.Database.ReadAsync(c => c.AuditEvents.OrderByDescending(e => e.Id).Select(e => e.Details).FirstAsync());
        Assert.Contains("sku", details, StringComparison.Ordinal);
        Assert.DoesNotContain("L1", details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decide_RejectWithoutReason_IsInvalid()
    {
        await using var host = await ApprovalHost.StartAsync();
        var row = await host.PendingAsync();
        var result = await host.Service.DecideAsync(ApprovalHost.Approver, row.Id, new ApprovalDecision.Reject(" "));
        Assert.Equal("Reason", Assert.IsType<DecisionResult.Refused>(result).Refusal.Field);
    }

    [Fact]
    public async Task Decide_SeveralRequests_RunGoesOnAfterTheLast()
    {
        await using var host = await ApprovalHost.StartAsync();
        var run = await host.AddRunAsync();
        var rows = await host.OpenAsync(ApprovalHost.Draft(run), ApprovalHost.Draft(run, "2", """{"quantity":2}"""));

        await host.Service.DecideAsync(ApprovalHost.Approver, rows[0].Id, new ApprovalDecision.Approve());
        Assert.Equal(RunStatus.AwaitingApproval, await host.RunStatusAsync(run.Run));
        await host.Service.DecideAsync(ApprovalHost.Approver, rows[1].Id, new ApprovalDecision.AnswerInstead("Ask again tomorrow."));

        Assert.Equal(RunStatus.Queued, await host.RunStatusAsync(run.Run));
        Assert.Contains("Ask again tomorrow.", ToolDecisionText.Of(await host.StoredAsync(rows[1].Id)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decide_RejectAndStop_WithdrawsTheRestAndQueuesTheRun()
    {
        await using var host = await ApprovalHost.StartAsync();
        var run = await host.AddRunAsync();
        var rows = await host.OpenAsync(ApprovalHost.Draft(run), ApprovalHost.Draft(run, "2", """{"quantity":2}"""));

        await host.Service.DecideAsync(ApprovalHost.Approver, rows[0].Id, new ApprovalDecision.RejectAndStop("Stop."));

        Assert.True((await host.StoredAsync(rows[0].Id)).StopsRun);
        var rest = await host.StoredAsync(rows[1].Id);
        Assert.Equal(ApprovalState.Cancelled, rest.State);
        Assert.Contains("Anna", rest.Cause, StringComparison.Ordinal);
        Assert.Equal(RunStatus.Queued, await host.RunStatusAsync(run.Run));
    }

    [Fact]
    public async Task DecideMany_MixedRequests_DecidesTheLowRiskOnesOfOneToolAndSaysWhyNotTheOthers()
    {
        await using var host = await ApprovalHost.StartAsync();
        var (first, second) = (await host.PendingAsync(), await host.PendingAsync());
        var money = await host.PendingAsync(d => d with { Risk = ToolRisk.Money });
        var tool = await host.PendingAsync(d => d with { ToolName = "other" });
        var own = await host.PendingAsync(d => d with { RequesterId = "approver", Decider = ApprovalDecider.OtherApprover });
        var unknown = Guid.NewGuid();

        var batch = await host.Service.DecideManyAsync(
            ApprovalHost.Approver, [first.Id, second.Id, second.Id, money.Id, tool.Id, own.Id, unknown], new ApprovalDecision.Approve());

        Assert.Equal([first.Id, second.Id], batch.Decided.Select(a => a.Id));
        Assert.Equal([money.Id, tool.Id, own.Id, unknown], batch.LeftOut.Select(o => o.ApprovalId));
        Assert.All(new[] { ("Money", 0), ("other", 1), ("Someone else", 2), ("not exist", 3) }, x => Assert.Contains(x.Item1, batch.LeftOut[x.Item2].Because, StringComparison.Ordinal));
        Assert.Equal("approval.approved", (await host.AuditAsync(first.Id))[^1]);
        Assert.Equal("approval.approved", (await host.AuditAsync(second.Id))[^1]);
    }

    [Fact]
    public async Task Assign_TakenByAnother_IsRefusedUntilGivenBack()
    {
        await using var host = await ApprovalHost.StartAsync();
        var row = await host.PendingAsync();
        Assert.Null(await host.Service.AssignAsync(ApprovalHost.Approver, row.Id));
        Assert.Contains("Anna", (await host.Service.AssignAsync(ApprovalHost.Second, row.Id))?.Message, StringComparison.Ordinal);
        Assert.NotNull(await host.Service.UnassignAsync(ApprovalHost.Second, row.Id));
        Assert.Single((await host.Service.ListAsync(ApprovalHost.Approver, new ApprovalFilter { IsMine = true }, null, 10)).Rows);
        Assert.Null(await host.Service.UnassignAsync(ApprovalHost.Approver, row.Id));
        Assert.Null(await host.Service.AssignAsync(ApprovalHost.Second, row.Id));
        Assert.Equal(ApprovalRefusalKind.NotAllowed, (await host.Service.AssignAsync(ApprovalHost.Requester, row.Id))?.Kind);
    }

    [Fact]
    [Trait("Id", "SEC-13")]
    public async Task Withdraw_OwnAndForeign_TakesBackTheOwnOnly()
    {
        await using var host = await ApprovalHost.StartAsync();
        var row = await host.PendingAsync();
        foreach (var other in new[] { ApprovalHost.Stranger, ApprovalHost.Approver, ApprovalHost.Admin })
        {
            Assert.Equal(0, await host.Service.WithdrawAsync(other, row.RunId));
        }

        Assert.Equal(ApprovalState.Pending, (await host.StoredAsync(row.Id)).State);
        Assert.Equal(1, await host.Service.WithdrawAsync(ApprovalHost.Requester, row.RunId));
        var stored = await host.StoredAsync(row.Id);
        Assert.Equal((ApprovalState.Cancelled, "The requester withdrew it."), (stored.State, stored.Cause));
        Assert.Equal(RunStatus.Queued, await host.RunStatusAsync(row.RunId));
        Assert.Equal(0, await host.Service.WithdrawAsync(ApprovalHost.Requester, row.RunId));
    }
}
