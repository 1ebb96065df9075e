using System.Text.Json;
using BlazorAgents.Agents.Schema;

namespace BlazorAgents.Agents.Tests.Schema;

public sealed class SchemaNodeTests
{
    [Fact]
    public void Read_BehindAReference_TheNearestKeywordCounts()
    {
        var node = Property("""{"$defs":{"city":{"type":"string","description":"A city.","maxLength":80}},"properties":{"x":{"$ref":"#/$defs/city","description":"Where to."}}}""");

        Assert.Equal(("string", "Where to.", 80), (node.Type, node.Description, node.Keyword("maxLength")!.Value.GetInt32()));
        Assert.Null(node.Keyword("minLength"));
    }

    [Theory]
    [InlineData("""{"type":["integer","null"]}""", "integer", true)]
    [InlineData("""{"anyOf":[{"type":"null"},{"type":"integer"}]}""", "integer", true)]
    [InlineData("""{"oneOf":[{"type":"integer"},{"type":"null"}]}""", "integer", true)]
    [InlineData("""{"allOf":[{"type":"integer"}]}""", "integer", false)]
    [InlineData("""{"$ref":"#/nowhere","allOf":[{"type":"integer"}]}""", "integer", false)]
    [InlineData("""{"anyOf":[{"type":"integer"},{"type":"string"}]}""", null, false)]
    [InlineData("""{"type":["integer","string"]}""", null, false)]
    [InlineData("""{"enum":["a","b",null]}""", "string", false)]
    [InlineData("""{"enum":["a",1]}""", null, false)]
    [InlineData("""{"enum":[]}""", null, false)]
    [InlineData("""{}""", null, false)]
    [InlineData("""{"type":7}""", null, false)]
    public void Type_OneBesideNull_IsThatOne(string schema, string? type, bool isNullable)
    {
        var node = Property($$$"""{"properties":{"x":{{{schema}}}}}""");

        Assert.Equal((type, isNullable), (node.Type, node.IsNullable));
    }

    [Fact]
    public void Values_EnumerationOrConstant_AreThoseWithoutNull()
    {
        Assert.Equal(["1", "\"a\""], Property("""{"properties":{"x":{"enum":[1,"a",null]}}}""").Values.Select(value => value.GetRawText()));
        Assert.Equal(["true"], Property("""{"properties":{"x":{"const":true}}}""").Values.Select(value => value.GetRawText()));
        Assert.Equal(["a"], Property("""{"properties":{"x":{"enum":["a",null]}}}""").Choices);
        Assert.Empty(Property("""{"properties":{"x":{"const":"a"}}}""").Choices);
    }

    [Theory]
    [InlineData("""{"$ref":"#/properties/x"}""")]
    [InlineData("""{"anyOf":[{"$ref":"#/properties/x"},{"type":"null"}]}""")]
    [InlineData("""{"$ref":"#/properties/x/anyOf/-1","anyOf":[{}]}""")]
    [InlineData("""{"$ref":7,"type":{},"required":"x","properties":[],"items":3,"enum":{},"description":1}""")]
    [InlineData("""{"$ref":"#/nowhere","required":[1,null],"const":null}""")]
    [InlineData("true")]
    [InlineData("[]")]
    public void Read_Strange_EndsAndNeverThrows(string schema)
    {
        var node = Property($$$"""{"properties":{"x":{{{schema}}}}}""");

        Assert.Empty(node.Required);
        Assert.Empty(node.Properties);
        Assert.Empty(node.Types);
        Assert.Null(node.Items);
        Assert.Null(node.Description);
        Assert.Empty(node.Choices);
        Assert.InRange(node.Forms.Forms.Count, 0, 200);
    }

    [Fact]
    public void Forms_OfAlternatives_AreAllThatMayApply()
    {
        var node = Property("""{"$defs":{"a":{"title":"a","allOf":[{"title":"b"}]}},"properties":{"x":{"title":"x","oneOf":[{"$ref":"#/$defs/a"},{"title":"c"}]}}}""");

        Assert.True(node.Forms.AreAll);
        Assert.Equal(["x", "a", "b", "c"], node.Forms.Forms.Where(form => form.TryGetProperty("title", out _)).Select(form => form.GetProperty("title").GetString()));
    }

    [Fact]
    public void Forms_OfVeryMany_AreSaidToBeCut()
    {
        var node = Property($$$$"""{"properties":{"x":{"anyOf":[{{{{string.Join(',', Enumerable.Repeat("{}", 500))}}}}]}}}""");

        Assert.Equal((200, false), (node.Forms.Forms.Count, node.Forms.AreAll));
    }

    [Fact]
    public void Of_NoText_SaysNothing()
    {
        var node = SchemaNode.Of(JsonElement.Parse("""{"properties":{"x":{"$ref":"\ud800"}},"required":["x"]}"""));

        Assert.Empty(node.Properties);
        Assert.Empty(node.Required);
    }

    private static SchemaNode Property(string schema) => SchemaNode.Of(JsonElement.Parse(schema)).Properties.Single().Schema;
}
