using System.ComponentModel;
using System.Text.Json;
using BlazorAgents.Agents.Schema;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.Tests.Schema;

public sealed class JsonSchemaValidatorTests
{
    private enum Unit
    {
        Celsius,
        Fahrenheit,
    }

    [Theory]
    [InlineData("""{"type":"string"}""", "\"a\"", "1")]
    [InlineData("""{"type":["string","null"]}""", "null", "true")]
    [InlineData("""{"type":"integer"}""", "12345678901234567890", "1.5")]
    [InlineData("""{"type":"number"}""", "1.5", "\"1.5\"")]
    [InlineData("""{"type":"boolean"}""", "false", "0")]
    [InlineData("""{"enum":["a",2]}""", "2", "\"2\"")]
    [InlineData("""{"const":"x"}""", "\"x\"", "\"y\"")]
    [InlineData("""{"type":"object","required":["a"]}""", """{"a":null}""", "{}")]
    [InlineData("""{"properties":{"a":{"type":"string"}},"additionalProperties":false}""", """{"a":"x"}""", """{"a":"x","b":1}""")]
    [InlineData("""{"additionalProperties":{"type":"integer"}}""", """{"b":1}""", """{"b":"1"}""")]
    [InlineData("""{"type":"array","items":{"type":"integer"}}""", "[1,2]", "[1,\"2\"]")]
    [InlineData("""{"minItems":1,"maxItems":2}""", "[1]", "[1,2,3]")]
    [InlineData("""{"minimum":0,"maximum":10}""", "10", "10.5")]
    [InlineData("""{"exclusiveMinimum":0}""", "0.1", "0")]
    [InlineData("""{"minLength":2,"maxLength":3}""", "\"😀😀😀\"", "\"😀\"")]
    [InlineData("""{"pattern":"^[a-z]+$"}""", "\"abc\"", "\"ABC\"")]
    [InlineData("""{"pattern":"^[a-z]+$"}""", "\"abc\"", "\"abc\\n\"")]
    [InlineData("""{"format":"date"}""", "\"2025-12-31\"", "\"2025-13-31\"")]
    [InlineData("""{"format":"date-time"}""", "\"2025-12-31T23:59:00Z\"", "\"today\"")]
    [InlineData("""{"format":"time"}""", "\"23:59:00\"", "\"25:00\"")]
    [InlineData("""{"format":"uuid"}""", "\"01234567-89ab-cdef-0123-456789abcdef\"", "\"p001\"")]
    [InlineData("""{"format":"email"}""", "\"a@b.c\"", "\"a b@c\"")]
    [InlineData("""{"format":"uri"}""", "\"https://example.com/a\"", "\"/etc/passwd\"")]
    [InlineData("""{"format":"who-knows"}""", "\"x\"", "\"y\"", 0)]
    [InlineData("""{"not":{"enum":["x",2]}}""", "1", "2")]
    [InlineData("""{"not":{"type":"null"}}""", "1", "null")]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"null"}]}""", "null", "5")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"type":"number"}]}""", "1.5", "1")]
    [InlineData("""{"allOf":[{"type":"integer"},{"minimum":5}]}""", "5", "4")]
    [InlineData("""{"$defs":{"p":{"type":"integer"}},"properties":{"a":{"$ref":"#/$defs/p"}}}""", """{"a":1}""", """{"a":"1"}""")]
    [InlineData("""{"properties":{"v":{"type":"integer"},"next":{"$ref":"#"}}}""", """{"next":{"next":{"v":1}}}""", """{"next":{"next":{"v":"x"}}}""")]
    public void Validate_Keyword_AcceptsAndRejects(string schema, string good, string bad, int faults = 1)
    {
        Assert.Empty(Validate(schema, good));
        Assert.Equal(faults, Validate(schema, bad).Count);
    }

    [Fact]
    [Trait("Id", "REL-08")]
    public void Validate_NestedFault_NamesThePath()
    {
        var errors = Validate(
            """{"properties":{"order":{"properties":{"lines":{"items":{"properties":{"count":{"type":"integer"}}}}}}}}""",
            """{"order":{"lines":[{"count":1},{"count":"two"}]}}""");

        Assert.Equal(["\"order.lines[1].count\" must be an integer, not a string."], errors);
    }

    [Fact]
    public void Validate_CatastrophicPattern_EndsSoon()
    {
        var errors = Validate("""{"pattern":"^(a+)+$"}""", $"\"{new string('a', 40)}!\"");

        Assert.Single(errors);
    }

    [Fact]
    public void Validate_EndlessReference_Ends() =>
        Assert.NotEmpty(Validate("""{"$ref":"#"}""", "1"));

    [Fact]
    public async Task Validate_LongValuesAtOnce_EachHasItsOwnSteps()
    {
        var validator = new JsonSchemaValidator(JsonElement.Parse("""{"items":{"type":"integer"}}"""));
        var longest = JsonElement.Parse($"[{string.Join(',', Enumerable.Repeat("1", 99_999))}]");
        using var start = new Barrier(2);
        Task<List<string>> Again() => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return Enumerable.Range(0, 20).SelectMany(_ => validator.Validate(longest)).ToList();
            },
            TaskCreationOptions.LongRunning);

        Assert.All(await Task.WhenAll(Again(), Again()), Assert.Empty);
    }

    [Fact]
    public void Validate_EntangledSchema_EndsSoon() => Assert.NotEmpty(Validate("""{"anyOf":[{"$ref":"#"},{"$ref":"#"}]}""", "1"));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"enum":[1,1e99999999999]}""")]
    [InlineData("""{"const":1e99999999999}""")]
    [InlineData("""{"minimum":1e99999999999}""")]
    public void Validate_NumberBeyondAllSize_IsRejected(string schema) => Assert.NotEmpty(Validate(schema, "1e99999999999"));

    [Fact]
    public void Validate_KeywordsOfAWrongType_AreIgnored() =>
        Assert.Empty(Validate("""{"required":[1],"properties":{"a":{"pattern":1}}}""", """{"a":"b"}"""));

    [Fact]
    public void Validate_ReferenceToNoPlace_IsIgnored() =>
        Assert.Empty(Validate("""{"$ref":"#/anyOf/-1","anyOf":[{}]}""", "1"));

    [Fact]
    public void Validate_SchemaOfAFunction_FitsWhatAModelSends()
    {
        var schema = AIFunctionFactory.Create(Forecast).JsonSchema;

        Assert.Empty(Validate(schema.GetRawText(), """{"city":"Bonn","days":3,"unit":"Celsius","tags":null}"""));
        Assert.Empty(Validate(schema.GetRawText(), """{"city":"Bonn","days":3}"""));
        Assert.Equal(3, Validate(schema.GetRawText(), """{"days":"3","unit":"Kelvin"}""").Count);
    }

    private static IReadOnlyList<string> Validate(string schema, string value) =>
        new JsonSchemaValidator(JsonElement.Parse(schema)).Validate(JsonElement.Parse(value));

    [Description("A forecast.")]
    private static string Forecast(string city, [Description("How many.")] int days, Unit unit = Unit.Celsius, string[]? tags = null) =>
        $"{city}{days}{unit}{tags}";
}
