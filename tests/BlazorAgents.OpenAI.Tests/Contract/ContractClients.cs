using System.ClientModel;
using System.ClientModel.Primitives;
using BlazorAgents.OpenAI.Assistants;
using BlazorAgents.OpenAI.Chat;
using BlazorAgents.OpenAI.Errors;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.OpenAI.Responses;
using OpenAI;

namespace BlazorAgents.OpenAI.Tests.Contract;

/// <summary>Our clients over a handler that is judged at the end of a test.</summary>
internal static class ContractClients
{
    public static OpenAIChatClient Chat(HttpMessageHandler handler, ProviderKind kind, Uri? endpoint = null)
    {
        var profile = Profile(kind, endpoint);
        return new OpenAIChatClient(Sdk(handler, profile), profile, Model(kind), Errors(profile));
    }

    public static OpenAIResponsesChatClient Responses(HttpMessageHandler handler, ProviderKind kind, Uri? endpoint = null)
    {
        var profile = Profile(kind, endpoint);
        return new OpenAIResponsesChatClient(Sdk(handler, profile), profile, Model(kind), Errors(profile), TimeProvider.System);
    }

    public static AssistantsChatClient Assistants(HttpMessageHandler handler, ProviderKind kind, Uri? endpoint = null)
    {
        var profile = Profile(kind, endpoint);
        return new AssistantsChatClient(Sdk(handler, profile), profile, Model(kind), Errors(profile), deletesThreads: true);
    }

    public static AssistantsApiChatClient AssistantsApi(HttpMessageHandler handler, ProviderKind kind, Uri? endpoint = null)
    {
        var profile = Profile(kind, endpoint);
        return new AssistantsApiChatClient(Sdk(handler, profile), profile, Model(kind), Errors(profile), new AssistantsApiOptions { DeletesThreads = true });
    }

    private static ProviderProfile Profile(ProviderKind kind, Uri? endpoint) => new(kind, endpoint ?? new Uri("http://provider.test/v1"));

    private static string Model(ProviderKind kind) => kind == ProviderKind.Offline ? "demo-model" : "gpt-test";

    private static ErrorTranslator Errors(ProviderProfile profile) => new(profile, new SecretRedactor(TestClients.Key), TimeProvider.System);

    private static OpenAIClient Sdk(HttpMessageHandler handler, ProviderProfile profile) =>
        new(new ApiKeyCredential(TestClients.Key), new OpenAIClientOptions
        {
            Endpoint = profile.Endpoint,
            RetryPolicy = new ClientRetryPolicy(0),
            Transport = new HttpClientPipelineTransport(new HttpClient(handler, disposeHandler: false)),
        });
}
