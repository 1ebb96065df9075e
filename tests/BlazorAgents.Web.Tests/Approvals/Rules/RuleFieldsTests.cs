using System.Text.Json;
using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;
using BlazorAgents.Runs;
using BlazorAgents.Web.Features.Approvals.Rules;
using BlazorAgents.Web.Tests.Chat;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Web.Tests.Approvals.Rules;

public sealed class RuleFieldsTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo s_berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly Actor s_admin = new("ada", "Ada", Roles.Admin);

    [Theory]
    [InlineData("more_than", "5", null, "5")]
    [InlineData("equals", "DE", null, "\"DE\"")]
    [InlineData("equals", "true", null, "true")]
    [InlineData("equals", "5", null, "5")]
    [InlineData("equals", "\"5\"", null, "\"5\"")]
    [InlineData("equals", "5", "string", "\"5\"")]
    [InlineData("equals", "\"5\"", "string", "\"5\"")]
    [InlineData("contains", "5", null, "\"5\"")]
    [InlineData("matches", "5*", null, "\"5*\"")]
    [InlineData("one_of", "DE, FR ,5", null, "[\"DE\",\"FR\",5]")]
    [InlineData("one_of", "[\"a,b\",1]", null, "[\"a,b\",1]")]
    [InlineData("equals", "{\"a\":1}", null, "\"{\\u0022a\\u0022:1}\"")]
    public void Value_AsTyped_IsTheValueThatPeopleMean(string op, string text, string? type, string json) =>
        Assert.Equal(json, ConditionText.Read(text, op, type).GetRawText());

    [Theory]
    [InlineData("\"DE\"", "DE")]
    [InlineData("5", "5")]
    [InlineData("\"5\"", "\"5\"")]
    [InlineData("\"\"", "\"\"")]
    [InlineData("null", "null")]
    [InlineData("[\"DE\",\"FR\",5]", "DE, FR, 5")]
    [InlineData("[\"a,b\",1]", "[\"a,b\",1]")]
    public void Value_Stored_IsShownSoThatItReadsTheSameAgain(string json, string text)
    {
        var value = JsonSerializer.Deserialize<JsonElement>(json);

        Assert.Equal(text, ConditionText.Of(value));
        Assert.Equal(json, ConditionText.Read(text, value.ValueKind is JsonValueKind.Array ? "one_of" : "equals", null).GetRawText());
    }

    [Fact]
    public void Read_StoredRuleThatNobodyTouched_IsTheStoredRule()
    {
        var rule = Row();
        var fields = new RuleFields(rule, s_berlin);

        var (input, problems) = fields.Read(Choices(rule), s_admin, s_berlin, s_now);

        Assert.Empty(problems);
        Assert.Equal(RuleCondition.ToJson(RuleInput.Of(rule).Conditions), RuleCondition.ToJson(input.Conditions));
        Assert.Equal(RuleInput.Of(rule) with { Conditions = [], KeepsUses = true }, input with { Conditions = [] });
    }

    [Fact]
    [Trait("Id", "BLZ-04")]
    public void Read_ValuesOutsideTheLists_AreNamed()
    {
        var fields = new RuleFields(null, TimeZoneInfo.Utc)
        {
            Name = "x", ToolPattern = "*", Effect = "7", Decider = "1", AgentId = "root", RequesterId = "nobody", Role = "Root", Untrusted = "maybe", End = "soon",
        };

        var problems = fields.Read(Choices(), s_admin, TimeZoneInfo.Utc, s_now).Problems;

        Assert.Equal(
            ["AgentId", "Effect", "HasUntrustedContent", "RequesterId", "Role", "ValidUntil"], problems.Select(p => p.Field).Order(StringComparer.Ordinal));
        fields.Effect = nameof(RuleEffect.Ask);
        Assert.Contains("Decider", fields.Read(Choices(), s_admin, TimeZoneInfo.Utc, s_now).Problems.Select(p => p.Field));
    }

    [Fact]
    public void End_IsTheReadersWallClock()
    {
        var fields = new RuleFields(null, s_berlin) { Name = "x", ToolPattern = "*", End = "2026-07-01T08:30" };

        Assert.Equal(new DateTimeOffset(2026, 7, 1, 6, 30, 0, TimeSpan.Zero), fields.Read(Choices(), s_admin, s_berlin, s_now).Input.ValidUntil);
        fields.End = "2026-03-29T02:30"; // the clock jumps over it
        Assert.Equal("ValidUntil", Assert.Single(fields.Read(Choices(), s_admin, s_berlin, s_now).Problems).Field);

        var stored = new RuleFields(Row(), TimeZoneInfo.Utc);
        stored.UseZone(s_berlin);
        Assert.Equal("2026-07-01T10:00", stored.End);
        stored.End = "2026-08-01T10:00";
        stored.UseZone(TimeZoneInfo.Utc);
        Assert.Equal("2026-08-01T10:00", stored.End); // typed
    }

    [Fact]
    public void Tools_PatternOfOneTool_OffersItsArguments()
    {
        var tools = new RuleTools(Agents());

        Assert.Equal([OrderTool.Note, "code_interpreter", OrderTool.Name, "image_generation", "web_search"], tools.Names);
        Assert.Equal([("$.product", "string"), ("$.quantity", "integer"), ("$.api_key", "string")], tools.Arguments("create_*").Select(a => (a.Path, a.Type)));
        Assert.Empty(tools.Arguments("*"));
        Assert.Empty(tools.Arguments("a b"));
        Assert.Null(tools.Covered("a b"));
    }

    [Fact]
    public void Tools_ArgumentsOfOneTypeTwice_OffersBothsMembers()
    {
        var tools = new RuleTools(Agents(AgentTool.Create((Parcel first, Parcel? second) => $"{first}{second}", "send_parcels")));

        Assert.Equal(
            [("$.first.weight", "number"), ("$.first.to", "string"), ("$.second.weight", "number"), ("$.second.to", "string")],
            tools.Arguments("send_parcels").Select(a => (a.Path, a.Type)));
    }

    [Fact]
    public void Sentence_OfEachPart_IsPlain()
    {
        var agents = Agents();
        var ask = new RuleInput { Effect = RuleEffect.Ask, ToolPattern = "create_order", Role = Roles.User, Conditions = [new("$.items[*].quantity", "more_than", Json("5"))] };

        Assert.Equal("Ask an approver before create_order when any items.quantity is more than 5, for people with the role User", RuleWords.Sentence(ask, agents, null));
        Assert.Equal(
            "Run every tool named c* without asking when every items.quantity is more than 5, for Una while their role is User, by Agent tools, in one conversation, only after the agent read content from outside",
            RuleWords.Sentence(
                ask with { Effect = RuleEffect.Allow, ToolPattern = "c*", RequesterId = "una", AgentId = "tools", ConversationId = Guid.NewGuid(), HasUntrustedContent = true }, agents, "Una"));
        Assert.Equal(
            "Deny every tool when country is one of “DE”, “FR” and note is not given, for somebody whose account is gone",
            RuleWords.Sentence(
                new RuleInput { Effect = RuleEffect.Deny, ToolPattern = "*", RequesterId = "x", Conditions = [new("$.country", "one_of", Json("""["DE","FR"]""")), new("$.note", "missing")] }, agents, null));
    }

    [Fact]
    public void Operators_OfTheEngine_AllHaveWords() =>
        Assert.Equal(RuleCondition.Operators.Order(StringComparer.Ordinal), RuleWords.Operators.Select(o => o.Key).Order(StringComparer.Ordinal));

    private static AgentCatalog Agents(params AITool[] further) => new([ChatHost.Agent("tools") with { Tools = [OrderTool.Create(), OrderTool.CreateNote(), .. further] }], []);

    private static RuleChoices Choices(ApprovalRule? rule = null) =>
        RuleChoices.Of(new RuleDesk(IsAdmin: true, rule is null ? null : new RuleView(rule, null, MayChange: true, []), [new ApprovalFacet("una", "Una")]), Agents());

    private static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);

    private static ApprovalRule Row() => new()
    {
        Id = Guid.CreateVersion7(),
        Name = "Stored",
        Effect = RuleEffect.Allow,
        ToolPattern = "create_*",
        AgentId = "gone",
        RequesterId = "left",
        Conditions = """[{"path":"$.quantity","operator":"at_most","value":5.0},{"path":"$.code","operator":"contains","value":5}]""",
        UsesLeft = 3,
        ValidUntil = new DateTimeOffset(2026, 7, 1, 8, 0, 30, TimeSpan.Zero),
        CreatedById = "ada",
        CreatedByName = "Ada",
    };

    private sealed record Parcel(double Weight, string To);
}
