using BlazorAgents.Data;

namespace BlazorAgents.Runs.Tests.Approvals.Rules;

public sealed class RuleConditionTests
{
    [Theory]
    [InlineData("equals", "\"DE\"", "\"DE\"", true)]
    [InlineData("equals", "\"DE\"", "\"de\"", false)]
    [InlineData("equals", "5", "5.0", true)]
    [InlineData("equals", "0.3", "0.30000000000000004", false)]
    [InlineData("equals", "true", "true", true)]
    [InlineData("equals", "true", "false", false)]
    [InlineData("equals", "null", "null", true)]
    [InlineData("equals", "null", "1", false)]
    [InlineData("equals", "1", "null", false)]
    [InlineData("not_equals", "5", "5.00", false)]
    [InlineData("not_equals", "5", "6", true)]
    [InlineData("not_equals", "\"a\"", "null", true)]
    [InlineData("at_least", "5", "5", true)]
    [InlineData("at_least", "5", "4.99", false)]
    [InlineData("at_most", "5", "5", true)]
    [InlineData("at_most", "5", "5.0000000000000001", false)]
    [InlineData("more_than", "5", "5", false)]
    [InlineData("more_than", "5", "5.0000000000000001", true)]
    [InlineData("less_than", "5", "5", false)]
    [InlineData("less_than", "5", "-5", true)]
    [InlineData("contains", "\"rm -rf\"", "\"sudo RM -RF /\"", true)]
    [InlineData("contains", "\"rm -rf\"", "\"ls\"", false)]
    [InlineData("contains", "\"b\"", "[\"a\",\"b\"]", true)]
    [InlineData("contains", "2", "[1,2.0]", true)]
    [InlineData("contains", "2", "[]", false)]
    [InlineData("matches", "\"*@example.com\"", "\"Bob@Example.com\"", true)]
    [InlineData("matches", "\"*@example.com\"", "\"bob@example.com.evil\"", false)]
    [InlineData("matches", "\"C?ST*1\"", "\"CUST001\"", true)]
    [InlineData("one_of", "[\"DE\",\"FR\"]", "\"FR\"", true)]
    [InlineData("one_of", "[\"DE\",\"FR\"]", "\"US\"", false)]
    [InlineData("one_of", "[1,\"x\"]", "\"x\"", true)]
    [InlineData("one_of", "[1,null]", "null", true)]
    [InlineData("exists", null, "null", true)]
    [InlineData("missing", null, "null", false)]
    public void Operator_ValueOfItsType_HoldsOrNotWhateverTheEffect(string op, string? value, string actual, bool holds)
    {
        foreach (var effect in Enum.GetValues<RuleEffect>())
        {
            var rule = Rule.Row(effect, conditions: Rule.Condition("$.x", op, value));

            Assert.Equal(holds, rule.Decides(Rule.Call($$"""{"x":{{actual}}}""")));
        }
    }

    [Theory]
    [InlineData("[{\"x\":1},{\"x\":2}]", true, true)]
    [InlineData("[{\"x\":1},{\"x\":900}]", false, true)]
    [InlineData("[{\"x\":900},{\"x\":1}]", false, true)]
    [InlineData("[{\"x\":1},{}]", false, true)]
    [InlineData("[{\"x\":1},{\"x\":\"many\"}]", false, true)]
    [InlineData("[{\"x\":900}]", false, false)]
    [InlineData("[]", false, false)]
    [InlineData("null", false, false)]
    public void AnyIndex_SeveralElements_AllMustFitToAllowAndOneIsEnoughToAskOrDeny(string items, bool allows, bool asksAndDenies)
    {
        var call = Rule.Call($$"""{"items":{{items}}}""");

        Assert.Equal(
            (allows, asksAndDenies, asksAndDenies),
            (Decides(RuleEffect.Allow), Decides(RuleEffect.Ask), Decides(RuleEffect.Deny)));

        bool Decides(RuleEffect effect) => Rule.Row(effect, conditions: Rule.Condition("$.items[*].x", "at_most", "5")).Decides(call);
    }

    [Theory]
    [InlineData("[[1],[2,3]]", true)]
    [InlineData("[[1],[2,9]]", false)]
    [InlineData("[[1],[]]", false)]
    public void AnyIndex_WithinAnother_AllowsOnlyWhenAllOfAllFit(string grid, bool allows) =>
        Assert.Equal(allows, Rule.Row(RuleEffect.Allow, conditions: Rule.Condition("$.grid[*][*]", "at_most", "5")).Decides(Rule.Call($$"""{"grid":{{grid}}}""")));

