using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;

namespace BlazorAgents.Runs.Tests.Approvals;

/// <summary>What people see of requests.</summary>
public sealed class ApprovalListTests
{
    [Fact]
    public async Task List_EachFilter_FindsItsOwn()
    {
        await using var host = await ApprovalHost.StartAsync();
        var soon = await host.PendingAsync(d => d with { ToolName = "soon" });
        host.Time.Advance(TimeSpan.FromHours(23));
        var mine = await host.PendingAsync(d => d with { ToolName = "mine", AgentId = "other" });
        host.Time.Advance(TimeSpan.FromSeconds(1)); // requests of one moment have no order of their own
        var money = await host.PendingAsync(d => d with { ToolName = "money", Risk = ToolRisk.Money, RequesterId = "stranger", Sentence = "Pay 100 % now" });
        await host.Service.AssignAsync(ApprovalHost.Approver, mine.Id);
        var done = await host.ApprovedAsync();

        async Task<IEnumerable<Guid>> ListAsync(ApprovalFilter filter, Actor? actor = null) =>
            (await host.Service.ListAsync(actor ?? ApprovalHost.Approver, filter, null, 50)).Rows.Select(r => r.Id);

        Assert.Equal([soon.Id, mine.Id, money.Id], await ListAsync(new ApprovalFilter()));
        Assert.Equal([done.Id], await ListAsync(new ApprovalFilter { IsHistory = true }));
        Assert.Equal([mine.Id], await ListAsync(new ApprovalFilter { IsMine = true }));
        Assert.Equal([soon.Id, money.Id], await ListAsync(new ApprovalFilter { IsUnassigned = true }));
        Assert.Equal([soon.Id], await ListAsync(new ApprovalFilter { IsExpiring = true }));
        Assert.Equal([money.Id], await ListAsync(new ApprovalFilter { ToolName = "money" }));
        Assert.Equal([mine.Id], await ListAsync(new ApprovalFilter { AgentId = "other" }));
        Assert.Equal([money.Id], await ListAsync(new ApprovalFilter { RequesterId = "stranger" }));
        Assert.Equal([money.Id], await ListAsync(new ApprovalFilter { Risk = ToolRisk.Money }));
        Assert.Equal([money.Id], await ListAsync(new ApprovalFilter { Search = "100 %" }));
        Assert.Equal([money.Id], await ListAsync(new ApprovalFilter(), ApprovalHost.Stranger));
        Assert.Equal((3, 0), (await host.Service.CountDecidableAsync(ApprovalHost.Approver), await host.Service.CountDecidableAsync(ApprovalHost.Stranger)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task List_PageByPage_HasEachOnceAndTheCsvHasAll(bool isHistory)
    {
        await using var host = await ApprovalHost.StartAsync();
        for (var i = 0; i < 7; i++)
        {
            _ = isHistory ? await host.ApprovedAsync() : await host.PendingAsync(d => d with { Sentence = "=cmd, \"x\"" });
        }

        var (ids, after) = (new List<Guid>(), (ApprovalCursor?)null);
        do
        {
            var page = await host.Service.ListAsync(ApprovalHost.Approver, new ApprovalFilter { IsHistory = isHistory }, after, 3);
            ids.AddRange(page.Rows.Select(r => r.Id));
            after = page.Next;
        }
        while (after is not null);
        using var writer = new StringWriter();

        Assert.Equal((7, 7), (ids.Count, ids.Distinct().Count()));
        Assert.Equal(7, await host.Service.ExportCsvAsync(ApprovalHost.Approver, new ApprovalFilter { IsHistory = isHistory }, writer));
        Assert.Equal(!isHistory, writer.ToString().Contains("\"'=cmd, \"\"x\"\"\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task List_AnsweredInstead_IsToldFromARejectionThereAndInTheCsvAndAmongEarlierDecisions()
    {
        await using var host = await ApprovalHost.StartAsync();
        var (rejected, answered) = (await host.PendingAsync(), await host.PendingAsync());
        await host.Service.DecideAsync(ApprovalHost.Approver, rejected.Id, new ApprovalDecision.Reject("No."));
        await host.Service.DecideAsync(ApprovalHost.Approver, answered.Id, new ApprovalDecision.AnswerInstead("In May."));
        var history = new ApprovalFilter { IsHistory = true };

        var rows = (await host.Service.ListAsync(ApprovalHost.Approver, history, null, 10)).Rows;
        var earlier = (await host.Service.GetAsync(ApprovalHost.Approver, (await host.PendingAsync()).Id))!.Earlier;
        using var csv = new StringWriter();
        await host.Service.ExportCsvAsync(ApprovalHost.Approver, history, csv);

        Assert.Equal([answered.Id], rows.Where(row => row.IsAnswered).Select(row => row.Id));
        Assert.Equal([answered.Id], earlier.Where(row => row.IsAnswered).Select(row => row.Id));
        var lines = csv.ToString().Split("\r\n").Select(line => line.Split(',')).ToList();
        var column = Array.IndexOf(lines[0], "Answered instead");
        Assert.Equal(("no", "yes"), (Of(rejected.Id), Of(answered.Id)));

        string Of(Guid id) => lines.Single(line => line[0] == $"{id}")[column];
    }

    [Fact]
    public async Task Get_SameToolAndTarget_ShowsTheNewestFiveDecisions()
    {
        await using var host = await ApprovalHost.StartAsync();
        var earlier = new List<Guid>();
        for (var i = 0; i < 6; i++)
        {
            host.Time.Advance(TimeSpan.FromMinutes(1));
            earlier.Add((await host.ApprovedAsync()).Id);
        }

        var row = await host.PendingAsync();
        await host.PendingAsync();
        var detail = await host.Service.GetAsync(ApprovalHost.Requester, row.Id);

        Assert.NotNull(detail);
        Assert.Equal(earlier.AsEnumerable().Reverse().Take(5), detail.Earlier.Select(e => e.Id));
        Assert.Contains("Only an approver", detail.MayNotDecide, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_ThousandPending_AreOnOnePage()
    {
        await using var host = await ApprovalHost.StartAsync();
        var run = await host.AddRunAsync();
        await host.Host.Database.WriteAsync(context =>
        {
            context.Approvals.AddRange(Enumerable.Range(0, 1_001).Select(i => ApprovalHost.Draft(run, $"{i}").ToRow(host.Time.GetUtcNow(), TimeSpan.FromHours(1))));
            return Task.CompletedTask;
        });

        var first = await host.Service.ListAsync(ApprovalHost.Approver, new ApprovalFilter(), null, 1_000);
        var last = await host.Service.ListAsync(ApprovalHost.Approver, new ApprovalFilter(), first.Next, 1_000);

        Assert.Equal((1_000, 1), (first.Rows.Count, last.Rows.Count));
        Assert.Equal(1_001, first.Rows.Concat(last.Rows).Select(row => row.Id).Distinct().Count());
    }
}
