using System.Globalization;
using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Runs.Tests.Approvals;

public sealed class LostAccessTests
{
    [Fact]
    public async Task StopAll_PersonWithOpenRequests_EndsRunsAndRequestsWithTheCause()
    {
        await using var host = await ApprovalHost.StartAsync();
        var (pending, approved) = (await host.PendingAsync(), await host.ApprovedAsync());
        var queued = await host.AddRunAsync(status: RunStatus.Queued);
        var foreign = await host.AddRunAsync(ApprovalHost.Stranger.Id, RunStatus.Queued);
        var news = new List<ApprovalNews>();
        using var subscription = host.Service.Subscribe(news.Add);

        var publish = await host.Host.Database.WriteAsync(
            context => host.Host.Get<LostAccess>().EndAsync(context, ApprovalHost.Requester.Id, "Rita's account was disabled."));
        Assert.Empty(news);
        publish();

        Assert.Equal([ApprovalState.Cancelled, ApprovalState.Cancelled], news.Select(n => n.State));
        foreach (var row in new[] { pending, approved })
        {
            var stored = await host.StoredAsync(row.Id);
            Assert.Equal((ApprovalState.Cancelled, "Rita's account was disabled."), (stored.State, stored.Cause));
            Assert.Equal(RunStatus.Stopped, await host.RunStatusAsync(row.RunId));
            Assert.Equal("approval.cancelled", (await host.AuditAsync(row.Id))[^1]);
        }

        Assert.Equal(RunStatus.Stopped, await host.RunStatusAsync(queued.Run));
        Assert.Equal(RunStatus.Queued, await host.RunStatusAsync(foreign.Run));
    }

    [Fact]
    public async Task StopAll_TransactionUndone_ChangesNothing()
    {
        await using var host = await ApprovalHost.StartAsync();
        var row = await host.PendingAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Host.Database.WriteAsync(async context =>
        {
            await host.Host.Get<LostAccess>().EndAsync(context, ApprovalHost.Requester.Id, "Disabled.");
            throw new InvalidOperationException("undone");
        }));

        Assert.Equal(ApprovalState.Pending, (await host.StoredAsync(row.Id)).State);
        Assert.Equal(RunStatus.AwaitingApproval, await host.RunStatusAsync(row.RunId));
        Assert.Equal(["approval.requested"], await host.AuditAsync(row.Id));
    }

    [Fact]
    public async Task WithdrawAll_RoleLowered_ClosesRequestsAndLetsTheRunsGoOn()
    {
        await using var host = await ApprovalHost.StartAsync();
        var row = await host.PendingAsync();

        (await host.Host.Database.WriteAsync(
            context => host.Host.Get<LostAccess>().WithdrawAsync(context, ApprovalHost.Requester.Id, "Rita's role was changed.")))();

        var stored = await host.StoredAsync(row.Id);
        Assert.Equal((ApprovalState.Cancelled, "Rita's role was changed."), (stored.State, stored.Cause));
        Assert.Equal(RunStatus.Queued, await host.RunStatusAsync(row.RunId));
    }

    [Fact]
    public async Task WithdrawAll_RequestsTheyTookOn_AreFreeAgain()
    {
        await using var host = await ApprovalHost.StartAsync();
        var row = await host.PendingAsync();
        Assert.Null(await host.Service.AssignAsync(ApprovalHost.Approver, row.Id));

        (await host.Host.Database.WriteAsync(
            context => host.Host.Get<LostAccess>().WithdrawAsync(context, ApprovalHost.Approver.Id, "Anna's role was changed.")))();

        var stored = await host.StoredAsync(row.Id);
        Assert.Equal((ApprovalState.Pending, null, null), (stored.State, stored.AssigneeId, stored.AssigneeName));
        Assert.Equal("approval.unassigned", (await host.AuditAsync(row.Id))[^1]);
    }

    [Fact]
    public async Task Sweep_AgentNoLongerInstalled_ClosesTheRequestWithTheCause()
    {
        await using var host = await ApprovalHost.StartAsync();
        var (gone, kept) = (await host.PendingAsync(draft => draft with { AgentId = "removed", AgentName = "Removed" }), await host.PendingAsync());

        Assert.Equal(1, await host.Service.SweepAsync());

        var stored = await host.StoredAsync(gone.Id);
        Assert.Equal((ApprovalState.Cancelled, "The agent Removed is no longer installed."), (stored.State, stored.Cause));
        Assert.Equal(RunStatus.Queued, await host.RunStatusAsync(gone.RunId));
        Assert.Equal(ApprovalState.Pending, (await host.StoredAsync(kept.Id)).State);
    }

    [Fact]
    public async Task Export_OfRequests_IsOneEventOfWhoDidIt()
    {
        await using var host = await ApprovalHost.StartAsync();
        await host.PendingAsync();
        using var text = new StringWriter(CultureInfo.InvariantCulture);

        await host.Service.ExportCsvAsync(ApprovalHost.Approver, new ApprovalFilter(), text);
        await host.Service.ExportCsvAsync(new Actor("gone", "Gone", Roles.Admin), new ApprovalFilter(), text);

        var events = await host.Host.Database.ReadAsync(context => context.AuditEvents.Where(e => e.Action == "approvals.exported").ToListAsync());
        Assert.Equal(ApprovalHost.Approver.Id, Assert.Single(events).ActorId);
    }

    [Fact]
    public async Task Conversation_DeletedAndRestored_TellsTheAuditWithoutItsTitle()
    {
        await using var host = await ApprovalHost.StartAsync();
        var (conversation, _) = await host.AddRunAsync();
        var conversations = host.Host.Get<ConversationService>();

        await conversations.DeleteAsync(ApprovalHost.Requester.Id, conversation);
        await conversations.RestoreAsync(ApprovalHost.Requester.Id, conversation);
        await conversations.RestoreAsync(ApprovalHost.Requester.Id, conversation);

        var events = await host.Host.Database.ReadAsync(
            context => context.AuditEvents.Where(e => e.SubjectId == conversation.ToString()).OrderBy(e => e.Id).ToListAsync());
        Assert.Equal(["conversation.deleted", "conversation.restored"], events.Select(e => e.Action));
        Assert.All(events, e => Assert.Equal(ApprovalHost.Requester.Id, e.ActorId));
        Assert.All(events, e => Assert.DoesNotContain("Order", e.Summary + e.Details, StringComparison.Ordinal));
    }
}
