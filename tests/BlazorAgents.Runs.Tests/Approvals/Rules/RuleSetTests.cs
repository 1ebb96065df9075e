using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;

namespace BlazorAgents.Runs.Tests.Approvals.Rules;

public sealed class RuleSetTests
{
    [Fact]
    public void Evaluate_RulesOfEachEffect_DenyBeatsAskBeatsAllow()
    {
        var (deny, ask, allow) = (Rule.Row(RuleEffect.Deny), Rule.Row(RuleEffect.Ask), Rule.Row(RuleEffect.Allow));
        (deny.Position, ask.Position, allow.Position) = (3, 2, 1);

        Assert.Equal(deny.Id, Decide(allow, ask, deny).RuleId);
        Assert.Equal(ask.Id, Decide(allow, ask).RuleId);
        Assert.Equal(allow.Id, Decide(allow).RuleId);
    }

    [Fact]
    public void Evaluate_RulesOfOneEffect_FirstByPositionThenByAge()
    {
        var (late, early) = (Ask(2, Rule.Now), Ask(1, Rule.Now));
        var (young, old) = (Ask(2, Rule.Now), Ask(2, Rule.Now.AddDays(-1)));

        Assert.Equal(early.Id, Decide(late, early).RuleId);
        Assert.Equal(old.Id, Decide(young, old).RuleId);

        static ApprovalRule Ask(int position, DateTimeOffset created) => new()
        {
            Id = Guid.CreateVersion7(),
            Name = "Asks",
            Effect = RuleEffect.Ask,
            Position = position,
            ToolPattern = "*",
            CreatedById = "admin",
            CreatedByName = "Admin",
            CreatedAt = created,
        };
    }

    [Theory]
    [InlineData("create_order", true)]
    [InlineData("create_*", true)]
    [InlineData("*_order", true)]
    [InlineData("*e*_*d*", true)]
    [InlineData("create_orde?", true)]
    [InlineData("**", true)]
    [InlineData("create_order?", false)]
    [InlineData("Create_order", false)]
    [InlineData("order", false)]
    [InlineData("create", false)]
    public void Pattern_OverToolNames_MatchesTheWholeName(string pattern, bool isMatch) =>
        Assert.Equal(isMatch, Rule.Row(pattern: pattern).Decides());

    [Fact]
    public void Scope_EachPart_MustFit()
    {
        Action<ApprovalRule>[] fits =
        [
            r => r.AgentId = "shop", r => r.RequesterId = "user", r => r.Role = Roles.User, r => r.ConversationId = Rule.Conversation,
            r => r.HasUntrustedContent = false,
        ];
        Action<ApprovalRule>[] misses =
        [
            r => r.AgentId = "other", r => r.RequesterId = "USER", r => r.Role = Roles.Approver, r => r.ConversationId = Guid.NewGuid(),
            r => r.HasUntrustedContent = true,
        ];
        var everything = Rule.Row();
        Array.ForEach(fits, fit => fit(everything));

        Assert.True(everything.Decides());
        foreach (var miss in misses)
        {
            var rule = Rule.Row();
            Array.ForEach(fits, fit => fit(rule));
            miss(rule);
            Assert.False(rule.Decides());
        }
    }

    [Fact]
    public void Rule_OffExpiredOrUsedUp_MatchesNothingEvenWhenBroken()
    {
        foreach (var pattern in new[] { "*", "[" })
        {
            Assert.False(With(r => r.IsEnabled = false).Decides());
            Assert.False(With(r => r.UsesLeft = 0).Decides());
            Assert.False(With(r => r.ValidUntil = Rule.Now).Decides());
            Assert.True(With(r => r.UsesLeft = 1).Decides());
            Assert.True(With(r => r.ValidUntil = Rule.Now.AddTicks(1)).Decides());

            ApprovalRule With(Action<ApprovalRule> change)
            {
                var rule = Rule.Row(pattern: pattern);
                change(rule);
                return rule;
            }
        }
    }

