using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Runs.Tests.Approvals;

/// <summary>"Life of a request", sentence by sentence.</summary>
public sealed class LifeOfARequestTests
{
    [Theory]
    [InlineData(ApprovalState.Executed)]
    [InlineData(ApprovalState.Failed)]
    [InlineData(ApprovalState.Unknown)]
    public async Task Life_ApprovedConsumedAndEnded_EachStepOnceAndInTheAudit(ApprovalState end)
    {
        await using var host = await ApprovalHost.StartAsync();
        var row = await host.ApprovedAsync();
        Assert.False(await host.CloseCallAsync(row.Id, end));

        Assert.IsType<ApprovalConsumption.Consumed>(await host.ConsumeAsync(row.Id, row.Digest));
        Assert.IsType<ApprovalConsumption.Void>(await host.ConsumeAsync(row.Id, row.Digest));
        Assert.True(await host.CloseCallAsync(row.Id, end));
        Assert.False(await host.CloseCallAsync(row.Id, ApprovalState.Failed));

        Assert.Equal(end, (await host.StoredAsync(row.Id)).State);
        Assert.Equal(
            ["approval.requested", "approval.approved", "approval.consumed", $"approval.{end.ToString().ToLowerInvariant()}"], await host.AuditAsync(row.Id));
    }

    [Fact]
    public async Task Pending_AtItsTime_ExpiresAndTheModelIsTold()
    {
        await using var host = await ApprovalHost.StartAsync();
        var row = await host.PendingAsync();
        var clock = host.Host.Get<ApprovalClock>();
        host.Time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromTicks(1));
        Assert.Equal(0, await clock.SweepAsync());

        host.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(1, await clock.SweepAsync());

