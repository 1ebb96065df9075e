using BlazorAgents.Agents;
using BlazorAgents.OpenAI.Assistants;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BlazorAgents.OpenAI.Tests.Assistants;

public sealed class RegistrationTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(ClientType.Assistants, typeof(AssistantsChatClient))]
    [InlineData(ClientType.AssistantsApi, typeof(AssistantsApiChatClient))]
    public void ClientTypes_OfTheFactory_KeepThreadsOnTheServer(ClientType type, Type client)
    {
        using var services = Build(_ => AssistantsServer.Error(500, "unused"), janitor: false);

        using var made = services.GetRequiredService<ProviderClients>().CreateChatClient(type);

        Assert.NotNull(made.GetService(client, null));
        Assert.Null(made.CreateAgent().GetNewThread().MessageStore);
    }

    [Fact]
    public async Task Janitor_AtTheStart_RunsOnlyWhereTheAssistantsApiIsUsed()
    {
        using var without = Build(_ => AssistantsServer.Error(500, "unused"), janitor: false);
        Assert.Empty(without.GetServices<IHostedService>());

        var asked = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var mayAnswer = new ManualResetEventSlim();
        using var with = Build(
            request =>
            {
                asked.TrySetResult($"{request.Method} {request.Uri.AbsolutePath}");
                mayAnswer.Wait(s_patience);
                return AssistantsServer.Error(500, "oops");
            },
            janitor: true);
        var janitor = Assert.Single(with.GetServices<IHostedService>());

        await janitor.StartAsync(default).WaitAsync(s_patience); // although the provider does not answer yet

        Assert.Equal("GET /v1/assistants", await asked.Task.WaitAsync(s_patience));
        mayAnswer.Set();
        await ((BackgroundService)janitor).ExecuteTask!.WaitAsync(s_patience); // and a provider that fails is no fault
        await janitor.StopAsync(default);
    }

    private static ServiceProvider Build(Func<FakeHttpRequest, HttpResponseMessage> answer, bool janitor)
    {
        var settings = new Dictionary<string, string?>
        {
            ["OPENAI_API_KEY"] = TestClients.Key,
            ["Provider:UsesAssistantsApi"] = janitor ? "true" : null,
        };
        var services = new ServiceCollection()
            .AddLogging()
            .AddOpenAIProvider(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.Configure<ProviderOptions>(o => o.CreateHandler = () => new FakeHttpHandler(answer));
        return services.BuildServiceProvider(validateScopes: true);
    }
}
