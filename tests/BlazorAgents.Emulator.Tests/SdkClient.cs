using System.ClientModel;
using System.ClientModel.Primitives;
using BlazorAgents.Emulator.Demo;
using BlazorAgents.Testing.Specification;
using OpenAI;
using OpenAI.Containers;
using OpenAI.Conversations;
using OpenAI.Files;
using OpenAI.Responses;
using OpenAI.VectorStores;

namespace BlazorAgents.Emulator.Tests;

/// <summary>The official SDK with an emulator of its own; it never retries. What it asks, and what the demo model answers, must keep to OpenAI's specification.</summary>
internal sealed class SdkClient : IAsyncDisposable
{
    public const string Model = DemoModel.ModelId;

    private readonly OpenAIClient _client;
    private readonly HttpClient _http;
    private readonly ContractHandler _contract;
    private readonly ContractHandler _rawContract;

    private SdkClient(EmulatorServer server, ContractChecks answers)
    {
        Server = server;
        _rawContract = new ContractHandler(new SocketsHttpHandler(), answers);
        Raw = new HttpClient(_rawContract) { BaseAddress = new Uri(server.BaseUrl + "/"), Timeout = EmulatorClient.Patience };
        _contract = new ContractHandler(new SocketsHttpHandler(), answers | ContractChecks.Requests);
        _http = new HttpClient(_contract) { Timeout = Timeout.InfiniteTimeSpan };
        _client = new OpenAIClient(new ApiKeyCredential("demo"), new OpenAIClientOptions
        {
            Endpoint = server.BaseUrl,
            RetryPolicy = new ClientRetryPolicy(0),
            Transport = new HttpClientPipelineTransport(_http),
        });
    }

    public EmulatorServer Server { get; }

    public HttpClient Raw { get; }

    public ResponsesClient Responses => _client.GetResponsesClient();

    public ConversationClient Conversations => _client.GetConversationClient();

    public OpenAIFileClient Files => _client.GetOpenAIFileClient();

    public VectorStoreClient VectorStores => _client.GetVectorStoreClient();

    public ContainerClient Containers => _client.GetContainerClient();

    public static async Task<SdkClient> StartAsync(IBrain? brain = null, TimeProvider? time = null, DemoPace? pace = null) =>
        new(await EmulatorServer.StartAsync(new EmulatorOptions { Brain = brain, Pace = pace ?? DemoPace.Instant, TimeProvider = time ?? TimeProvider.System }), brain is null ? ContractChecks.Answers : ContractChecks.None);

    public static CreateResponseOptions Ask(string text, params ResponseTool[] tools)
    {
        var options = new CreateResponseOptions(Model, [ResponseItem.CreateUserMessageItem(text)]);
        foreach (var tool in tools)
        {
            options.Tools.Add(tool);
        }

        return options;
    }

    public async Task<ResponseResult> CreateAsync(CreateResponseOptions options) => (await Responses.CreateResponseAsync(options)).Value;

    /// <summary>All updates of a streamed response.</summary>
    public async Task<List<StreamingResponseUpdate>> StreamAsync(CreateResponseOptions options)
    {
        options.StreamingEnabled = true;
        await using var stream = await Responses.CreateResponseStreamingAsync(options);
        var updates = new List<StreamingResponseUpdate>();
        await foreach (var update in stream)
        {
            updates.Add(update);
        }

        return updates;
    }

    public static async Task<ClientResultException> FailAsync(Func<Task> call) => await Assert.ThrowsAsync<ClientResultException>(call);

    public async ValueTask DisposeAsync()
    {
        Raw.Dispose();
        _http.Dispose();
        await Server.DisposeAsync();
        _contract.AssertFulfilled();
        _rawContract.AssertFulfilled();
    }
}
