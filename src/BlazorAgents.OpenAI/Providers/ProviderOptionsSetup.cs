using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace BlazorAgents.OpenAI.Providers;

/// <summary>Reads the section, then lets the guide's variables win. Blank values count as not set.</summary>
internal sealed class ProviderOptionsSetup(IConfiguration configuration) : IConfigureOptions<ProviderOptions>
{
    public void Configure(ProviderOptions options)
    {
        configuration.GetSection(ProviderOptions.SectionName).Bind(options);
        options.ApiKey = Read("OPENAI_API_KEY", options.ApiKey);
        options.ChatModelId = Read("OPENAI_CHAT_MODEL_ID", options.ChatModelId);
        options.ResponsesModelId = Read("OPENAI_RESPONSES_MODEL_ID", options.ResponsesModelId);
        options.OrganizationId = Read("OPENAI_ORG_ID", options.OrganizationId);
        options.BaseUrl = Read("OPENAI_API_BASE_URL", options.BaseUrl);
        options.AzureEndpoint = Read("AZURE_OPENAI_ENDPOINT", options.AzureEndpoint);
        options.AzureChatDeployment = Read("AZURE_OPENAI_CHAT_DEPLOYMENT_NAME", options.AzureChatDeployment);
        options.AzureResponsesDeployment = Read("AZURE_OPENAI_RESPONSES_DEPLOYMENT_NAME", options.AzureResponsesDeployment);
        options.AzureApiKey = Read("AZURE_OPENAI_API_KEY", options.AzureApiKey);
        options.AzureScope = Read("AZURE_OPENAI_SCOPE", options.AzureScope)!;
    }

    private string? Read(string variable, string? fromSection)
    {
        var value = configuration[variable];
        value = string.IsNullOrWhiteSpace(value) ? fromSection : value;
        return string.IsNullOrWhiteSpace(value) ? null : value.Trim();
    }
}
