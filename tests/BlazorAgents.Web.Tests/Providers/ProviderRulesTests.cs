using BlazorAgents.Data;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.Web.Features.Providers;

namespace BlazorAgents.Web.Tests.Providers;

public sealed class ProviderRulesTests
{
    [Theory]
    [InlineData("http://localhost:11434/v1")]
    [InlineData("http://127.0.0.1:8000/v1")]
    [InlineData("http://[::1]:8000/v1")]
    [InlineData("http://10.1.2.3/v1")]
    [InlineData("http://172.31.0.9/v1")]
    [InlineData("http://192.168.1.20:1234/v1")]
    [InlineData("http://[fd12::1]/v1")]
    [InlineData("http://ollama:11434/v1")]
    [InlineData("http://gpu.lan/v1")]
    [InlineData("https://api.example.org/v1")]
    [InlineData("  https://api.example.org/v1  ")]
    public void Address_OfAServer_IsTaken(string endpoint) => Assert.Empty(Check(ProviderHost.Input(endpoint: endpoint)));

    [Theory]
    [InlineData("", "Enter the address")]
    [InlineData("localhost:8000", "begins with https://")]
    [InlineData("/v1", "begins with https://")]
    [InlineData("file:///etc/passwd", "begins with https://")]
    [InlineData("gopher://example.org/", "begins with https://")]
    [InlineData("https://", "begins with https://")]
    [InlineData("https://本-/v1", "no valid name")]
    [InlineData("http://本-/v1", "no valid name")]
    [InlineData("https://user:secret@example.org/v1", "without a user name")]
    [InlineData("https://example.org/v1?key=1", "without a user name")]
    [InlineData("https://example.org/v1?", "without a user name")]
    [InlineData("https://example.org/v1#x", "without a user name")]
    [InlineData("http://169.254.169.254/v1", "refused")]
    [InlineData("http://2852039166/", "refused")]
    [InlineData("http://[fe80::1]/v1", "refused")]
    [InlineData("http://example.org/v1", "confirm below")]
    [InlineData("http://8.8.8.8/v1", "confirm below")]
    public void Address_ThatCannotBe_IsRefusedAtItsField(string endpoint, string message)
    {
        var error = Assert.Single(Check(ProviderHost.Input(endpoint: endpoint)));

        Assert.Equal("Endpoint", error.Field);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Address_UnencryptedAndConfirmed_IsTaken()
    {
        var input = ProviderHost.Input(endpoint: "http://models.example.org/v1");
        input.AllowHttp = true;

        Assert.Empty(Check(input));
    }

    [Fact]
    public void Address_TooLong_IsRefused() => Assert.Equal("Endpoint", Assert.Single(Check(ProviderHost.Input(endpoint: "https://e.org/" + new string('a', 500)))).Field);

    [Theory]
    [InlineData("sk two words")]
    [InlineData("sk-line\nbreak")]
    [InlineData("sk-tab\tx")]
    [InlineData("sk-bell\u0007x")]
    [InlineData("sk-schlüssel")]
    [InlineData("sk-\u202Ereversed")]
    [InlineData("sk-\u200Bzero")]
    public void Key_WithWhatNoHeaderTakes_IsRefusedAndNotRepeated(string key)
    {
        var error = Assert.Single(Check(ProviderHost.Input(key: key)));

        Assert.Equal("Key", error.Field);
        Assert.DoesNotContain("sk-", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Key_CopiedWithItsLineBreak_IsTakenWithoutIt() => Assert.Equal("sk-abc", ProviderRules.Trim(ProviderHost.Input(key: " sk-abc\r\n")).Key);

    [Fact]
    public void OpenAI_WithoutAKey_IsRefused_AndNeedsNoAddress()
    {
        var input = ProviderHost.Input(endpoint: "", key: null);
        input.Kind = nameof(ProviderKind.OpenAI);

        Assert.Equal("Key", Assert.Single(Check(input)).Field);
        input.Key = ProviderHost.Key;
        Assert.Empty(Check(input));
        Assert.Equal("https://api.openai.com/v1", ProviderRules.AddressOf(ProviderRules.Trim(input)));
    }

    [Fact]
    public void Azure_WithoutAKey_NeedsAnEncryptedAddress()
    {
        var input = ProviderHost.Input(endpoint: "http://localhost/", key: null);
        input.Kind = nameof(ProviderKind.AzureOpenAI);

        Assert.Contains("Entra ID", Assert.Single(Check(input)).Message, StringComparison.Ordinal);
        input.Endpoint = "https://r.openai.azure.com/";
        Assert.Empty(Check(input));
    }

    [Fact]
    [Trait("Id", "BLZ-04")]
    public void Choices_OutsideTheLists_AreRefused()
    {
        var input = ProviderHost.Input();
        (input.Kind, input.ClientType) = ("Offline", "7");

        Assert.Equal(["Kind", "ClientType"], Check(input).Select(error => error.Field));
    }

    [Fact]
    public void EverythingWrong_NamesEachField()
    {
        var input = new ProviderInput
        {
            Name = "a\u202Eb",
            Kind = nameof(ProviderKind.OpenAI),
            Endpoint = "nowhere",
            Key = "two words",
            ChatModelId = " ",
            ResponsesModelId = new string('m', 201),
            OrganizationId = "org\r\nX-Injected: 1",
            ClientType = null,
        };

        Assert.Equal(["Name", "Endpoint", "Key", "ChatModelId", "ResponsesModelId", "OrganizationId", "ClientType"], Check(input).Select(error => error.Field));
    }

    private static List<Features.Account.FieldError> Check(ProviderInput input, Provider? stored = null) =>
        [.. ProviderRules.Check(ProviderRules.Trim(input), stored)];
}
