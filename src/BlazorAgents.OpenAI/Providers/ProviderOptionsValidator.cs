using Microsoft.Extensions.Options;

namespace BlazorAgents.OpenAI.Providers;

/// <summary>Stops a start with settings that cannot work; each message names its key and never its value.</summary>
internal sealed class ProviderOptionsValidator : IValidateOptions<ProviderOptions>
{
    public ValidateOptionsResult Validate(string? name, ProviderOptions options)
    {
        var failures = Failures(options).ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Failures(ProviderOptions options)
    {
        if (options is { Kind: null, AzureEndpoint: not null, ApiKey: not null })
        {
            yield return "OPENAI_API_KEY and AZURE_OPENAI_ENDPOINT are both set. Remove one, or set Provider:Kind to OpenAI or AzureOpenAI.";
            yield break;
        }

        var failures = options.ResolveKind() switch
        {
            ProviderKind.AzureOpenAI => AzureFailures(options),
            ProviderKind.Offline => [],
            var kind => OpenAIFailures(options, kind),
        };
        foreach (var failure in failures)
        {
            yield return failure;
        }
    }

    private static IEnumerable<string> OpenAIFailures(ProviderOptions options, ProviderKind kind)
    {
        if (options.BaseUrl is null && kind == ProviderKind.Compatible)
        {
            yield return "OPENAI_API_BASE_URL is missing; a compatible server needs it.";
        }

        if (options.BaseUrl is not null && UrlFailure("OPENAI_API_BASE_URL", options.BaseUrl) is { } failure)
        {
            yield return failure;
        }

        if (options.ApiKey is null && kind == ProviderKind.OpenAI)
        {
            yield return "OPENAI_API_KEY is missing.";
        }

        if (HasWhiteSpace(options.ApiKey))
        {
            yield return "OPENAI_API_KEY must not contain white space or line breaks.";
        }
    }

    private static IEnumerable<string> AzureFailures(ProviderOptions options)
    {
        if (options.AzureEndpoint is null)
        {
            yield return "AZURE_OPENAI_ENDPOINT is missing.";
        }
        else if (UrlFailure("AZURE_OPENAI_ENDPOINT", options.AzureEndpoint) is { } failure)
        {
            yield return failure;
        }
        else if (options.AzureApiKey is null && new Uri(options.AzureEndpoint).Scheme != Uri.UriSchemeHttps)
        {
            yield return "AZURE_OPENAI_ENDPOINT must be an https URL when there is no AZURE_OPENAI_API_KEY (Entra ID).";
        }

        if (HasWhiteSpace(options.AzureApiKey))
        {
            yield return "AZURE_OPENAI_API_KEY must not contain white space or line breaks.";
        }

        if (options.AzureChatDeployment is null && options.AzureResponsesDeployment is null)
        {
            yield return "AZURE_OPENAI_CHAT_DEPLOYMENT_NAME is missing. Name the deployment to use.";
        }
    }

    private static string? UrlFailure(string key, string value)
    {
        if (!Uri.TryCreate(value, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
        {
            return $"{key} must be an absolute http or https URL.";
        }

        return uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0
            ? $"{key} must not contain a user name, a query or a fragment."
            : null;
    }

    private static bool HasWhiteSpace(string? value) => value?.Any(char.IsWhiteSpace) == true;
}
