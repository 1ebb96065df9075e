using BlazorAgents.Data;
using BlazorAgents.Runs.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Runs.Tests.Approvals.Rules;

public sealed class RuleServiceTests
{
    private static readonly RuleInput s_wide = new() { Name = "Big orders", Effect = RuleEffect.Ask, ToolPattern = "create_*" };

    [Fact]
    public async Task Save_EachChange_IsInTheAuditOnce()
    {
        await using var fixture = await RulesFixture.StartAsync();
        var rules = fixture.Rules;
        var first = await fixture.SavedAsync(RulesFixture.Admin, s_wide);
        await fixture.SavedAsync(RulesFixture.Admin, s_wide with { Name = "Second" });
        await fixture.SavedAsync(RulesFixture.Admin, s_wide with { Id = first.Id, Name = "Renamed" });
        await rules.SetEnabledAsync(RulesFixture.Admin, first.Id, isEnabled: false);
        await rules.SetEnabledAsync(RulesFixture.Admin, first.Id, isEnabled: false);
        await rules.MoveAsync(RulesFixture.Admin, first.Id, up: false);
        await rules.MoveAsync(RulesFixture.Admin, first.Id, up: false);
        await rules.DeleteAsync(RulesFixture.Admin, first.Id);

        var events = await fixture.Database.ReadAsync(c => c.AuditEvents.OrderBy(e => e.Id).ToListAsync());

        Assert.Equal(
            ["rule.created", "rule.created", "rule.changed", "rule.disabled", "rule.moved", "rule.deleted"], events.Select(e => e.Action));
        Assert.All(events, e => Assert.Equal(("admin", "rule"), (e.ActorId, e.SubjectType)));
        Assert.Contains("Big orders", events[2].Details, StringComparison.Ordinal);
        Assert.Contains("Renamed", events[2].Details, StringComparison.Ordinal);
        Assert.Null((await fixture.Host.Get<AuditLog>().VerifyAsync()).Problem);
    }

    [Fact]
    public async Task Save_WhereTheAuditCannotBeWritten_ChangesNothing()
    {
        await using var fixture = await RulesFixture.StartAsync();
        await fixture.Database.WriteAsync(async context => await context.Database.ExecuteSqlRawAsync(
            """CREATE TRIGGER "Full" BEFORE INSERT ON "AuditEvents" BEGIN SELECT RAISE(ABORT, 'full'); END"""));

        await Assert.ThrowsAnyAsync<Exception>(() => fixture.Rules.SaveAsync(RulesFixture.Admin, s_wide));

        Assert.Empty(await fixture.Rules.ListAsync(RulesFixture.Admin));
    }

    [Fact]
    public async Task Save_BadInput_NamesEveryField()
    {
        await using var fixture = await RulesFixture.StartAsync();
        var input = new RuleInput
        {
            Name = "a\nb",
            Effect = RuleEffect.Deny,
            ToolPattern = "[",
            AgentId = "",
            Role = "Root",
            RequesterId = " ",
            UsesLeft = 0,
            ValidUntil = fixture.Time.GetUtcNow(),
            Decider = (ApprovalDecider)7,
            Conditions = [new("$.x", "exists"), new("x", "like"), new("$.x", "at_most", Rule.Json("\"5\""))],
        };

        var saved = await fixture.Rules.SaveAsync(RulesFixture.Admin, input);

        Assert.Null(saved.Rule);
        Assert.Equal(
            [
                "AgentId", "Conditions[1].Operator", "Conditions[1].Path", "Conditions[2].Value", "Decider", "Name", "RequesterId", "Role",
                "ToolPattern", "UsesLeft", "ValidUntil",
            ],
            saved.Problems.Select(p => p.Field).Distinct().Order(StringComparer.Ordinal));
        Assert.Empty(await fixture.Rules.ListAsync(RulesFixture.Admin));
    }

    [Fact]
    public async Task Save_PersonWhoDoesNotExist_IsRefused()
    {
        await using var fixture = await RulesFixture.StartAsync();

        var saved = await fixture.Rules.SaveAsync(RulesFixture.Admin, s_wide with { RequesterId = "nobody" });

        Assert.Equal("RequesterId", Assert.Single(saved.Problems).Field);
    }

    [Theory]
    [InlineData(Roles.User)]
    [InlineData(Roles.Approver)]
    public async Task Save_WiderThanTheirOwnConversation_IsForAdministrators(string role)
    {
        await using var fixture = await RulesFixture.StartAsync();
        var actor = role == Roles.User ? RulesFixture.User : RulesFixture.Approver;
        var own = fixture.OwnInput(actor);
        var mine = await fixture.SavedAsync(actor, own);

        foreach (var (input, field) in new[]
        {
            (own with { Effect = RuleEffect.Deny }, "Effect"),
            (own with { Effect = RuleEffect.Ask }, "Effect"),
            (own with { ConversationId = null }, "ConversationId"),
            (own with { RequesterId = null }, "RequesterId"),
            (own with { RequesterId = "admin" }, "RequesterId"),
        })
        {
            Assert.Equal(field, Assert.Single((await fixture.Rules.SaveAsync(actor, input)).Problems).Field);
            Assert.Equal(field, Assert.Single((await fixture.Rules.SaveAsync(actor, input with { Id = mine.Id })).Problems).Field);
            await fixture.SavedAsync(RulesFixture.Admin, input);
        }

        var foreign = own with { ConversationId = fixture.ConversationOf(RulesFixture.Stranger) };
        await NotFoundAsync(() => fixture.Rules.SaveAsync(actor, foreign));
        await NotFoundAsync(() => fixture.Rules.SaveAsync(actor, foreign with { Id = mine.Id }));
        Assert.Equal(own.ConversationId, (await fixture.Rules.GetAsync(actor, mine.Id)).ConversationId);
    }