        var stored = await host.StoredAsync(row.Id);
        Assert.Equal((ApprovalState.Expired, "Nobody decided in time."), (stored.State, stored.Cause));
        Assert.Equal(RunStatus.Queued, await host.RunStatusAsync(row.RunId));
        Assert.Contains("not approved in time", ToolDecisionText.Of(stored), StringComparison.Ordinal);
        Assert.Null(await host.Host.Database.ReadAsync(c => c.AuditEvents.OrderByDescending(e => e.Id).Select(e => e.ActorId).FirstAsync()));
    }

    [Fact]
    public async Task Sweep_MoreThanOneTransactionTakes_EndsThemAll()
    {
        await using var host = await ApprovalHost.StartAsync();
        var run = await host.AddRunAsync();
        await host.OpenAsync([.. Enumerable.Range(0, 230).Select(n => ApprovalHost.Draft(run, $"{n}", $$"""{"quantity":{{n}}}"""))]);
        host.Time.Advance(TimeSpan.FromHours(24));

        Assert.Equal(230, await host.Host.Get<ApprovalClock>().SweepAsync());

        Assert.Equal(0, await host.Host.Database.ReadAsync(c => c.Approvals.CountAsync(a => a.State == ApprovalState.Pending)));
        Assert.Equal(RunStatus.Queued, await host.RunStatusAsync(run.Run));
    }

    [Fact]
    public async Task Approved_NotConsumed_AlsoExpires()
    {
        await using var host = await ApprovalHost.StartAsync();
        var (swept, late) = (await host.ApprovedAsync(), await host.ApprovedAsync());
        host.Time.Advance(TimeSpan.FromHours(24));

        var consumed = await host.ConsumeAsync(late.Id, late.Digest);
        await host.Host.Get<ApprovalClock>().SweepAsync();

        Assert.Equal(ApprovalState.Expired, Assert.IsType<ApprovalConsumption.Void>(consumed).State);
        Assert.Equal(ApprovalState.Expired, (await host.StoredAsync(swept.Id)).State);
    }

    [Fact]
    public async Task Decide_AtItsTimeBeforeTheClockLooked_FailsClosed()
    {
        await using var host = await ApprovalHost.StartAsync();
        var row = await host.PendingAsync();
        host.Time.Advance(TimeSpan.FromHours(24));

        var result = await host.Service.DecideAsync(ApprovalHost.Approver, row.Id, new ApprovalDecision.Approve());

        Assert.Equal(ApprovalRefusalKind.Expired, Assert.IsType<DecisionResult.Refused>(result).Refusal.Kind);
        Assert.Equal(ApprovalState.Expired, (await host.StoredAsync(row.Id)).State);
        Assert.Equal(RunStatus.Queued, await host.RunStatusAsync(row.RunId));
    }

    [Fact]
    [Trait("Id", "REL-22")]
    public async Task Digest_AnythingChanged_VoidsTheApprovalAndIsAskedAgain()
    {
        await using var host = await ApprovalHost.StartAsync();
        var draft = ApprovalHost.Draft(await host.AddRunAsync());
        ApprovalRequestDraft[] others =
        [
            draft with { AgentVersion = "abd" }, draft with { ToolName = "x" }, draft with { ToolSchema = "{}" }, draft with { RequesterId = "x" },
            draft with { Arguments = """{"quantity":2}""" }, draft with { AgentVersion = "abcc", ToolName = "reate_order" },
        ];
        Assert.Equal(7, others.Append(draft).Select(d => d.Digest).Distinct().Count());
        foreach (var other in others)
        {
            var row = await host.ApprovedAsync();
            Assert.Equal(ApprovalState.Superseded, Assert.IsType<ApprovalConsumption.Void>(await host.ConsumeAsync(row.Id, other.Digest)).State);
            Assert.Equal(ApprovalState.Superseded, (await host.StoredAsync(row.Id)).State);
        }

        var open = (await host.OpenAsync(draft))[0];
        var anew = (await host.OpenAsync(draft with { ToolSchema = "{}" }))[0];
        Assert.NotEqual(open.Id, anew.Id);
        Assert.Equal(ApprovalState.Superseded, (await host.StoredAsync(open.Id)).State);
        Assert.Equal(ApprovalState.Pending, (await host.StoredAsync(anew.Id)).State);
    }

    [Fact]
    public async Task Edited_ConsumedWithTheEditOnly()
    {
        await using var host = await ApprovalHost.StartAsync();
        async Task<(Approval Row, string Edited)> ApproveAsync()
        {
            var row = await host.PendingAsync();
            await host.Service.DecideAsync(ApprovalHost.Approver, row.Id, new ApprovalDecision.ApproveEdited("""{"quantity":2}"""));
            return (row, ApprovalDigest.Of(row.AgentVersion, row.ToolName, row.ToolSchema, row.RequesterId, """{"quantity":2}"""));
        }

        var (first, edited) = await ApproveAsync();
        var (second, _) = await ApproveAsync();
        Assert.IsType<ApprovalConsumption.Consumed>(await host.ConsumeAsync(first.Id, edited));
        Assert.IsType<ApprovalConsumption.Void>(await host.ConsumeAsync(second.Id, second.Digest));
    }

    [Fact]
    public async Task SameCall_AskedAgain_JoinsThePendingRequest()
    {
        await using var host = await ApprovalHost.StartAsync();
        var run = await host.AddRunAsync();
        var rows = await host.OpenAsync(ApprovalHost.Draft(run), ApprovalHost.Draft(run, "2"));
        var later = await host.OpenAsync(ApprovalHost.Draft(run, "3"));

        Assert.Equal(rows[0].Id, rows[1].Id);
        Assert.Equal(rows[0].Id, later[0].Id);
        Assert.Equal(["approval.requested"], await host.AuditAsync(rows[0].Id));
    }

    [Fact]
    public async Task Close_BySelection_WithdrawsWithTheCause()
    {
        await using var host = await ApprovalHost.StartAsync();
        var (closed, kept) = (await host.PendingAsync(), await host.PendingAsync());

        var changes = await host.Host.Database.WriteAsync(
            context => host.Service.CloseAsync(context, a => a.ConversationId == closed.ConversationId, "The conversation was deleted."));
        host.Service.Publish(changes);

        var stored = await host.StoredAsync(closed.Id);
        Assert.Equal((ApprovalState.Cancelled, "The conversation was deleted."), (stored.State, stored.Cause));
        Assert.Contains(stored.Cause!, ToolDecisionText.Of(stored), StringComparison.Ordinal);
        Assert.Equal(ApprovalState.Pending, (await host.StoredAsync(kept.Id)).State);
        Assert.Equal([closed.RunId], changes.Runs);
        var late = await host.Service.DecideAsync(ApprovalHost.Approver, closed.Id, new ApprovalDecision.Approve());
        Assert.Equal(ApprovalRefusalKind.Cancelled, Assert.IsType<DecisionResult.Refused>(late).Refusal.Kind);
    }

    [Fact]
    public async Task Close_RunStoppedInTheSameTransaction_StaysStopped()
    {
        await using var host = await ApprovalHost.StartAsync();
        var row = await host.PendingAsync();
        var changes = await host.Host.Database.WriteAsync(async context =>
        {
            (await context.Runs.SingleAsync(r => r.Id == row.RunId)).Status = RunStatus.Stopped;
            return await host.Service.CloseAsync(context, a => a.RunId == row.RunId, "The answer was stopped.");
        });
        Assert.Equal(RunStatus.Stopped, await host.RunStatusAsync(row.RunId));
        Assert.Empty(changes.Runs);
    }

    [Fact]
    public async Task Decide_FasterThanTheEnginesSave_RunIsQueuedAfterwards()
    {
        await using var host = await ApprovalHost.StartAsync();
        var run = await host.AddRunAsync(status: RunStatus.Running);
        var row = (await host.OpenAsync(ApprovalHost.Draft(run)))[0];
        await host.Service.DecideAsync(ApprovalHost.Approver, row.Id, new ApprovalDecision.Approve());
        Assert.Equal(RunStatus.Running, await host.RunStatusAsync(run.Run));

        await host.Host.ChangeAsync(run.Run, r => r.Status = RunStatus.AwaitingApproval);
        await host.Service.ResumeIfDecidedAsync(run.Run);
        Assert.Equal(RunStatus.Queued, await host.RunStatusAsync(run.Run));

        await host.Host.ChangeAsync(run.Run, r => r.Status = RunStatus.AwaitingApproval);
        await host.Host.Get<ApprovalClock>().SweepAsync();
        Assert.Equal(RunStatus.Queued, await host.RunStatusAsync(run.Run));
    }

    [Fact]
    public async Task Feed_ThrowingHandler_HurtsNobody()
    {
        await using var host = await ApprovalHost.StartAsync();
        var heard = new List<ApprovalState>();
        using var bad = host.Service.Subscribe(_ => throw new InvalidOperationException());
        var good = host.Service.Subscribe(news => heard.Add(news.State));
        await host.ApprovedAsync();
        good.Dispose();
        await host.ApprovedAsync();
        Assert.Equal([ApprovalState.Pending, ApprovalState.Approved], heard);
    }
}
