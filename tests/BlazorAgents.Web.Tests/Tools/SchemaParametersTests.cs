using BlazorAgents.Web.Features.Tools;

namespace BlazorAgents.Web.Tests.Tools;

/// <summary>Schemas for reading: the application's own, and those that other servers send.</summary>
public sealed class SchemaParametersTests
{
    [Fact]
    public void Read_NestedLists_Enumerations_References_AreRows()
    {
        var rows = SchemaParameters.Read(
            """
            {"type":"object","required":["items"],"$defs":{"level":{"enum":["low","high",null],"description":"How much."}},"properties":{
              "items":{"type":"array","minItems":1,"items":{"type":"object","required":["sku"],"properties":{"sku":{"type":"string","pattern":"^p"},"count":{"type":"integer","exclusiveMinimum":0,"default":1}}}},
              "tags":{"type":["array","null"],"items":{"type":"string"}},
              "level":{"anyOf":[{"$ref":"#/$defs/level"},{"type":"null"}]},
              "address":{"type":"object","properties":{"city":{"type":"string","maxLength":80}}},
              "free":{}}}
            """);

        Assert.Equal(
            [
                "items: list of group, needed, at least 1 items",
                "items[].sku: text, needed, fits ^p",
                "items[].count: whole number, more than 0, 1 when left out",
                "tags: list of text or nothing",
                "level: choice or nothing, [low high], How much.",
                "address: group",
                "address.city: text, at most 80 characters",
                "free: any",
            ],
            rows.Select(row => string.Join(", ", ((string?[])
            [
                $"{row.Name}: {row.Type}", row.IsRequired ? "needed" : null, row.Values.Count > 0 ? $"[{string.Join(' ', row.Values)}]" : null, .. row.Limits, row.Description,
            ]).OfType<string>())));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"properties\":7}")]
    public void Read_NoObject_HasNoRows(string schema) => Assert.Empty(SchemaParameters.Read(schema));

    [Theory]
    [InlineData("""{"properties":{"x":{"$ref":"#/properties/x"}}}""")]
    [InlineData("""{"properties":{"x":{"$ref":"https://example.com/x"}}}""")]
    [InlineData("""{"properties":{"x":{"type":5,"enum":{},"required":"x","items":[],"anyOf":3}}}""")]
    [InlineData("""{"properties":{"x":true}}""")]
    public void Read_Strange_IsBoundedAndNeverThrows(string schema) => Assert.Single(SchemaParameters.Read(schema));

    [Fact]
    public void Read_GroupInsideItself_AndVeryMany_End()
    {
        Assert.InRange(SchemaParameters.Read("""{"properties":{"next":{"$ref":"#"}}}""").Count, 1, 10);
        var many = string.Join(',', Enumerable.Range(0, 5_000).Select(i => $"\"p{i}\":{{\"type\":\"string\"}}"));
        Assert.Equal(100, SchemaParameters.Read($"{{\"properties\":{{{many}}}}}").Count);
    }
}
