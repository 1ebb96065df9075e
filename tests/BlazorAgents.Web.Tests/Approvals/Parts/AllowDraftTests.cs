using System.Text.Json;
using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;
using BlazorAgents.Runs;
using BlazorAgents.Web.Features.Approvals.Parts;

namespace BlazorAgents.Web.Tests.Approvals.Parts;

/// <summary>The rules that people make of a request, judged as the gate judges them.</summary>
public sealed class AllowDraftTests
{
    private const string Call =
        """{"sku":"p1","count":3,"change":-3,"gift":true,"tags":["a","b"],"items":[{"id":"x"}],"to":{"city":"Rome"},"free":{},"api_key":"sk-1"}""";

    private const string Schema =
        """{"properties":{"sku":{"type":"string"},"count":{"type":"integer"},"change":{"type":"integer"},"gift":{"type":"boolean"},"note":{"type":"string"}}}""";

    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Limits_OfEachKind_SayWhatHoldsAndWhatNot()
    {
        var limits = AllowLimits.Of(ArgumentFields.Read(Schema, Call), isHosted: false);

        Assert.Equal(
            [
                "sku is p1", "count from 0 to 3", "change from -3 to 0", "gift is true", "note is not given", """tags has nothing but ["a","b"]""", "items.0.id is x",
                "to.city is Rome", "items has at most 1",
            ],
            limits.All.Select(limit => limit.Words));
        Assert.Equal(["free", "api_key", "arguments that this call does not have"], limits.Free);
    }

    [Theory]
    [InlineData("""{"count":0}""", true)]
    [InlineData("""{"count":4}""", false)]
    [InlineData("""{"count":-1}""", false)]
    [InlineData("""{"change":-500}""", false)]
    [InlineData("""{"change":1}""", false)]
    [InlineData("""{"sku":"p2"}""", false)]
    [InlineData("""{"gift":false}""", false)]
    [InlineData("""{"note":"for free"}""", false)]
    [InlineData("""{"tags":["a"]}""", true)]
    [InlineData("""{"tags":["a","c"]}""", false)]
    [InlineData("""{"tags":[]}""", false)]
    [InlineData("""{"items":[{"id":"x"},{"id":"y"}]}""", false)]
    [InlineData("""{"to":{"city":"Oslo"}}""", false)]
    [InlineData("""{"api_key":"sk-2"}""", true)]
    public void Rule_OfACall_CoversOnlyWhatTheLimitsSay(string change, bool covers)
    {
        var rule = Stored(Draft().ToRule(s_now));

        Assert.Empty(RuleSet.Check(rule));
        Assert.Equal(RuleEffect.Allow, Judge(rule, Call).Effect);
        Assert.Equal(covers ? RuleEffect.Allow : RuleEffect.Ask, Judge(rule, Changed(change)).Effect);
    }

    [Theory]
    [InlineData(AllowScope.Conversation, "shop", "ann", true)]
    [InlineData(AllowScope.Agent, "shop", null, false)]
    [InlineData(AllowScope.Everyone, null, null, false)]
    public void Rule_OfEachScope_ReachesThatFar(AllowScope scope, string? agent, string? requester, bool isOfTheConversation)
    {
        var request = Request();
        var draft = new AllowDraft(request, ArgumentFields.Read(Schema, Call)) { Scope = scope, Days = 0 };

        var rule = draft.ToRule(s_now);

        Assert.Equal((RuleEffect.Allow, "order", agent, requester), (rule.Effect, rule.ToolPattern, rule.AgentId, rule.RequesterId));
        Assert.Equal(isOfTheConversation ? request.ConversationId : null, rule.ConversationId);
        Assert.Null(rule.ValidUntil);
        Assert.False(rule.HasUntrustedContent);
    }

    [Fact]
    public void Rule_LimitSwitchedOffAndDays_IsWiderAndEnds()
    {
        var draft = Draft();
        draft.Limits.All[0].IsOn = false;
        draft.Days = 7;
        var rule = draft.ToRule(s_now);

        Assert.Equal(s_now.AddDays(7), rule.ValidUntil);
        Assert.Equal(RuleEffect.Allow, Judge(Stored(rule), Changed("""{"sku":"p2"}""")).Effect);
        Assert.Equal(RuleEffect.Ask, Judge(Stored(rule), Changed("""{"count":4}""")).Effect);
    }

