using BlazorAgents.Web.Features.Approvals.Parts;

namespace BlazorAgents.Web.Tests.Approvals.Parts;

public sealed class ArgumentFieldsTests
{
    private const string Schema =
        """
        {"type":"object","properties":{
          "name":{"type":"string","description":"Who."},
          "count":{"type":"integer"},
          "rush":{"type":["boolean","null"]},
          "speed":{"enum":["slow","fast"]},
          "place":{"type":"object","properties":{"city":{"type":"string"},"api_key":{"type":"string"}},"required":["city"]},
          "items":{"type":"array","items":{"type":"object","properties":{"sku":{"type":"string"}}}},
          "any":{}
        },"required":["name","count"]}
        """;

    private const string Call =
        """{"name":"Ann","count":2,"rush":true,"speed":"slow","place":{"city":"Rome","api_key":"sk-1"},"items":[{"sku":"A"},{"sku":"B"}],"any":[1,2],"extra":"x"}""";

    [Fact]
    public void Read_NestedSchema_GivesTypedFieldsInItsOrder()
    {
        var fields = ArgumentFields.Read(Schema, Call).All;

        Assert.Equal(["name", "count", "rush", "speed", "place.city", "place.api_key", "items.0.sku", "items.1.sku", "any", "extra"], fields.Select(f => f.Name));
        Assert.Equal(
            [ArgumentKind.Text, ArgumentKind.Number, ArgumentKind.Flag, ArgumentKind.Choice, ArgumentKind.Text, ArgumentKind.Text, ArgumentKind.Text, ArgumentKind.Text, ArgumentKind.Json, ArgumentKind.Text],
            fields.Select(f => f.Kind));
        Assert.Equal((true, "Who.", "Ann"), (fields[0].IsRequired, fields[0].Description, fields[0].Value));
        Assert.Equal(["slow", "fast"], fields[3].Choices);
    }

    [Fact]
    public void Read_CanonicalSchema_HasTheRequiredFieldsFirstInTheToolsOrder()
    {
        const string Sorted = """{"properties":{"amount":{},"note":{},"to":{},"unit":{}},"required":["to","amount","unit"],"type":"object"}""";

        var fields = ArgumentFields.Read(Sorted, """{"amount":5,"note":"n","to":"Ann","unit":"kg"}""").All;

        Assert.Equal(["to", "amount", "unit", "note"], fields.Select(f => f.Name));
    }

    [Fact]
    public void Read_MoreArgumentsThanFields_GivesTheWholeCallWithoutItsSecrets()
    {
        var call = $$"""{{{string.Join(",", Enumerable.Range(0, 60).Select(i => $"\"harmless{i}\":{i}"))}},"pay_to":"Mallory","token":"sk-1"}""";

        var fields = ArgumentFields.Read("{}", call);

        Assert.Equal(60, fields.All.Count);
        Assert.Contains("\"pay_to\":\"Mallory\"", fields.Rest, StringComparison.Ordinal);
        Assert.Contains("\"token\":\"••••••••\"", fields.Rest, StringComparison.Ordinal);
        Assert.Null(ArgumentFields.Read(Schema, Call).Rest);
    }