    [Fact]
    public async Task Rule_OfSomebodyElse_DoesNotExist()
    {
        await using var fixture = await RulesFixture.StartAsync();
        var rules = fixture.Rules;
        var foreign = await fixture.SavedAsync(RulesFixture.User, fixture.OwnInput(RulesFixture.User));
        var fromAbove = await fixture.SavedAsync(RulesFixture.Admin, fixture.OwnInput(RulesFixture.Stranger));
        var wide = await fixture.SavedAsync(RulesFixture.Admin, s_wide);

        foreach (var actor in new[] { RulesFixture.Stranger, RulesFixture.Approver })
        {
            foreach (var id in new[] { foreign.Id, fromAbove.Id, wide.Id, Guid.NewGuid() })
            {
                await NotFoundAsync(() => rules.SaveAsync(actor, fixture.OwnInput(actor) with { Id = id }));
                await NotFoundAsync(() => rules.SaveAsync(actor, s_wide with { Id = id, Name = "" }));
                await NotFoundAsync(() => rules.DeleteAsync(actor, id));
                await NotFoundAsync(() => rules.SetEnabledAsync(actor, id, isEnabled: false));
                await NotFoundAsync(() => rules.MoveAsync(actor, id, up: true));
            }
        }

        Assert.Empty(await rules.ListAsync(RulesFixture.Stranger));
        Assert.Equal([wide.Id], (await rules.ListAsync(RulesFixture.Approver)).Select(r => r.Id));
        Assert.Equal([foreign.Id], (await rules.ListAsync(RulesFixture.User)).Select(r => r.Id));
        Assert.Equal(3, (await rules.ListAsync(RulesFixture.Admin)).Count);
        Assert.Equal(wide.Id, (await rules.GetAsync(RulesFixture.Approver, wide.Id)).Id);
        await NotFoundAsync(() => rules.GetAsync(RulesFixture.User, wide.Id));
        await NotFoundAsync(() => rules.GetAsync(RulesFixture.Approver, foreign.Id));
    }

    [Fact]
    public async Task OwnRule_MadeByItsRequester_MayBeChangedSwitchedAndDeletedButNotMoved()
    {
        await using var fixture = await RulesFixture.StartAsync();
        var rule = await fixture.SavedAsync(RulesFixture.User, fixture.OwnInput(RulesFixture.User));

        await fixture.SavedAsync(RulesFixture.User, fixture.OwnInput(RulesFixture.User, "Other name") with { Id = rule.Id });
        await fixture.Rules.SetEnabledAsync(RulesFixture.User, rule.Id, isEnabled: false);
        var refused = await Assert.ThrowsAsync<RunRequestException>(() => fixture.Rules.MoveAsync(RulesFixture.User, rule.Id, up: true));
        var changed = await fixture.Rules.GetAsync(RulesFixture.User, rule.Id);
        await fixture.Rules.DeleteAsync(RulesFixture.User, rule.Id);

        Assert.Equal(RunRequestError.Invalid, refused.Error);
        Assert.Equal(("Other name", false), (changed.Name, changed.IsEnabled));
        await NotFoundAsync(() => fixture.Rules.GetAsync(RulesFixture.Admin, rule.Id));
    }

    [Fact]
    public async Task OwnRule_WhoseConversationWasDeleted_DoesNotExistForItsMaker()
    {
        await using var fixture = await RulesFixture.StartAsync();
        var rule = await fixture.SavedAsync(RulesFixture.User, fixture.OwnInput(RulesFixture.User));
        await fixture.Host.Conversations.DeleteAsync(RunsHost.User, fixture.ConversationOf(RulesFixture.User));

        Assert.Empty(await fixture.Rules.ListAsync(RulesFixture.User));
        await NotFoundAsync(() => fixture.Rules.DeleteAsync(RulesFixture.User, rule.Id));
        await NotFoundAsync(() => fixture.Rules.SaveAsync(RulesFixture.User, fixture.OwnInput(RulesFixture.User)));
        await NotFoundAsync(() => fixture.Rules.SaveAsync(RulesFixture.Admin, fixture.OwnInput(RulesFixture.User)));
    }

