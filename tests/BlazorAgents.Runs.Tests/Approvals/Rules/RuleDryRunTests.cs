using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;
using BlazorAgents.Runs.Tests.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs.Tests.Approvals.Rules;

public sealed class RuleDryRunTests
{
    private static readonly RuleInput s_bigOrders = new()
    {
        Name = "Big orders",
        Effect = RuleEffect.Deny,
        ToolPattern = "create_*",
        Conditions = [new("$.quantity", "more_than", Rule.Json("5"))],
    };

    [Fact]
    public async Task Run_RuleAdded_CountsAndShowsWhatChanges()
    {
        await using var fixture = await RulesFixture.StartAsync();
        await RecordAsync(fixture, 30, i => Call(fixture, i, "create_order", ToolRisk.Money, $$"""{"quantity":{{i % 10}}}"""));
        await RecordAsync(fixture, 25, i => Call(fixture, i, "search_products", ToolRisk.Read));

        var report = await fixture.Host.Get<RuleDryRun>().RunAsync(RulesFixture.Admin, new RuleDraft(s_bigOrders), days: 30);

        Assert.Equal((55, 25, 18, 12, false), (report.Total, report.WouldAllow, report.WouldAsk, report.WouldDeny, report.IsLimited));
        Assert.Equal(new RuleDryRunChange(RuleEffect.Ask, RuleEffect.Deny, 12), Assert.Single(report.Changes));
        Assert.Equal(
            [(RuleEffect.Allow, 20), (RuleEffect.Ask, 18), (RuleEffect.Deny, 12)],
            report.Examples.Select(e => (e.Key, e.Value.Count)).OrderByDescending(e => e.Key));
        Assert.All(report.Examples[RuleEffect.Deny], e => Assert.Equal("Rule \"Big orders\" denies", e.Draft.Because));
        Assert.All(report.Examples[RuleEffect.Deny], e => Assert.Equal("create_order moves money: a person decides", e.Current.Because));
        Assert.Empty(await fixture.Rules.ListAsync(RulesFixture.Admin));
    }

    [Fact]
    public async Task Run_RuleChangedOrRemoved_ComparesWithTheRulesNow()
    {
        await using var fixture = await RulesFixture.StartAsync();
        await RecordAsync(fixture, 10, i => Call(fixture, i, "create_order", ToolRisk.Money, $$"""{"quantity":{{i}}}"""));
        var rule = await fixture.SavedAsync(RulesFixture.Admin, s_bigOrders);
        var dryRun = fixture.Host.Get<RuleDryRun>();

        var removed = await dryRun.RunAsync(RulesFixture.Admin, new RuleDraft(RemovedId: rule.Id), days: 1);
        var changed = await dryRun.RunAsync(
            RulesFixture.Admin, new RuleDraft(s_bigOrders with { Id = rule.Id, Effect = RuleEffect.Allow }), days: 1);

        Assert.Equal((0, 10, 0), (removed.WouldAllow, removed.WouldAsk, removed.WouldDeny));
        Assert.Equal([new RuleDryRunChange(RuleEffect.Deny, RuleEffect.Ask, 4)], removed.Changes);
        Assert.Equal((4, 6, 0), (changed.WouldAllow, changed.WouldAsk, changed.WouldDeny));
        Assert.Equal([new RuleDryRunChange(RuleEffect.Deny, RuleEffect.Allow, 4)], changed.Changes);
    }

    [Fact]
    public async Task Run_ManyUnchangedCalls_ShowsTheChangedOnesFirst()
    {
        await using var fixture = await RulesFixture.StartAsync();
        await RecordAsync(fixture, 3, i => Call(fixture, i, "check_stock", ToolRisk.Read));
        await RecordAsync(fixture, 40, i => Call(fixture, 100 + i, "create_order", ToolRisk.Money));

        var report = await fixture.Host.Get<RuleDryRun>().RunAsync(
            RulesFixture.Admin, new RuleDraft(new RuleInput { Name = "Ask", ToolPattern = "check_*" }), days: 1);

        var tools = report.Examples[RuleEffect.Ask].Select(e => e.ToolName).ToList();
        Assert.Equal(20, tools.Count);
        Assert.Equal(["check_stock", "check_stock", "check_stock", "create_order"], tools.Take(4));
    }

    [Fact]
    public async Task Run_RolesAndModes_AreThoseOfToday()
    {
        await using var fixture = await RulesFixture.StartAsync();
        await fixture.Database.WriteAsync(context =>
        {
            context.UserRoles.AddRange(
                new IdentityUserRole<string> { UserId = RunsHost.User, RoleId = Roles.User },
                new IdentityUserRole<string> { UserId = RunsHost.User, RoleId = Roles.Approver });
            context.ToolSettings.Add(new ToolSetting { AgentId = RunsHost.Agent, ToolName = "create_order", Mode = ToolApprovalMode.NeverRequire });
            return Task.CompletedTask;
        });
        await RecordAsync(fixture, 4, i => Call(fixture, i, "create_order", ToolRisk.Money, actor: i == 0 ? RulesFixture.Stranger : RulesFixture.User));

        var report = await fixture.Host.Get<RuleDryRun>().RunAsync(
            RulesFixture.Admin, new RuleDraft(new RuleInput { Name = "Approvers", Effect = RuleEffect.Deny, ToolPattern = "*", Role = Roles.Approver }), days: 1);

        Assert.Equal((1, 0, 3), (report.WouldAllow, report.WouldAsk, report.WouldDeny));
    }

