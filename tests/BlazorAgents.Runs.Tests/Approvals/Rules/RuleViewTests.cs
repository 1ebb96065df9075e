using BlazorAgents.Data;
using BlazorAgents.Runs.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Runs.Tests.Approvals.Rules;

public sealed class RuleViewTests
{
    private static readonly RuleInput s_wide = new() { Name = "Wide", Effect = RuleEffect.Ask, ToolPattern = "create_*" };

    [Fact]
    public async Task View_EachRole_SeesItsRulesInTheirOrderWithWhatItMayDo()
    {
        await using var fixture = await RulesFixture.StartAsync();
        await fixture.SavedAsync(RulesFixture.Admin, s_wide with { RequesterId = RulesFixture.User.Id });
        await fixture.SavedAsync(RulesFixture.User, fixture.OwnInput(RulesFixture.User, "User's"));
        await fixture.SavedAsync(RulesFixture.Approver, fixture.OwnInput(RulesFixture.Approver, "Approver's"));
        await fixture.SavedAsync(RulesFixture.Admin, s_wide with { Name = "Never", Effect = RuleEffect.Deny });

        var admin = await fixture.Rules.ViewAsync(RulesFixture.Admin);
        var approver = await fixture.Rules.ViewAsync(RulesFixture.Approver);
        var user = await fixture.Rules.ViewAsync(RulesFixture.User with { Role = Roles.Admin });

        Assert.Equal(["Never", "Wide", "User's", "Approver's"], admin.Rules.Select(r => r.Rule.Name));
        Assert.All(admin.Rules, r => Assert.True(r.MayChange));
        Assert.Equal([("Never", false), ("Wide", false), ("Approver's", true)], approver.Rules.Select(r => (r.Rule.Name, r.MayChange)));
        Assert.Equal([("User's", true)], user.Rules.Select(r => (r.Rule.Name, r.MayChange)));
        Assert.Equal((true, false, false), (admin.IsAdmin, approver.IsAdmin, user.IsAdmin));
        Assert.NotNull(admin.Rules[1].RequesterName);
        Assert.Empty((await fixture.Rules.ViewAsync(new Actor("nobody", "Nobody", Roles.Admin))).Rules);
    }

    [Fact]
    public async Task View_BrokenRule_SaysWhatIsWrong()
    {
        await using var fixture = await RulesFixture.StartAsync();
        var rule = await fixture.SavedAsync(RulesFixture.Admin, s_wide);
        await fixture.Database.WriteAsync(c => c.ApprovalRules.ExecuteUpdateAsync(set => set.SetProperty(r => r.Conditions, """[{"path":"x","operator":"exists"}]""")));

        var view = (await fixture.Rules.OpenAsync(RulesFixture.Admin, rule.Id)).Rule!;

        Assert.Equal("Conditions[0].Path", Assert.Single(view.Problems).Field);
        Assert.Equal("x", Assert.Single(RuleInput.Of(view.Rule).Conditions).Path);
    }

    [Fact]
    public async Task Open_OnlyAdministrators_LearnWhoThereIs()
    {
        await using var fixture = await RulesFixture.StartAsync();
        var own = await fixture.SavedAsync(RulesFixture.User, fixture.OwnInput(RulesFixture.User));
        await fixture.Database.WriteAsync(c => c.Users.Where(u => u.Id == RunsHost.Stranger).ExecuteUpdateAsync(set => set.SetProperty(u => u.DisabledAt, fixture.Time.GetUtcNow())));

        var people = (await fixture.Rules.OpenAsync(RulesFixture.Admin, null)).People.Select(p => p.Id).ToList();

        Assert.Contains(RulesFixture.User.Id, people);
        Assert.DoesNotContain(RunsHost.Stranger, people);
        var desk = await fixture.Rules.OpenAsync(RulesFixture.User, own.Id);
        Assert.Equal((false, own.Id), (desk.IsAdmin, desk.Rule!.Rule.Id));
        Assert.Empty(desk.People);
        Assert.Empty((await fixture.Rules.OpenAsync(RulesFixture.Approver, own.Id)).People);
        Assert.Null((await fixture.Rules.OpenAsync(RulesFixture.Approver, own.Id)).Rule);
    }

