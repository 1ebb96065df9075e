using System.ClientModel;
using System.ClientModel.Primitives;
using BlazorAgents.OpenAI.Chat;
using BlazorAgents.OpenAI.Errors;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.OpenAI.Responses;
using BlazorAgents.Testing.Fakes;
using BlazorAgents.Testing.Specification;
using OpenAI;

namespace BlazorAgents.OpenAI.Tests;

/// <summary>Chat clients over a fake HTTP handler.</summary>
internal static class TestClients
{
    public const string Key = "sk-canary-4711-never-shown";

    public static OpenAIChatClient Create(
        FakeHttpHandler handler, ProviderKind kind = ProviderKind.OpenAI, string model = "gpt-test", TimeProvider? time = null) =>
        Create((HttpMessageHandler)handler, kind, model, time);

    public static OpenAIChatClient Create(
        HttpMessageHandler handler, ProviderKind kind = ProviderKind.OpenAI, string model = "gpt-test", TimeProvider? time = null, Uri? endpoint = null)
    {
        var profile = new ProviderProfile(kind, endpoint ?? new Uri("http://provider.test/v1"));
        return new OpenAIChatClient(
            CreateSdk(handler, profile), profile, model, new ErrorTranslator(profile, new SecretRedactor(Key), time ?? TimeProvider.System));
    }

    public static OpenAIResponsesChatClient CreateResponses(
        HttpMessageHandler handler, ProviderKind kind = ProviderKind.OpenAI, string model = "gpt-test", TimeProvider? time = null, Uri? endpoint = null)
    {
        var profile = new ProviderProfile(kind, endpoint ?? new Uri("http://provider.test/v1"));
        time ??= TimeProvider.System;
        return new OpenAIResponsesChatClient(
            CreateSdk(handler, profile), profile, model, new ErrorTranslator(profile, new SecretRedactor(Key), time), time);
    }

    /// <summary>Requests to OpenAI and Azure must keep to the specification, in every test; compatible servers get more than it knows.</summary>
    public static OpenAIClient CreateSdk(HttpMessageHandler handler, ProviderProfile profile) =>
        new(new ApiKeyCredential(Key), new OpenAIClientOptions
        {
            Endpoint = profile.Endpoint,
            RetryPolicy = new ClientRetryPolicy(0),
            Transport = new HttpClientPipelineTransport(new HttpClient(
                profile.Kind == ProviderKind.Compatible ? handler : new ContractHandler(handler, ContractChecks.Requests | ContractChecks.Strict))),
        });
}
