using System.Collections.Concurrent;
using System.Net;
using BlazorAgents.Agents.Pipeline;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.Testing.Fakes;
using BlazorAgents.Testing.Specification;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BlazorAgents.OpenAI.Tests.Behaviours;

/// <summary>A client that is answered with the specification's examples, its requests under contract.</summary>
internal sealed class RecordedStage : IAsyncDisposable
{
    private readonly ConcurrentQueue<HttpResponseMessage> _answers = new();
    private readonly FakeHttpHandler _server;
    private readonly ContractHandler _contract;
    private readonly ServiceProvider _services;

    public RecordedStage(ClientType type)
    {
        _server = new FakeHttpHandler(Answer);
        _contract = new ContractHandler(_server, ContractChecks.Requests | ContractChecks.Strict);
        _services = new ServiceCollection().AddLogging()
            .AddOpenAIProvider(new ConfigurationBuilder().AddInMemoryCollection([new("OPENAI_API_KEY", TestClients.Key)]).Build())
            .Configure<ProviderOptions>(o =>
            {
                o.CreateHandler = () => _contract;
                o.Resilience = new ResilienceOptions { Retry = new RetryOptions { MaxAttempts = 1 } };
            })
            .BuildServiceProvider();
        Client = _services.GetRequiredService<ProviderClients>().CreateChatClient(type);
        Recording = Recording.Of(type);
    }

    public Recording Recording { get; }

    public IChatClient Client { get; }

    /// <summary>Every request.</summary>
    public IReadOnlyList<FakeHttpRequest> Sent => _server.Requests;

    /// <summary>The requests for answers.</summary>
    public IReadOnlyList<FakeHttpRequest> Asked => [.. Sent.Where(IsForAnAnswer)];

    /// <summary>The next answer.</summary>
    public RecordedStage Then(HttpResponseMessage answer)
    {
        _answers.Enqueue(answer);
        return this;
    }

    /// <summary>The next answer is an example.</summary>
    public RecordedStage Then(string file) => Then(Recording.Play(Recording.Read(file)));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _services.DisposeAsync();
        _contract.Dispose();
    }

    private static bool IsForAnAnswer(FakeHttpRequest request) => request.Method == HttpMethod.Post
        && request.Uri.AbsolutePath.Split('/')[^1] is "completions" or "responses" or "runs" or "submit_tool_outputs";

    private HttpResponseMessage Answer(FakeHttpRequest request) => (request.Method.Method, request.Uri.AbsolutePath) switch
    {
        _ when IsForAnAnswer(request) && _answers.TryDequeue(out var answer) => answer,
        ("POST", "/v1/assistants") => Recording.Play(Recording.Read("assistants.json")),
        ("POST", "/v1/threads") => Recording.Play(Recording.Read("threads.json")),
        ("POST", "/v1/conversations") => Recording.Play(Recording.Read("conversations.json")),
        ("DELETE", _) => FakeHttpHandler.Json("""{"id":"x","object":"x.deleted","deleted":true}"""),
        _ => new HttpResponseMessage(HttpStatusCode.NotImplemented),
    };
}
