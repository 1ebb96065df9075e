using BlazorAgents.Runs.Tests.Approvals.Rules;

namespace BlazorAgents.Runs.Tests.Approvals;

public sealed class SecretMaskTests
{
    private const string Schema =
        """
        {"$defs":{"card":{"type":"object","properties":{"number":{"type":"string","format":"password"},"holder":{"type":"string"}}}},
         "properties":{"note":{"type":"string"},"code":{"anyOf":[{"type":"null"},{"type":"string","format":"password"}]},
          "phrase":{"type":"string","writeOnly":true},"cards":{"type":"array","items":{"$ref":"#/$defs/card"}},
          "loop":{"$ref":"#/properties/loop"},"more":{"type":"object","additionalProperties":{"format":"password"}}}}
        """;

    [Theory]
    [InlineData("password")]
    [InlineData("newPassword")]
    [InlineData("API_KEY")]
    [InlineData("apiKey")]
    [InlineData("api-key")]
    [InlineData("x-api-key")]
    [InlineData("APIKey")]
    [InlineData("access_token")]
    [InlineData("refreshTokens")]
    [InlineData("clientSecret2")]
    [InlineData("connectionString")]
    [InlineData("Authorization")]
    public void IsSecretName_NamedLikeASecret_IsTrue(string name) => Assert.True(SecretMask.IsSecretName(name));

    [Theory]
    [InlineData("")]
    [InlineData("max_tokens")]
    [InlineData("keyboard")]
    [InlineData("key")]
    [InlineData("secretary")]
    [InlineData("shipping")]
    [InlineData("pinned")]
    public void IsSecretName_AnythingElse_IsFalse(string name) => Assert.False(SecretMask.IsSecretName(name));

    [Fact]
    public void Mask_SecretsBySchema_AreHiddenAtAnyDepth()
    {
        var masked = SecretMask.Mask(
            """{"note":"n","code":"1234","phrase":"open","cards":[{"number":"4111","holder":"Ada"}],"loop":"l","more":{"x":"hidden"}}""",
            Rule.Json(Schema));

        Assert.Equal(
            Rule.Json($$"""{"cards":[{"holder":"Ada","number":"{{SecretMask.Text}}"}],"code":"{{SecretMask.Text}}","loop":"l","more":{"x":"{{SecretMask.Text}}"},"note":"n","phrase":"{{SecretMask.Text}}"}""").GetRawText(),
            Unescaped(masked));
    }

    [Fact]
    public void Mask_SchemaThatBranchesIntoItself_EndsSoon()
    {
        var loops = string.Join(',', Enumerable.Repeat("""{"$ref":"#","additionalProperties":{"$ref":"#"}}""", 10));

        var masked = SecretMask.Mask("""{"a":{"b":{"c":{"d":1}}}}""", Rule.Json($$"""{"anyOf":[{{loops}}]}"""));

        Assert.Contains("\"a\"", masked, StringComparison.Ordinal);
    }

    [Fact]
    public void Mask_MoreThanCanBeLookedAt_IsMaskedFromThereOn()
    {
        var forms = string.Join(',', Enumerable.Repeat("{}", 100));

        var masked = Rule.Json(SecretMask.Mask($"[{string.Join(',', Enumerable.Repeat("1", 5_000))}]", Rule.Json($$$"""{"items":{"anyOf":[{{{forms}}}]}}""")));

        Assert.Equal("1", masked[0].GetRawText());
        Assert.Equal(SecretMask.Text, masked[4_999].GetString());
    }

    [Theory]
    [InlineData("""{"a":"\ud800"}""", "{}")]
    [InlineData("{", "{}")]
    public void Mask_NoJsonOrNoText_IsMaskedAsAWhole(string arguments, string schema) =>
        Assert.Equal($"\"{SecretMask.Text}\"", SecretMask.Mask(arguments, Rule.Json(schema)));

    [Fact]
    public void Mask_SecretsByName_AreHiddenWithAllTheyHoldAndNothingElseChanges()
    {
        var masked = SecretMask.Mask("""{"a":[{"token":{"deep":"abc"},"total":1.50}],"password":null,"secret":["abc"]}""");

        Assert.DoesNotContain("abc", masked, StringComparison.Ordinal);
        Assert.Contains("1.5", masked, StringComparison.Ordinal);
        Assert.Contains("\"password\":null", masked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("password=abc")]
    [InlineData("")]
    [InlineData("""{"token":"abc""")]
    public void Mask_NotJson_IsHiddenAsAWhole(string arguments) =>
        Assert.Equal(SecretMask.Text, Rule.Json(SecretMask.Mask(arguments)).GetString());

    private static string Unescaped(string json) => System.Text.RegularExpressions.Regex.Unescape(json);
}