    [Theory]
    [InlineData("equals", "\"5\"", "5")]
    [InlineData("equals", "5", "\"5\"")]
    [InlineData("equals", "5", "1e40")]
    [InlineData("equals", "5", "[5]")]
    [InlineData("not_equals", "5", "\"5\"")]
    [InlineData("at_least", "5", "\"1\"")]
    [InlineData("at_most", "5", "null")]
    [InlineData("more_than", "5", "1e40")]
    [InlineData("less_than", "5", "{}")]
    [InlineData("contains", "\"a\"", "7")]
    [InlineData("contains", "7", "\"a\"")]
    [InlineData("contains", "7", "[\"a\"]")]
    [InlineData("matches", "\"a*\"", "true")]
    [InlineData("one_of", "[1,2]", "\"3\"")]
    [InlineData("one_of", "[1,null]", "\"3\"")]
    public void Operator_ValueOfAnotherType_CountsAgainstTheCall(string op, string value, string actual)
    {
        var (conditions, call) = (Rule.Condition("$.x", op, value), Rule.Call($$"""{"x":{{actual}}}"""));

        Assert.True(Rule.Row(RuleEffect.Deny, conditions: conditions).Decides(call));
        Assert.True(Rule.Row(RuleEffect.Ask, conditions: conditions).Decides(call));
        Assert.False(Rule.Row(RuleEffect.Allow, conditions: conditions).Decides(call));
    }

    [Theory]
    [InlineData("equals", "null", false)]
    [InlineData("not_equals", "5", false)]
    [InlineData("at_least", "5", false)]
    [InlineData("at_most", "5", false)]
    [InlineData("more_than", "5", false)]
    [InlineData("less_than", "5", false)]
    [InlineData("contains", "\"a\"", false)]
    [InlineData("matches", "\"*\"", false)]
    [InlineData("one_of", "[null]", false)]
    [InlineData("exists", null, false)]
    [InlineData("missing", null, true)]
    public void Operator_ValueThatIsNotThere_HoldsOnlyForMissing(string op, string? value, bool holds)
    {
        foreach (var effect in Enum.GetValues<RuleEffect>())
        {
            Assert.Equal(holds, Rule.Row(effect, conditions: Rule.Condition("$.x.y", op, value)).Decides(Rule.Call("""{"x":null}""")));
        }
    }

    [Theory]
    [InlineData("$.a.b", true)]
    [InlineData("$.a.c", false)]
    [InlineData("$.items[1].x", true)]
    [InlineData("$.items[0].x", false)]
    [InlineData("$.items[2].x", false)]
    [InlineData("$.items[*].x", true)]
    [InlineData("$.items[*].y", false)]
    [InlineData("$.grid[*][1]", true)]
    [InlineData("$.empty[*].x", false)]
    [InlineData("$.A.b", false)]
    public void Path_IntoArguments_FindsTheValue(string path, bool holds) => Assert.Equal(
        holds,
        Rule.Row(RuleEffect.Ask, conditions: Rule.Condition(path, "equals", "7"))
            .Decides(Rule.Call("""{"a":{"b":7},"items":[{"x":1},{"x":7}],"grid":[[1,2],[3,7]],"empty":[]}""")));

    [Theory]
    [InlineData("$.a.b", """{"a":"text"}""")]
    [InlineData("$.a[0]", """{"a":{"0":1}}""")]
    [InlineData("$.a[*].x", """{"a":[{"x":5},3]}""")]
    public void Path_ThroughAnotherType_CountsAgainstTheCall(string path, string arguments)
    {
        foreach (var (op, value) in new[] { ("equals", "5"), ("missing", null) })
        {
            var conditions = Rule.Condition(path, op, value);

            Assert.True(Rule.Row(RuleEffect.Deny, conditions: conditions).Decides(Rule.Call(arguments)));
            Assert.False(Rule.Row(RuleEffect.Allow, conditions: conditions).Decides(Rule.Call(arguments)));
        }
    }

    [Fact]
    public void Conditions_Several_MustAllHold()
    {
        var rule = Rule.Row(RuleEffect.Allow, conditions:
            """[{"path":"$.quantity","operator":"at_most","value":5},{"path":"$.country","operator":"one_of","value":["DE","FR"]}]""");

        Assert.True(rule.Decides(Rule.Call("""{"quantity":5,"country":"DE"}""")));
        Assert.False(rule.Decides(Rule.Call("""{"quantity":6,"country":"DE"}""")));
        Assert.False(rule.Decides(Rule.Call("""{"quantity":5,"country":"US"}""")));
    }

    [Fact]
    public void ToJson_Conditions_ReadBackAsTheyWere()
    {
        var rule = Rule.Row(conditions: RuleCondition.ToJson(
            [new("$.a", "equals", Rule.Json("\"ä\\\"\"")), new("$.b", "missing"), new("$.c", "one_of", Rule.Json("[1,null]"))]));

        Assert.Empty(RuleSet.Check(rule));
        Assert.True(rule.Decides(Rule.Call("""{"a":"ä\"","c":1}""")));
        Assert.False(rule.Decides(Rule.Call("""{"a":"ä","c":1}""")));
    }
}
