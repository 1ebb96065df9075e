using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using BlazorAgents.Agents.Schema;
using BlazorAgents.Agents.Tools;

namespace BlazorAgents.Agents.Tests.Tools;

/// <summary>What the schema says is what is checked before a call.</summary>
public sealed class ToolSchemaTests
{
    private static readonly AgentTool s_send = AgentTool.Create((Parcel parcel) => parcel.Content, "send");

    [Theory]
    [InlineData("""{"receiver":"Ada"}""", null)]
    [InlineData("""{"receiver":"Ada","weight":0.05,"filled":0.1,"country":"FI","content":"books","labels":[{"text":"up","size":1}],"day":"2026-01-31","notify":"a@b.c"}""", null)]
    [InlineData("""{}""", "receiver")]
    [InlineData("""{"receiver":null}""", "receiver")]
    [InlineData("""{"receiver":" "}""", "receiver")]
    [InlineData("""{"receiver":"Ada","weight":0.04}""", "weight")]
    [InlineData("""{"receiver":"Ada","weight":32}""", "weight")]
    [InlineData("""{"receiver":"Ada","weight":"2"}""", "weight")]
    [InlineData("""{"receiver":"Ada","filled":0}""", "filled")]
    [InlineData("""{"receiver":"Ada","country":"FINLAND"}""", "country")]
    [InlineData("""{"receiver":"Ada","country":"FI\n"}""", "country")]
    [InlineData("""{"receiver":"Ada","content":"bomb"}""", "content")]
    [InlineData("""{"receiver":"Ada","content":null}""", "content")]
    [InlineData("""{"receiver":"Ada","labels":[{"text":"a"},{"text":"b"},{"text":"c"}]}""", "labels")]
    [InlineData("""{"receiver":"Ada","labels":[{"text":"too long"}]}""", "labels[0].text")]
    [InlineData("""{"receiver":"Ada","labels":[{"text":"a","size":0}]}""", "labels[0].size")]
    [InlineData("""{"receiver":"Ada","labels":[{"size":1}]}""", "labels[0].text")]
    [InlineData("""{"receiver":"Ada","day":"31.1.2026"}""", "day")]
    [InlineData("""{"receiver":"Ada","notify":"Ada"}""", "notify")]
    [InlineData("""{"receiver":"Ada","wieght":2}""", "wieght")]
    public void Schema_AttributesOfAParameterObject_AreChecked(string parcel, string? wrongField)
    {
        var errors = Validate(s_send, $$"""{"parcel":{{parcel}}}""");

        Assert.Equal(wrongField is null ? 0 : 1, errors.Count);
        Assert.All(errors, error => Assert.Contains($"\"parcel.{wrongField}\"", error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"price":0.05,"share":0.5,"code":"AB"}""", null)]
    [InlineData("""{"price":0.04,"share":0.5,"code":"AB"}""", "price")]
    [InlineData("""{"price":1,"share":0,"code":"AB"}""", "share")]
    [InlineData("""{"price":1,"share":0.5,"code":"xABx"}""", "code")]
    [InlineData("""{"price":1,"share":0.5,"code":"AB","dya":"2026-01-31"}""", "dya")]
    [InlineData("""{"price":1,"share":0.5,"code":"AB","day":"tomorrow"}""", "day")]
    public void Schema_AttributesOfParameters_AreChecked(string arguments, string? wrongField)
    {
        var tool = AgentTool.Create(
            ([Range(typeof(decimal), "0.05", "9")] decimal price,
                [Range(0.0, 1.0, MinimumIsExclusive = true)] double share,
                [RegularExpression("[A-Z]+")] string code,
                DateOnly? day = null) => $"{price} {share} {code} {day}",
            "price");

        var errors = Validate(tool, arguments);

        Assert.Equal(wrongField is null ? 0 : 1, errors.Count);
        Assert.All(errors, error => Assert.Contains($"\"{wrongField}\"", error, StringComparison.Ordinal));
    }

    [Fact]
    public void Schema_ParameterObject_TellsItsDefaultsAndWhatIsRequired()
    {
        var parcel = s_send.JsonSchema.GetProperty("properties").GetProperty("parcel");
        var defaults = parcel.GetProperty("properties").EnumerateObject()
            .Where(p => p.Value.TryGetProperty("default", out _))
            .ToDictionary(p => p.Name, p => p.Value.GetProperty("default").GetRawText());

        Assert.Equal(["receiver"], parcel.GetProperty("required").EnumerateArray().Select(r => r.GetString()));
        Assert.Equal(new Dictionary<string, string> { ["weight"] = "1.5", ["filled"] = "1", ["content"] = "\"goods\"" }, defaults);
    }

    [Fact]
    public void Schema_WithoutParameters_AllowsNone()
    {
        var tool = AgentTool.Create(() => 1, "one");

        Assert.Empty(Validate(tool, "{}"));
        Assert.Equal(["\"what\" is not a known field."], Validate(tool, """{"what":1}"""));
    }

    [Fact]
    public void Create_RangeOfDates_IsRefusedBecauseNobodyWouldCheckIt()
    {
        var refused = Assert.Throws<ArgumentException>(() => AgentTool.Create(
            ([Range(typeof(DateTime), "2025-01-01", "2026-01-01")] DateTime day) => day, "plan"));

        Assert.Contains("\"day\"", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SchemaText_ChangesWithWhatTheToolAccepts()
    {
        var one = AgentTool.Create(([Range(1, 5)] int quantity) => quantity, "order").SchemaText;
        var same = AgentTool.Create(([Range(1, 5)] int quantity) => -quantity, "order").SchemaText;
        var wider = AgentTool.Create(([Range(1, 6)] int quantity) => quantity, "order").SchemaText;
        var told = AgentTool.Create(([Range(1, 5), Description("How many")] int quantity) => quantity, "order").SchemaText;

        Assert.Equal("""{"additionalProperties":false,"properties":{"quantity":{"maximum":5,"minimum":1,"type":"integer"}},"required":["quantity"],"type":"object"}""", one);
        Assert.Equal(one, same);
        Assert.NotEqual(one, wider);
        Assert.NotEqual(one, told);
    }

    private static IReadOnlyList<string> Validate(AgentTool tool, string arguments) =>
        new JsonSchemaValidator(tool.JsonSchema).Validate(JsonElement.Parse(arguments));
}