    [Fact]
    public async Task Move_WithinItsEffect_ChangesPlacesOnlyThere()
    {
        await using var fixture = await RulesFixture.StartAsync();
        var allow = await fixture.SavedAsync(RulesFixture.Admin, s_wide with { Name = "X", Effect = RuleEffect.Allow });
        var (a, b, c) = (await AddAsync("A"), await AddAsync("B"), await AddAsync("C"));

        await fixture.Rules.MoveAsync(RulesFixture.Admin, c.Id, up: true);
        await fixture.Rules.MoveAsync(RulesFixture.Admin, a.Id, up: true);
        await fixture.Rules.MoveAsync(RulesFixture.Admin, a.Id, up: false);
        await fixture.Rules.MoveAsync(RulesFixture.Admin, b.Id, up: false);
        await fixture.Rules.MoveAsync(RulesFixture.Admin, allow.Id, up: true);

        Assert.Equal(["C", "A", "B", "X"], (await fixture.Rules.ListAsync(RulesFixture.Admin)).Select(r => r.Name));

        Task<ApprovalRule> AddAsync(string name) => fixture.SavedAsync(RulesFixture.Admin, s_wide with { Name = name });
    }

    [Fact]
    public async Task GetSet_ChangesOfThisProcess_ShowAtOnceAndThoseOfOthersAfterFiveSeconds()
    {
        await using var fixture = await RulesFixture.StartAsync();
        var rules = fixture.Rules;
        Assert.Null(await RuleIdAsync());
        var rule = await fixture.SavedAsync(RulesFixture.Admin, s_wide);
        Assert.Equal(rule.Id, await RuleIdAsync());
        Assert.Same(await rules.GetSetAsync(), await rules.GetSetAsync());

        await fixture.Database.WriteAsync(c => c.ApprovalRules.ExecuteUpdateAsync(set => set.SetProperty(r => r.IsEnabled, false)));
        fixture.Time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Equal(rule.Id, await RuleIdAsync());
        fixture.Time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Null(await RuleIdAsync());

        async Task<Guid?> RuleIdAsync() => (await rules.GetSetAsync()).Evaluate(Rule.Call(), fixture.Time.GetUtcNow()).RuleId;
    }

    [Fact]
    public async Task ConsumeUse_ManyAtOnce_GivesOutExactlyWhatIsThere()
    {
        await using var fixture = await RulesFixture.StartAsync();
        var rule = await fixture.SavedAsync(RulesFixture.Admin, s_wide with { Effect = RuleEffect.Allow, UsesLeft = 3 });

        var taken = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => UseAsync(fixture, rule.Id)));

        Assert.Equal(3, taken.Count(t => t));
        Assert.Equal(0, (await fixture.Rules.GetAsync(RulesFixture.Admin, rule.Id)).UsesLeft);
        Assert.Null((await fixture.Rules.GetSetAsync()).Evaluate(Rule.Call(), fixture.Time.GetUtcNow()).RuleId);
    }

    [Fact]
    public async Task ConsumeUse_TransactionUndone_GivesTheUseBack()
    {
        await using var fixture = await RulesFixture.StartAsync();
        var rule = await fixture.SavedAsync(RulesFixture.Admin, s_wide with { Effect = RuleEffect.Allow, UsesLeft = 1 });

        await Assert.ThrowsAsync<InvalidOperationException>(() => fixture.Database.WriteAsync(async context =>
        {
            Assert.True(await fixture.Rules.ConsumeUseAsync(context, rule.Id));
            Assert.Null((await RuleService.ReadSetAsync(context)).Evaluate(Rule.Call(), fixture.Time.GetUtcNow()).RuleId);
            throw new InvalidOperationException();
        }));

        Assert.True(await UseAsync(fixture, rule.Id));
        Assert.False(await UseAsync(fixture, rule.Id));
    }

    [Fact]
    public async Task ConsumeUse_RuleWithoutLimitOffEndedOrGone_SaysWhetherItStillAllows()
    {
        await using var fixture = await RulesFixture.StartAsync();
        var input = s_wide with { Effect = RuleEffect.Allow, ValidUntil = fixture.Time.GetUtcNow().AddHours(1) };
        var (rule, off) = (await fixture.SavedAsync(RulesFixture.Admin, input), await fixture.SavedAsync(RulesFixture.Admin, input));
        await fixture.Rules.SetEnabledAsync(RulesFixture.Admin, off.Id, isEnabled: false);

        Assert.True(await UseAsync(fixture, rule.Id));
        Assert.Null((await fixture.Rules.GetAsync(RulesFixture.Admin, rule.Id)).UsesLeft);
        Assert.False(await UseAsync(fixture, off.Id));
        Assert.False(await UseAsync(fixture, Guid.NewGuid()));
        fixture.Time.Advance(TimeSpan.FromHours(1));
        Assert.False(await UseAsync(fixture, rule.Id));
    }

    private static Task<bool> UseAsync(RulesFixture fixture, Guid ruleId) =>
        fixture.Database.WriteAsync(context => fixture.Rules.ConsumeUseAsync(context, ruleId));

    private static async Task NotFoundAsync(Func<Task> act) =>
        Assert.Equal(RunRequestError.NotFound, (await Assert.ThrowsAsync<RunRequestException>(act)).Error);
}