    public static TheoryData<string, string, string> BrokenRules => new()
    {
        { "", "[]", "ToolPattern" },
        { "[a-z]*", "[]", "ToolPattern" },
        { new string('x', 129), "[]", "ToolPattern" },
        { "*", "", "Conditions" },
        { "*", "{}", "Conditions" },
        { "*", "[{]", "Conditions" },
        { "*", "[7]", "Conditions[0]" },
        { "*", """[{"path":"$.x","operator":"exists"},{"path":"$.x","operator":"exists","not":true}]""", "Conditions[1]" },
        { "*", """[{"path":"$.x","path":"$.y","operator":"exists"}]""", "Conditions" },
        { "*", """[{"operator":"exists"}]""", "Conditions[0].Path" },
        { "*", """[{"path":"x","operator":"exists"}]""", "Conditions[0].Path" },
        { "*", """[{"path":"$","operator":"exists"}]""", "Conditions[0].Path" },
        { "*", """[{"path":"$..x","operator":"exists"}]""", "Conditions[0].Path" },
        { "*", """[{"path":"$.x[","operator":"exists"}]""", "Conditions[0].Path" },
        { "*", """[{"path":"$.x[-1]","operator":"exists"}]""", "Conditions[0].Path" },
        { "*", """[{"path":"$.x[99999999999]","operator":"exists"}]""", "Conditions[0].Path" },
        { "*", """[{"path":"$.x y","operator":"exists"}]""", "Conditions[0].Path" },
        { "*", """[{"path":"$.x","operator":"like","value":"a"}]""", "Conditions[0].Operator" },
        { "*", """[{"path":"$.x","operator":5}]""", "Conditions[0].Operator" },
        { "*", """[{"path":"$.x","operator":"equals"}]""", "Conditions[0].Value" },
        { "*", """[{"path":"$.x","operator":"equals","value":{}}]""", "Conditions[0].Value" },
        { "*", """[{"path":"$.x","operator":"at_least","value":"5"}]""", "Conditions[0].Value" },
        { "*", """[{"path":"$.x","operator":"at_most","value":1e99}]""", "Conditions[0].Value" },
        { "*", """[{"path":"$.x","operator":"contains","value":""}]""", "Conditions[0].Value" },
        { "*", """[{"path":"$.x","operator":"matches","value":5}]""", "Conditions[0].Value" },
        { "*", """[{"path":"$.x","operator":"one_of","value":[]}]""", "Conditions[0].Value" },
        { "*", """[{"path":"$.x","operator":"exists","value":1}]""", "Conditions[0].Value" },
    };

    [Theory]
    [MemberData(nameof(BrokenRules))]
    public void Rule_BrokenPart_DeniesAndSaysWhichRuleAndWhere(string pattern, string conditions, string field)
    {
        foreach (var effect in Enum.GetValues<RuleEffect>())
        {
            var rule = Rule.Row(effect, "Big orders", pattern, conditions);

            var outcome = new RuleSet([Rule.Row(RuleEffect.Allow), rule]).Evaluate(Rule.Call("""{"x":1}"""), Rule.Now);

            Assert.Equal((RuleEffect.Deny, rule.Id), (outcome.Effect, outcome.RuleId));
            Assert.StartsWith($"Rule \"Big orders\" is broken and denies what it may cover. {field}: ", outcome.Because, StringComparison.Ordinal);
            Assert.Equal(field, Assert.Single(RuleSet.Check(rule)).Field);
        }
    }

    [Fact]
    public void Rule_BrokenRoleEffectDeciderOrScope_Denies()
    {
        Action<ApprovalRule>[] breaks =
        [
            r => r.Role = "Root", r => r.Effect = (RuleEffect)9, r => r.Decider = (ApprovalDecider)9, r => r.AgentId = "", r => r.RequesterId = " ",
        ];
        foreach (var damage in breaks)
        {
            var rule = Rule.Row(RuleEffect.Allow);
            damage(rule);

            Assert.Equal(RuleEffect.Deny, Decide(rule).Effect);
            Assert.True(rule.Decides());
        }
    }

    [Fact]
    public void Rule_BrokenButItsOtherPartsMiss_MatchesNothing()
    {
        const string BadPath = """{"path":"x","operator":"exists"}""";
        var otherTool = Rule.Row(pattern: "cancel_*", conditions: $"[{BadPath}]");
        var otherAgent = Rule.Row(pattern: "[");
        otherAgent.AgentId = "other";
        var otherArguments = Rule.Row(conditions: $$"""[{{BadPath}},{"path":"$.quantity","operator":"more_than","value":5}]""");

        Assert.Null(new RuleSet([otherTool, otherAgent, otherArguments]).Evaluate(Rule.Call("""{"quantity":5}"""), Rule.Now).RuleId);
        Assert.True(otherArguments.Decides(Rule.Call("""{"quantity":6}""")));
    }

