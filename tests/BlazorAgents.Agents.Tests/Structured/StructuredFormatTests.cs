using System.Text.Json;
using BlazorAgents.Agents.Structured;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.Tests.Structured;

public sealed class StructuredFormatTests
{
    private const string OrderJson =
        """{"id":"0198a7ad-6f1c-7000-8000-000000000001","day":"2026-11-23","shippedAt":null,"mood":"Calm","lines":[{"sku":"AB1","quantity":2}],"email":null,"priority":null}""";

    [Fact]
    public void Contact_OfTheGuide_HasItsSchema()
    {
        var format = StructuredFormat.For<ContactInfo>();

        AssertJson(
            """
            {"description":"Structured contact information.","type":"object","properties":{
              "name":{"description":"Full name","type":"string"},
              "email":{"description":"Email address","type":"string"},
              "phone":{"description":"Phone number","type":["string","null"]},
              "company":{"description":"Company name","type":["string","null"]}},
             "required":["name","email","phone","company"],"additionalProperties":false}
            """,
            format.WireSchema);
        Assert.Equal(("contact_info", "Structured contact information.", true), (format.Name, format.Description, format.IsStrict));
    }

    [Fact]
    public void Order_EveryKindOfField_IsStrict()
    {
        var format = StructuredFormat.For<Order>();
        var fields = format.WireSchema.GetProperty("properties");

        Assert.True(format.IsStrict);
        Assert.Equal(["id", "day", "shippedAt", "mood", "lines", "email", "priority"], Strings(format.WireSchema.GetProperty("required")));
        AssertJson("""{"type":"string","format":"uuid"}""", fields.GetProperty("id"));
        AssertJson("""{"type":"string","format":"date"}""", fields.GetProperty("day"));
        AssertJson("""{"description":"How the customer sounds.","enum":["Calm","Angry"],"type":"string"}""", fields.GetProperty("mood"), "type");
        Assert.Equal(["integer", "null"], Strings(fields.GetProperty("priority").GetProperty("type")));
        var line = fields.GetProperty("lines").GetProperty("items");
        Assert.False(line.GetProperty("additionalProperties").GetBoolean());
        Assert.Equal(99, line.GetProperty("properties").GetProperty("quantity").GetProperty("maximum").GetInt32());

        // What a strict provider does not know is said in words instead.
        var sku = line.GetProperty("properties").GetProperty("sku");
        Assert.False(sku.TryGetProperty("minLength", out _));
        Assert.Contains("minLength: 2", sku.GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Order_Read_NullStandsForLeftOut()
    {
        var answer = StructuredFormat.For<Order>().Read(OrderJson);

        Assert.Empty(answer.Errors);
        var order = answer.ValueAs<Order>();
        Assert.Equal((3, null, Mood.Calm, new DateOnly(2026, 11, 23)), (order.Priority, order.Email, order.Mood, order.Day));
        Assert.Equal([new OrderLine { Sku = "AB1", Quantity = 2 }], order.Lines);
    }

    [Theory]
    [InlineData("\"quantity\":2", "\"quantity\":200", "\"lines[0].quantity\" must be at most 99.")]
    [InlineData("\"Calm\"", "\"Happy\"", "\"mood\" must be one of \"Calm\", \"Angry\".")]
    [InlineData("\"2026-11-23\"", "\"tomorrow\"", "\"day\" must be a date (yyyy-MM-dd).")]
    [InlineData("\"email\":null", "\"email\":\"nobody\"", "\"email\" must be an e-mail address.")]
    [InlineData("\"AB1\"", "\"none\"", "\"lines[0].sku\": A line is about something.")]
    [InlineData("\"AB1\"", "7", "\"lines[0].sku\" must be a string, not the number 7.")]
    [InlineData("\"AB1\"", "\"\\ud800\"", "It contains text that is not valid Unicode.")]
    public void Order_WithAFault_IsExplained(string right, string wrong, string error)
    {
        var answer = StructuredFormat.For<Order>().Read(OrderJson.Replace(right, wrong, StringComparison.Ordinal));

        Assert.False(answer.IsValid);
        Assert.Equal([error], answer.Errors);
    }

    [Theory]
    [InlineData("{\"name\":\"A\",\"email\":\"a@b.c\"}")]
    [InlineData("```json\n{\"name\":\"A\",\"email\":\"a@b.c\"}\n```")]
    [InlineData("Sure! Here it is [as asked]: {\"name\":\"A\",\"email\":\"a@b.c\"} I hope {this} helps.")]
    [InlineData("An example is {\"name\":1}. Yours:\n{\"name\":\"A\",\"email\":\"a@b.c\",\"more\":true}")]
    public void Contact_InFencesOrProse_IsFound(string text)
    {
        var answer = StructuredFormat.For<ContactInfo>().Read(text);

        Assert.Empty(answer.Errors);
        Assert.Equal(new ContactInfo("A", "a@b.c"), answer.ValueAs<ContactInfo>());
    }

    [Theory]
    [InlineData("I do not know.", "It contains no JSON.")]
    [InlineData("[1]", "The whole value must be an object, not an array.")]
    public void Contact_Missing_IsExplained(string text, string error) =>
        Assert.Equal([error], StructuredFormat.For<ContactInfo>().Read(text).Errors);

    [Fact]
    public void Contact_Unfinished_SaysWhere()
    {
        var error = Assert.Single(StructuredFormat.For<ContactInfo>().Read("{\"name\":\"A").Errors);

        Assert.StartsWith("It is not valid JSON: ", error, StringComparison.Ordinal);
        Assert.Contains("BytePositionInLine", error, StringComparison.Ordinal);
    }

    [Fact]
    public void List_IsWrappedAndUnwrapped()
    {
        var format = StructuredFormat.For<List<ContactInfo>>();

        Assert.Equal(("list_contact_info", true), (format.Name, format.IsStrict));
        Assert.Equal("object", format.WireSchema.GetProperty("type").GetString());
        Assert.Equal(["value"], Strings(format.WireSchema.GetProperty("required")));
        foreach (var text in (string[])["{\"value\":[{\"name\":\"A\",\"email\":\"e\"}]}", "[{\"name\":\"A\",\"email\":\"e\"}]", "These:\n[{\"name\":\"A\",\"email\":\"e\"}]"])
        {
            Assert.Equal([new ContactInfo("A", "e")], format.Read(text).ValueAs<List<ContactInfo>>());
        }

        Assert.Equal("[1]", format.Unwrap("{\"value\":[1]}"));
        Assert.Null(format.Unwrap("{}"));
    }

    [Theory]
    [InlineData("{\"value\":42}")]
    [InlineData("42")]
    public void Number_IsWrappedAndUnwrapped(string text) => Assert.Equal(42, StructuredFormat.For<int>().Read(text).ValueAs<int>());

    [Fact]
    public void Schema_WithOptionalFields_MakesThemNullableOnTheWireOnly()
    {
        var schema = JsonElement.Parse("""{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string","enum":["x","y"]},"c":{"$ref":"#/$defs/C"}},"required":["a"],"$defs":{"C":{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"]}}}""");
        var format = StructuredFormat.FromSchema("abc", schema);

        AssertJson(
            """{"type":"object","properties":{"a":{"type":"string"},"b":{"type":["string","null"],"enum":["x","y",null]},"c":{"anyOf":[{"$ref":"#/$defs/C"},{"type":"null"}]}},"required":["a","b","c"],"$defs":{"C":{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"],"additionalProperties":false}},"additionalProperties":false}""",
            format.WireSchema);
        AssertJson("""{"a":"1"}""", format.Read("""{"a":"1","b":null,"c":null}""").Json!.Value);
        Assert.True(format.Read("""{"a":"1","b":null,"c":null}""").IsValid);
        Assert.False(format.Read("""{"a":null,"b":null,"c":null}""").IsValid);
    }

    [Theory]
    [InlineData("""{"type":"object","additionalProperties":{"type":"string"}}""")]
    [InlineData("""{"type":"object"}""")]
    [InlineData("""{"type":"object","properties":{"any":{}}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"allOf":[{"type":"string"}]}},"required":["a"]}""")]
    public void Schema_ThatHasNoStrictForm_IsSentAsItIs(string schema)
    {
        var format = StructuredFormat.FromSchema("free", JsonElement.Parse(schema));
        var options = new ChatOptions();
        format.Apply(options);

        Assert.False(format.IsStrict);
        AssertJson(schema, format.WireSchema);
        Assert.Equal(false, options.AdditionalProperties!["strict"]);
    }

    [Fact]
    public void Schema_RecursiveInAList_KeepsItsReferences()
    {
        var schema = JsonElement.Parse("""{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},"parts":{"$ref":"#"}},"required":["name","parts"]}}""");
        var format = StructuredFormat.FromSchema("tree", schema);

        Assert.Contains("\"#/properties/value\"", format.WireSchema.GetRawText(), StringComparison.Ordinal);
        Assert.True(format.Read("""{"value":[{"name":"a","parts":[{"name":"b","parts":[]}]}]}""").IsValid);
        Assert.Equal(["\"[0].parts\" must be an array, not the number 1."], format.Read("""[{"name":"a","parts":1}]""").Errors);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("way_too_long_________________________________________________________________")]
    public void Name_ThatNoProviderTakes_IsRefused(string name) =>
        Assert.Throws<ArgumentException>(() => StructuredFormat.FromSchema(name, JsonElement.Parse("{}")));

    [Theory]
    [InlineData(StructuredSupport.JsonObject, true)]
    [InlineData(StructuredSupport.Instructions, false)]
    public void Support_Lesser_PutsTheSchemaIntoTheInstructions(StructuredSupport support, bool asksForJson)
    {
        var options = new ChatOptions { Instructions = "Extract." };
        StructuredFormatWith(support).Apply(options);

        Assert.Equal(asksForJson ? ChatResponseFormat.Json : null, options.ResponseFormat);
        Assert.StartsWith("Extract.\n\nAnswer only with JSON that fits this JSON Schema", options.Instructions, StringComparison.Ordinal);
        Assert.Contains("\"required\":[\"a\"]", options.Instructions, StringComparison.Ordinal);
    }

    private static StructuredFormat StructuredFormatWith(StructuredSupport support) =>
        StructuredFormat.FromSchema("a", JsonElement.Parse("""{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}"""), support: support);

    private static IEnumerable<string?> Strings(JsonElement array) => array.EnumerateArray().Select(item => item.GetString());

    private static void AssertJson(string expected, JsonElement actual, string? without = null)
    {
        var wanted = System.Text.Json.Nodes.JsonNode.Parse(expected)!.AsObject();
        var found = System.Text.Json.Nodes.JsonNode.Parse(actual.GetRawText())!.AsObject();
        if (without is not null)
        {
            wanted.Remove(without);
            found.Remove(without);
        }

        Assert.True(System.Text.Json.Nodes.JsonNode.DeepEquals(wanted, found), actual.GetRawText());
    }
}
