using BlazorAgents.OpenAI.Providers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BlazorAgents.OpenAI.Tests.Providers;

public sealed class ProviderOptionsTests
{
    private const string Key = TestClients.Key;

    [Fact]
    public void Options_Nothing_IsOffline()
    {
        using var services = Build();

        var info = services.GetRequiredService<ProviderInfo>();

        Assert.Equal((ProviderKind.Offline, "Offline demo", null, "demo-model"), (info.Kind, info.DisplayName, info.Host, info.DefaultModelId));
    }

    [Fact]
    public void Options_OpenAIKey_IsOpenAI()
    {
        using var services = Build(("OPENAI_API_KEY", Key), ("OPENAI_CHAT_MODEL_ID", "gpt-4o"), ("OPENAI_RESPONSES_MODEL_ID", "o3"));

        var info = services.GetRequiredService<ProviderInfo>();

        Assert.Equal(new ProviderInfo(ProviderKind.OpenAI, "OpenAI", "api.openai.com", "gpt-4o", "o3"), info);
    }

    [Fact]
    public void Options_KeyAlone_TakesTheGuidesModel()
    {
        using var services = Build(("OPENAI_API_KEY", Key));

        Assert.Equal("gpt-4o", services.GetRequiredService<ProviderInfo>().DefaultModelId);
    }

    [Fact]
    public void Options_BaseUrlWithoutKey_IsACompatibleServer()
    {
        using var services = Build(("OPENAI_API_BASE_URL", "http://localhost:11434/v1"), ("OPENAI_CHAT_MODEL_ID", "llama"));

        var info = services.GetRequiredService<ProviderInfo>();

        Assert.Equal((ProviderKind.Compatible, "localhost:11434", "llama"), (info.Kind, info.Host, info.DefaultModelId));
    }

    [Theory]
    [InlineData("https://r.openai.azure.com/", "https://r.openai.azure.com/openai/v1/")]
    [InlineData("https://r.openai.azure.com", "https://r.openai.azure.com/openai/v1/")]
    [InlineData("https://r.services.ai.azure.com/openai", "https://r.services.ai.azure.com/openai/v1/")]
    [InlineData("https://r.openai.azure.com/openai/v1/", "https://r.openai.azure.com/openai/v1/")]
    public void Options_Azure_UsesTheV1Api(string endpoint, string expected)
    {
        using var services = Build(
            ("AZURE_OPENAI_ENDPOINT", endpoint), ("AZURE_OPENAI_CHAT_DEPLOYMENT_NAME", "my-gpt"), ("AZURE_OPENAI_API_KEY", Key));

        var clients = services.GetRequiredService<ProviderClients>();

        Assert.Equal(new Uri(expected), clients.Connection.Client.Endpoint);
        Assert.Equal((ProviderKind.AzureOpenAI, "my-gpt"), (clients.Info.Kind, clients.Info.DefaultModelId));
    }

    [Fact]
    public void Options_AzureWithoutKey_UsesEntraId()
    {
        using var services = Build(("AZURE_OPENAI_ENDPOINT", "https://r.openai.azure.com/"), ("AZURE_OPENAI_CHAT_DEPLOYMENT_NAME", "my-gpt"));

        Assert.NotNull(services.GetRequiredService<ProviderClients>().CreateChatClient());
    }

    [Fact]
    public void Options_Section_IsReadAndTheVariablesWin()
    {
        using var services = Build(
            ("Provider:ApiKey", Key), ("Provider:ChatModelId", "from-section"), ("Provider:ResponsesModelId", "r"), ("OPENAI_CHAT_MODEL_ID", "from-variable"),
            ("OPENAI_RESPONSES_MODEL_ID", "  "), ("Provider:Resilience:Retry:MaxAttempts", "2"));

        var info = services.GetRequiredService<ProviderInfo>();

        Assert.Equal(("from-variable", "r"), (info.DefaultModelId, info.ResponsesModelId));
        Assert.Equal(2, services.GetRequiredService<IOptions<ProviderOptions>>().Value.Resilience.Retry.MaxAttempts);
    }

    [Theory]
    [Trait("Id", "SEC-27")]
    [InlineData("OPENAI_API_BASE_URL must be an absolute http or https URL.", "OPENAI_API_BASE_URL=localhost:11434/v1", "OPENAI_CHAT_MODEL_ID=m")]
    [InlineData("OPENAI_API_BASE_URL must be an absolute http or https URL.", "OPENAI_API_BASE_URL=/v1", "OPENAI_CHAT_MODEL_ID=m")]
    [InlineData("OPENAI_API_BASE_URL must not contain a user name", "OPENAI_API_BASE_URL=http://u:" + Key + "@h/v1", "OPENAI_CHAT_MODEL_ID=m")]
    [InlineData("OPENAI_API_KEY is missing", "OPENAI_API_BASE_URL=https://api.openai.com/v1", "OPENAI_CHAT_MODEL_ID=m")]
    [InlineData("OPENAI_API_KEY must not contain white space", "OPENAI_API_KEY=a " + Key, "OPENAI_CHAT_MODEL_ID=m")]
    [InlineData("AZURE_OPENAI_ENDPOINT must be an absolute http or https URL.", "AZURE_OPENAI_ENDPOINT=r.openai.azure.com", "AZURE_OPENAI_CHAT_DEPLOYMENT_NAME=m")]
    [InlineData("AZURE_OPENAI_ENDPOINT must be an https URL", "AZURE_OPENAI_ENDPOINT=http://r.test", "AZURE_OPENAI_CHAT_DEPLOYMENT_NAME=m")]
    [InlineData("AZURE_OPENAI_CHAT_DEPLOYMENT_NAME is missing", "AZURE_OPENAI_ENDPOINT=https://r.test", "AZURE_OPENAI_API_KEY=" + Key)]
    [InlineData("are both set", "AZURE_OPENAI_ENDPOINT=https://r.test", "OPENAI_API_KEY=" + Key)]
    [InlineData("AZURE_OPENAI_ENDPOINT is missing", "Provider:Kind=AzureOpenAI", "AZURE_OPENAI_CHAT_DEPLOYMENT_NAME=m")]
    public void Options_ThatCannotWork_StopTheStartAndNameTheKey(string expected, params string[] settings)
    {
        using var services = Build([.. settings.Select(s => (s[..s.IndexOf('=', StringComparison.Ordinal)], s[(s.IndexOf('=', StringComparison.Ordinal) + 1)..]))]);

        var error = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, error.ToString(), StringComparison.Ordinal);
    }

    private static ServiceProvider Build(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build();
        return new ServiceCollection().AddLogging().AddOpenAIProvider(configuration).BuildServiceProvider(validateScopes: true);
    }
}