    [Fact]
    public async Task Open_PeopleOfOneName_HaveTheirAddressesToo()
    {
        await using var fixture = await RulesFixture.StartAsync();
        await fixture.Database.WriteAsync(context =>
        {
            context.Users.AddRange(
                new AppUser { Id = "u1", UserName = "u1", DisplayName = "Una", Email = "una@example.com" }, new AppUser { Id = "u2", UserName = "u2", DisplayName = "una" });
            return Task.CompletedTask;
        });

        var people = (await fixture.Rules.OpenAsync(RulesFixture.Admin, null)).People;

        Assert.Equal(["una (u2)", "Una (una@example.com)"], people.Where(p => p.Id is "u1" or "u2").Select(p => p.Name));
    }

    [Fact]
    public async Task Save_RuleThatChangedMeanwhile_IsRefusedAndKeepsTheOtherChange()
    {
        await using var fixture = await RulesFixture.StartAsync();
        var stale = RuleInput.Of(await fixture.SavedAsync(RulesFixture.Admin, s_wide));
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        await fixture.SavedAsync(RulesFixture.Admin, stale with { Name = "First" });

        var second = await fixture.Rules.SaveAsync(RulesFixture.Admin, stale with { Name = "Second" });

        Assert.Contains("meanwhile", Assert.Single(second.Problems).Message, StringComparison.Ordinal);
        Assert.Equal("First", (await fixture.Rules.GetAsync(RulesFixture.Admin, stale.Id!.Value)).Name);
    }

    [Fact]
    public async Task Save_UsesThatNobodyTouched_DoesNotGiveThoseBackThatWereTakenMeanwhile()
    {
        await using var fixture = await RulesFixture.StartAsync();
        var open = RuleInput.Of(await fixture.SavedAsync(RulesFixture.Admin, s_wide with { Effect = RuleEffect.Allow, UsesLeft = 2 }));
        Assert.True(await fixture.Database.WriteAsync(c => fixture.Rules.ConsumeUseAsync(c, open.Id!.Value)));

        var kept = await fixture.SavedAsync(RulesFixture.Admin, open with { Name = "Renamed", KeepsUses = true });
        var given = await fixture.SavedAsync(RulesFixture.Admin, RuleInput.Of(kept) with { UsesLeft = 7 });

        Assert.Equal((1, 7), (kept.UsesLeft, given.UsesLeft));
    }

    [Fact]
    public async Task DryRun_Progress_TellsHowFarItIsAndCanBeStopped()
    {
        await using var fixture = await RulesFixture.StartAsync();
        await fixture.Database.WriteAsync(context =>
        {
            context.ToolExecutions.AddRange(Enumerable.Range(0, 4_500).Select(i => new ToolExecution
            {
                Id = Guid.CreateVersion7(fixture.Time.GetUtcNow()),
                CallId = $"{i}",
                AgentId = RunsHost.Agent,
                UserId = RunsHost.User,
                ToolName = "create_order",
                Risk = "Money",
                Arguments = "{}",
                IdempotencyKey = $"{i}",
                StartedAt = fixture.Time.GetUtcNow(),
            }));
            return Task.CompletedTask;
        });
        var told = new List<RuleDryRunProgress>();

        var report = await fixture.Host.Get<RuleDryRun>().RunAsync(RulesFixture.Admin, new RuleDraft(s_wide), days: 1, new Told(told.Add));

        Assert.Equal(4_500, report.Total);
        Assert.Equal([new(0, 4_500), new(2_000, 4_500), new(4_000, 4_500)], told);
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fixture.Host.Get<RuleDryRun>().RunAsync(
            RulesFixture.Admin, new RuleDraft(s_wide), days: 1, new Told(_ => stop.Cancel()), stop.Token));
    }

    private sealed class Told(Action<RuleDryRunProgress> tell) : IProgress<RuleDryRunProgress>
    {
        public void Report(RuleDryRunProgress value) => tell(value);
    }
}