    [Fact]
    public void Read_Secrets_AreNeitherShownNorLost()
    {
        var fields = ArgumentFields.Read(Schema, Call);
        var key = fields.All.Single(f => f.Name == "place.api_key");

        Assert.True(key.IsSecret);
        Assert.Null(key.Value);
        Assert.Equal(ArgumentField.Mask, key.Show(key.Original));
        Assert.False(key.IsChanged);
        fields.All[0].Value = "Bob";
        Assert.Contains("sk-1", fields.Write().Json, StringComparison.Ordinal);
        key.Value = "sk-2";
        Assert.Contains("sk-2", fields.Write().Json, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ReferencesAndAlternativesToNull_AreTypedFieldsToo()
    {
        const string Places =
            """
            {"$defs":{"place":{"type":"object","properties":{"city":{"type":"string"},"zip":{"anyOf":[{"type":"integer"},{"type":"null"}]}}},
                      "secret":{"type":"string","writeOnly":true}},
             "properties":{"from":{"$ref":"#/$defs/place"},"to":{"$ref":"#/properties/from"},
                           "memo":{"anyOf":[{"$ref":"#/$defs/secret"},{"type":"null"}]},"mode":{"$ref":"#/$defs/secret/writeOnly"}}}
            """;

        var fields = ArgumentFields.Read(Places, """{"from":{"city":"Rome","zip":1},"to":{"city":"Oslo"},"memo":"hush"}""").All;

        Assert.Equal(
            [("from.city", ArgumentKind.Text), ("from.zip", ArgumentKind.Number), ("to.city", ArgumentKind.Text), ("to.zip", ArgumentKind.Number), ("memo", ArgumentKind.Text), ("mode", ArgumentKind.Json)],
            fields.Select(f => (f.Name, f.Kind)));
        Assert.Equal(["memo"], fields.Where(f => f.IsSecret).Select(f => f.Name));
        Assert.DoesNotContain(fields, f => f.Value == "hush");
    }

    [Theory]
    [InlineData("""{"allOf":[{"properties":{"x":{"format":"password"}}},{"properties":{"y":{}}}]}""", """{"x":"hush","y":"loud"}""")]
    [InlineData("""{"anyOf":[{"properties":{"x":{"writeOnly":true}}},{"properties":{}}]}""", """{"x":"hush","y":"loud"}""")]
    [InlineData("""{"additionalProperties":{"writeOnly":true},"properties":{"y":{}}}""", """{"x":"hush","y":"loud"}""")]
    [InlineData("""{"properties":{"x":{"items":{"format":"password"}}}}""", """{"x":["hush"],"y":"loud"}""")]
    [InlineData("{}", """{"x":["a",{"password":"hush"}],"y":"loud"}""")]
    [InlineData("{}", """{"x":{"a":{"b":{"c":{"d":{"token":"hush"}}}}},"y":"loud"}""")]
    public void Read_WhatMaskingHides_IsNotShown(string schema, string call)
    {
        var fields = ArgumentFields.Read(schema, call);
        var shown = string.Join('\n', fields.All.Select(f => $"{f.Show(f.Original)} {f.Value}"));

        Assert.DoesNotContain("hush", shown, StringComparison.Ordinal);
        Assert.Contains("loud", shown, StringComparison.Ordinal);
        Assert.Null(fields.Rest);
    }

    [Fact]
    public void Read_PartlySecretList_ShowsTheRest() => Assert.Equal(
        """["a",{"password":"••••••••"}]""", ArgumentFields.Read("{}", """{"x":["a",{"password":"p"}]}""").All.Select(f => f.Show(f.Original)).Single());

    [Fact]
    public void Read_EmptyGroups_AreShown() => Assert.Equal(
        [("filter", "{}"), ("items.0", "{}")],
        ArgumentFields.Read("""{"properties":{"filter":{"properties":{}}}}""", """{"filter":{},"items":[{}]}""").All.Select(f => (f.Name, f.Show(f.Original))));

    [Fact]
    public void Read_OptionalGroupThatIsNotThere_NeedsNothing()
    {
        var fields = ArgumentFields.Read(
            """{"properties":{"name":{"type":"string"},"place":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}},"required":["name"]}""", """{"name":"Ann"}""").All;

        Assert.Equal([("name", true), ("place.city", false)], fields.Select(f => (f.Name, f.IsRequired)));
    }

    [Theory]
    [InlineData("""{"password":null}""", """{"password":"hush"}""")]
    [InlineData("""{"headers":{}}""", """{"headers":{"authorization":"hush"}}""")]
    [InlineData("""{"password":"old"}""", """{"password":"hush"}""")]
    public void Read_SecretThatAPersonSet_IsNotShown(string call, string edited)
    {
        var field = ArgumentFields.Read("{}", call, edited).All.Single();

        Assert.True(field.IsSecret && field.IsChanged);
        Assert.Equal(ArgumentField.Mask, field.Show(field.Value));
    }

    [Fact]
    public void Read_NumberBeyondAllSize_IsShown() =>
        Assert.Equal("1e99999999999", ArgumentFields.Read("{}", """{"n":1e99999999999}""").All.Select(f => f.Show(f.Original)).Single());

    [Fact]
    public void Read_LongText_IsShownAsAWholeToo()
    {
        var text = new string('x', 3_000) + "the end";

        Assert.Contains("the end", ArgumentFields.Read("{}", $$"""{"body":"{{text}}"}""").Rest, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ArgumentThatAPersonTookOut_IsGone()
    {
        var field = ArgumentFields.Read(Schema, Call, Call.Replace("\"speed\":\"slow\",", "", StringComparison.Ordinal)).All.Single(f => f.Name == "speed");

        Assert.Equal(("slow", null, true), (field.Original, field.Value, field.IsChanged));
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("{")]
    public void Read_NoObject_IsShownAsAWhole(string arguments) => Assert.NotNull(ArgumentFields.Read("{}", arguments).Rest);

    [Fact]
    public void Read_SchemaOfManyGroupsInGroups_EndsSoon()
    {
        var schema = $"{{\"$defs\":{{\"a\":{Group("b")},\"b\":{Group("c")},\"c\":{Group("d")},\"d\":{{\"properties\":{{}}}}}},\"properties\":{{\"x\":{{\"$ref\":\"#/$defs/a\"}}}}}}";

        var fields = ArgumentFields.Read(schema, """{"y":1}""");

        Assert.Equal("""{"y":1}""", fields.Rest);

        static string Group(string next) =>
            "{\"properties\":{" + string.Join(',', Enumerable.Range(0, 100).Select(i => $"\"m{i}\":{{\"$ref\":\"#/$defs/{next}\"}}")) + "}}";
    }

    [Fact]
    public void Write_ChangedFields_ChangeNothingElse()
    {
        var fields = ArgumentFields.Read(Schema, Call);
        Set(fields, "count", "3");
        Set(fields, "rush", "");
        Set(fields, "place.city", "Oslo");
        Set(fields, "items.1.sku", "C");
        Set(fields, "any", """{"a":1}""");

        var (json, errors) = fields.Write();

        Assert.Empty(errors);
        Assert.Equal(
            """{"name":"Ann","count":3,"speed":"slow","place":{"city":"Oslo","api_key":"sk-1"},"items":[{"sku":"A"},{"sku":"C"}],"any":{"a":1},"extra":"x"}""", json);
        Assert.Equal(["count", "rush", "place.city", "items.1.sku", "any"], fields.Changed.Select(f => f.Name));
    }

    [Theory]
    [InlineData("count", "two", "must be a number")]
    [InlineData("count", "", "is needed")]
    [InlineData("rush", "maybe", "must be yes or no")]
    [InlineData("any", "{", "must be valid JSON")]
    public void Write_WhatCannotBeRead_IsToldAtItsField(string name, string value, string words)
    {
        var fields = ArgumentFields.Read(Schema, Call);
        Set(fields, name, value);

        var (json, errors) = fields.Write();

        Assert.Null(json);
        Assert.Contains(words, errors[name], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "{}")]
    [InlineData("{}", "{")]
    [InlineData("[]", "[]")]
    [InlineData("""{"type":"object","properties":{"a":{"$ref":"#"}}}""", """{"a":{"a":{"a":{"a":{"a":{"a":{"a":1}}}}}}}""")]
    [InlineData("""{"properties":{"a":{"type":7,"enum":3}}}""", """{"a":"\ud800"}""")]
    public void Read_BrokenOrStrange_NeverThrows(string schema, string arguments)
    {
        var fields = ArgumentFields.Read(schema, arguments);

        Assert.All(fields.All, field => Assert.NotNull(field.Show(field.Value)));
        Assert.InRange(fields.All.Count, 0, 60);
    }

    [Fact]
    public void Read_ManyArguments_StaysBounded()
    {
        var call = "{" + string.Join(',', Enumerable.Range(0, 5_000).Select(i => $"\"k{i}\":{i}")) + "}";

        Assert.Equal(60, ArgumentFields.Read("{}", call).All.Count);
    }

    private static void Set(ArgumentFields fields, string name, string value) => fields.All.Single(f => f.Name == name).Value = value;
}