    [Fact]
    public void Limits_OfVeryManyArguments_AreAsManyAsARuleTakes()
    {
        var call = "{" + string.Join(',', Enumerable.Range(0, 100).Select(i => $"\"k{i}\":\"v\"")) + "}";

        var limits = AllowLimits.Of(ArgumentFields.Read("{}", call), isHosted: false);

        Assert.Equal(RuleCondition.MaxCount, limits.All.Sum(limit => limit.Conditions.Count));
        Assert.Equal("what does not stand above", limits.Free[^1]);
    }

    [Theory]
    [InlineData("""{"additionalProperties":false,"properties":{"x":{}}}""", """{"x":1}""", false, false)]
    [InlineData("""{"properties":{"x":{}}}""", """{"x":1}""", false, true)] // ours throw away what the schema does not name
    [InlineData("""{"additionalProperties":{},"properties":{"x":{}}}""", """{"x":1}""", true, true)]
    [InlineData("""{"additionalProperties":false,"properties":{"x":{"additionalProperties":{"type":"string"}}}}""", """{"x":{"y":"z"}}""", true, true)]
    [InlineData("""{"additionalProperties":false,"properties":{"x":{"additionalProperties":{"type":"string"}}}}""", """{}""", false, false)]
    public void Limits_OfACallThatMayHoldMore_SaySo(string schema, string call, bool ofOurs, bool ofHosted)
    {
        const string Others = "arguments that this call does not have";

        Assert.Equal(ofOurs, AllowLimits.Of(ArgumentFields.Read(schema, call), isHosted: false).Free.Contains(Others));
        Assert.Equal(ofHosted, AllowLimits.Of(ArgumentFields.Read(schema, call), isHosted: true).Free.Contains(Others));
    }

    [Theory]
    [InlineData("dice.roll_dice", true)]
    [InlineData("dice.*", false)]
    [InlineData("dice.roll?", false)]
    public void IsPossible_NameThatIsAPattern_IsNot(string tool, bool isPossible)
    {
        Assert.Equal(isPossible, AllowDraft.IsPossible(Request(tool), new Actor("ada", "Ada", Roles.Admin)));
    }

    private static AllowDraft Draft() => new(Request(), ArgumentFields.Read(Schema, Call));

    private static RuleOutcome Judge(ApprovalRule rule, string arguments) => new RuleSet([rule]).Evaluate(
        new RuleCall("order", "shop", "ann", Roles.User, rule.ConversationId!.Value, HasUntrustedContent: false, JsonElement.Parse(arguments), ToolRisk.Write, ToolApprovalMode.ByRisk), s_now);

    private static string Changed(string change)
    {
        var call = System.Text.Json.Nodes.JsonNode.Parse(Call)!.AsObject();
        foreach (var (name, value) in System.Text.Json.Nodes.JsonNode.Parse(change)!.AsObject())
        {
            call[name] = value?.DeepClone();
        }

        return call.ToJsonString();
    }

    private static ApprovalRule Stored(RuleInput input) => new()
    {
        Id = Guid.CreateVersion7(),
        Name = input.Name,
        Effect = input.Effect,
        ToolPattern = input.ToolPattern,
        AgentId = input.AgentId,
        RequesterId = input.RequesterId,
        ConversationId = input.ConversationId,
        HasUntrustedContent = input.HasUntrustedContent,
        Conditions = RuleCondition.ToJson(input.Conditions),
        ValidUntil = input.ValidUntil,
        CreatedById = "ada",
        CreatedByName = "Ada",
    };

    private static Approval Request(string tool = "order") => new()
    {
        Id = Guid.CreateVersion7(),
        ConversationId = Guid.CreateVersion7(),
        RunId = Guid.CreateVersion7(),
        CallId = "1",
        AgentId = "shop",
        AgentName = "Shop",
        AgentVersion = "v1",
        ToolName = tool,
        ToolSchema = Schema,
        Risk = nameof(ToolRisk.Write),
        RequesterId = "ann",
        RequesterName = "Ann",
        Arguments = Call,
        Digest = "d",
        Sentence = "Order",
        UserMessage = "",
        AgentWords = "",
        AskedBecause = "because",
    };
}
