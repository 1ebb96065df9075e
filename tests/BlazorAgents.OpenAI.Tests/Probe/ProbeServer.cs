using System.Net;
using System.Text.Json;
using BlazorAgents.OpenAI.Probe;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BlazorAgents.OpenAI.Tests.Probe;

/// <summary>A made-up server that can do everything a probe asks for; a test overrides single answers.</summary>
internal sealed class ProbeServer : IDisposable
{
    private readonly Func<FakeHttpRequest, HttpResponseMessage?> _override;
    private readonly ServiceProvider _services;

    public ProbeServer(Func<FakeHttpRequest, HttpResponseMessage?>? answer = null, TimeProvider? time = null, Func<HttpMessageHandler, HttpMessageHandler>? wrap = null)
    {
        _override = answer ?? (_ => null);
        Handler = new FakeHttpHandler(Answer);
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(time ?? TimeProvider.System)
            .AddOpenAIProvider(new ConfigurationBuilder().AddInMemoryCollection([new("OPENAI_API_KEY", TestClients.Key)]).Build())
            .Configure<ProviderOptions>(options => options.CreateHandler = () => wrap?.Invoke(Handler) ?? Handler)
            .BuildServiceProvider();
    }

    public FakeHttpHandler Handler { get; }

    /// <summary>"METHOD path" of each request.</summary>
    public IReadOnlyList<string> Calls => [.. Handler.Requests.Select(request => $"{request.Method} {request.Uri.AbsolutePath}")];

    public ProviderProbe Probe(ProviderKind kind = ProviderKind.Compatible) => new(
        _services.GetRequiredService<ProviderClients>().For(new ProviderSettings
        {
            Kind = kind,
            Endpoint = new Uri("http://models.example/v1"),
            Name = "Lab",
            ApiKey = TestClients.Key,
            ChatModelId = "llama",
            ResponsesModelId = "llama-r",
        }),
        _services.GetRequiredService<TimeProvider>());

    public async Task<Dictionary<Capability, CapabilityResult>> RunAsync(ProviderKind kind = ProviderKind.Compatible) =>
        (await Probe(kind).RunAsync().ToListAsync()).ToDictionary(result => result.Capability);

    public void Dispose() => _services.Dispose();

    public static HttpResponseMessage Error(int status, string message, string? code = null) =>
        FakeHttpHandler.Json(JsonSerializer.Serialize(new { error = new { message, type = "x", code } }), (HttpStatusCode)status);

    private HttpResponseMessage Answer(FakeHttpRequest request) => _override(request) ?? (request.Method.Method, request.Uri.AbsolutePath) switch
    {
        ("POST", "/v1/chat/completions") => Chat(request.Body),
        ("POST", "/v1/responses") => Object("resp_1", "response", request.Body.Contains("\"background\":true", StringComparison.Ordinal) ? "queued" : "completed"),
        ("POST", "/v1/responses/resp_1/cancel") => Object("resp_1", "response", "cancelled"),
        ("POST", "/v1/conversations") => Object("conv_1", "conversation"),
        ("POST", "/v1/vector_stores") => Object("vs_1", "vector_store"),
        ("POST", "/v1/assistants") => Object("asst_1", "assistant"),
        ("GET", "/v1/models") => FakeHttpHandler.Json("""{"object":"list","data":[{"id":"llama","object":"model"},{"id":"nomic-embed-text","object":"model"}]}"""),
        ("POST", "/v1/embeddings") => FakeHttpHandler.Json("""{"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.1,0.2,0.3]}],"model":"m"}"""),
        ("DELETE", _) => new HttpResponseMessage(HttpStatusCode.NoContent),
        _ => Error(404, "Not found"),
    };

    private static HttpResponseMessage Chat(string body)
    {
        if (body.Contains("\"stream\":true", StringComparison.Ordinal))
        {
            return FakeHttpHandler.Sse(
                """{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"O"}}]}""",
                """{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"K"},"finish_reason":"stop"}]}""");
        }

        string[] cities = body.Contains("Rome", StringComparison.Ordinal) ? ["Oslo", "Rome"] : ["Oslo"];
        return body switch
        {
            _ when body.Contains("\"tools\"", StringComparison.Ordinal) => Message(
                "tool_calls",
                new
                {
                    role = "assistant",
                    content = (string?)null,
                    tool_calls = cities.Select((city, index) => new
                    {
                        id = $"call_{index}",
                        type = "function",
                        function = new { name = "get_weather", arguments = JsonSerializer.Serialize(new { city }) },
                    }),
                }),
            _ when body.Contains("image_url", StringComparison.Ordinal) => Text("Red."),
            _ => Text("""{"city":"Oslo","inhabitants":700000}"""),
        };
    }

    public static HttpResponseMessage Text(string text, string finish = "stop") => Message(finish, new { role = "assistant", content = text });

    private static HttpResponseMessage Message(string finish, object message) => FakeHttpHandler.Json(JsonSerializer.Serialize(new
    {
        id = "c",
        @object = "chat.completion",
        created = 1,
        model = "m",
        choices = new[] { new { index = 0, message, finish_reason = finish } },
    }));

    private static HttpResponseMessage Object(string id, string type, string? status = null) =>
        FakeHttpHandler.Json(JsonSerializer.Serialize(new { id, @object = type, status }));
}