    [Theory]
    [InlineData(ToolApprovalMode.NeverRequire, ToolRisk.Money, RuleEffect.Allow, "create_order is set to run without asking")]
    [InlineData(ToolApprovalMode.AlwaysRequire, ToolRisk.Read, RuleEffect.Ask, "create_order is set to ask: a person decides")]
    [InlineData(ToolApprovalMode.ByRisk, ToolRisk.Read, RuleEffect.Allow, "create_order only reads")]
    [InlineData(ToolApprovalMode.ByRisk, ToolRisk.Write, RuleEffect.Ask, "create_order changes data: a person decides")]
    [InlineData(ToolApprovalMode.ByRisk, ToolRisk.Money, RuleEffect.Ask, "create_order moves money: a person decides")]
    [InlineData(ToolApprovalMode.ByRisk, ToolRisk.Irreversible, RuleEffect.Ask, "create_order cannot be undone: a person decides")]
    [InlineData(ToolApprovalMode.ByRisk, ToolRisk.Code, RuleEffect.Ask, "create_order runs code: a person decides")]
    [InlineData(ToolApprovalMode.ByRisk, ToolRisk.External, RuleEffect.Ask, "create_order acts on another system: a person decides")]
    [InlineData((ToolApprovalMode)9, ToolRisk.Read, RuleEffect.Ask, "create_order is set to ask: a person decides")]
    [InlineData(ToolApprovalMode.ByRisk, (ToolRisk)9, RuleEffect.Ask, "create_order is set to ask: a person decides")]
    public void Evaluate_NoRule_GoesByModeAndRisk(ToolApprovalMode mode, ToolRisk risk, RuleEffect effect, string because)
    {
        var outcome = new RuleSet([]).Evaluate(Rule.Call(risk: risk, mode: mode), Rule.Now);

        var decider = risk == ToolRisk.Write ? ApprovalDecider.RequesterOrApprover : ApprovalDecider.Approver;
        Assert.Equal(new RuleOutcome(effect, null, because, decider), outcome);
    }

    [Fact]
    public void Evaluate_RuleThatAsks_NamesItselfAndWhoDecides()
    {
        var rule = Rule.Row(RuleEffect.Ask, "Big orders");
        rule.Decider = ApprovalDecider.OtherApprover;

        Assert.Equal(new RuleOutcome(RuleEffect.Ask, rule.Id, "Rule \"Big orders\" asks", ApprovalDecider.OtherApprover), Decide(rule));
    }

    [Theory]
    [InlineData(Roles.User, ToolRisk.Write, true)]
    [InlineData(Roles.User, ToolRisk.Money, false)]
    [InlineData(Roles.User, ToolRisk.Irreversible, false)]
    [InlineData(Roles.Approver, ToolRisk.Money, true)]
    [InlineData(Roles.Admin, ToolRisk.Money, true)]
    public void OwnAllowRule_CoversOnlyWhatItsMakerMightApprove(string role, ToolRisk risk, bool allows)
    {
        var own = new ApprovalRule
        {
            Id = Guid.CreateVersion7(),
            Name = "Mine",
            Effect = RuleEffect.Allow,
            ToolPattern = "*",
            RequesterId = "user",
            ConversationId = Rule.Conversation,
            CreatedById = "user",
            CreatedByName = "User",
        };

        Assert.Equal(allows, own.Decides(Rule.Call(risk: risk) with { Role = role }));
    }

    [Fact]
    public void RuleSet_RowChangedAfterwards_StaysAsItWas()
    {
        var rule = Rule.Row();
        var set = new RuleSet([rule]);
        (rule.IsEnabled, rule.ToolPattern, rule.AgentId) = (false, "x", "x");

        Assert.Equal(rule.Id, set.Evaluate(Rule.Call(), Rule.Now).RuleId);
    }

    [Fact]
    public void Pattern_ManyStars_TakesNoExponentialTime()
    {
        var rule = Rule.Row(conditions: Rule.Condition("$.x", "matches", $"\"{string.Concat(Enumerable.Repeat("*a", 400))}b\""));

        Assert.False(rule.Decides(Rule.Call($$"""{"x":"{{new string('a', 10_000)}}"}""")));
    }

    private static RuleOutcome Decide(params ApprovalRule[] rules) => new RuleSet(rules).Evaluate(Rule.Call(), Rule.Now);
}