    [Fact]
    public async Task Run_ToolThatAsksByItself_IsJudgedAsTheGateDoes()
    {
        await using var fixture = await RulesFixture.StartAsync(new ApprovalRequiredAIFunction(AIFunctionFactory.Create(() => "sent", "send")));
        await RecordAsync(fixture, 3, i => Call(fixture, i, "send", ToolRisk.Read));

        var report = await fixture.Host.Get<RuleDryRun>().RunAsync(RulesFixture.Admin, new RuleDraft(), days: 1);

        Assert.Equal((0, 3, 0), (report.WouldAllow, report.WouldAsk, report.WouldDeny));
    }

    [Fact]
    public async Task Run_OlderCallsAndOthersCalls_AreLeftOut()
    {
        await using var fixture = await RulesFixture.StartAsync();
        await RecordAsync(fixture, 5, i => Call(fixture, i, "create_order", ToolRisk.Money));
        await RecordAsync(fixture, 2, i => Call(fixture, i, "create_order", ToolRisk.Money, actor: RulesFixture.Stranger));
        fixture.Time.Advance(TimeSpan.FromDays(3));
        await RecordAsync(fixture, 1, i => Call(fixture, i, "create_order", ToolRisk.Money));
        var dryRun = fixture.Host.Get<RuleDryRun>();

        Assert.Equal(1, (await dryRun.RunAsync(RulesFixture.Admin, new RuleDraft(), days: 2)).Total);
        Assert.Equal(8, (await dryRun.RunAsync(RulesFixture.Admin, new RuleDraft(), days: 4)).Total);
        Assert.Equal(2, (await dryRun.RunAsync(RulesFixture.Stranger, new RuleDraft(), days: 4)).Total);
    }

    [Fact]
    public async Task Run_BadDraft_IsRefused()
    {
        await using var fixture = await RulesFixture.StartAsync();
        var rule = await fixture.SavedAsync(RulesFixture.Admin, s_bigOrders);
        var own = fixture.OwnInput(RulesFixture.User);

        Assert.Equal(RunRequestError.Invalid, await ErrorAsync(RulesFixture.Admin, new RuleDraft(s_bigOrders with { ToolPattern = "" })));
        Assert.Equal(RunRequestError.Invalid, await ErrorAsync(RulesFixture.User, new RuleDraft(s_bigOrders)));
        Assert.Equal(RunRequestError.Invalid, await ErrorAsync(RulesFixture.Admin, new RuleDraft(), days: 0));
        Assert.Equal(RunRequestError.NotFound, await ErrorAsync(RulesFixture.Admin, new RuleDraft(RemovedId: Guid.NewGuid())));
        Assert.Equal(RunRequestError.NotFound, await ErrorAsync(RulesFixture.User, new RuleDraft(RemovedId: rule.Id)));
        Assert.Equal(RunRequestError.NotFound, await ErrorAsync(RulesFixture.User, new RuleDraft(own with { Id = rule.Id })));

        async Task<RunRequestError> ErrorAsync(Actor actor, RuleDraft draft, int days = 30) =>
            (await Assert.ThrowsAsync<RunRequestException>(() => fixture.Host.Get<RuleDryRun>().RunAsync(actor, draft, days))).Error;
    }

    private static Task RecordAsync(RulesFixture fixture, int count, Func<int, ToolExecution> call) => fixture.Database.WriteAsync(context =>
    {
        context.ToolExecutions.AddRange(Enumerable.Range(0, count).Select(call));
        return Task.CompletedTask;
    });

    [Fact]
    public async Task Run_ArgumentsWithSecrets_ShowsThemMaskedAndStillTestsTheirValues()
    {
        await using var fixture = await RulesFixture.StartAsync();
        await RecordAsync(fixture, 1, i => Call(fixture, i, "sign_in", ToolRisk.External, """{"api_key":"sk-very-secret","user":"ada"}"""));
        var draft = new RuleDraft(new RuleInput
        {
            Name = "Keys",
            Effect = RuleEffect.Deny,
            ToolPattern = "sign_in",
            Conditions = [new("$.api_key", "contains", Rule.Json("\"sk-\""))],
        });

        var report = await fixture.Host.Get<RuleDryRun>().RunAsync(RulesFixture.Admin, draft, days: 1);

        var example = Assert.Single(report.Examples[RuleEffect.Deny]);
        Assert.Equal((SecretMask.Text, "ada"), (Rule.Json(example.Arguments).GetProperty("api_key").GetString(), Rule.Json(example.Arguments).GetProperty("user").GetString()));
    }

    private static ToolExecution Call(
        RulesFixture fixture, int second, string tool, ToolRisk risk, string arguments = "{}", Actor? actor = null)
    {
        var at = fixture.Time.GetUtcNow().AddSeconds(second - 1_000);
        return new ToolExecution
        {
            Id = Guid.CreateVersion7(at),
            ConversationId = fixture.ConversationOf(actor ?? RulesFixture.User),
            CallId = "call",
            AgentId = RunsHost.Agent,
            UserId = (actor ?? RulesFixture.User).Id,
            ToolName = tool,
            Risk = risk.ToString(),
            Arguments = arguments,
            IdempotencyKey = Guid.NewGuid().ToString(),
            StartedAt = at,
        };
    }
}
