using System.ClientModel;
using System.ClientModel.Primitives;
using BlazorAgents.Emulator.Demo;
using BlazorAgents.Testing.Specification;
using OpenAI;

namespace BlazorAgents.Emulator.Tests;

/// <summary>
/// An emulator of its own with the official SDK pointed at it; the SDK never retries. What the SDK asks may be wrong on purpose (its protocol
/// methods send anything), but every answer must keep to OpenAI's specification.
/// </summary>
internal sealed class SdkServer : IAsyncDisposable
{
    private readonly ContractHandler _contract = new(new SocketsHttpHandler(), ContractChecks.Answers);
    private readonly HttpClient _sdkHttp;

    private SdkServer(EmulatorServer server)
    {
        Server = server;
        _sdkHttp = new HttpClient(_contract, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        Client = new OpenAIClient(new ApiKeyCredential("none"), new OpenAIClientOptions
        {
            Endpoint = server.BaseUrl,
            RetryPolicy = new ClientRetryPolicy(0),
            Transport = new HttpClientPipelineTransport(_sdkHttp),
        });
        Http = new HttpClient(_contract, disposeHandler: false) { BaseAddress = new Uri(server.BaseUrl + "/"), Timeout = TimeSpan.FromSeconds(30) };
    }

    public EmulatorServer Server { get; }

    public OpenAIClient Client { get; }

    /// <summary>For requests that the SDK would not send.</summary>
    public HttpClient Http { get; }

    public static async Task<SdkServer> StartAsync(EmulatorOptions? options = null) =>
        new(await EmulatorServer.StartAsync(options ?? new EmulatorOptions { Pace = DemoPace.Instant }));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _sdkHttp.Dispose();
        _contract.Dispose();
        await Server.DisposeAsync();
        _contract.AssertFulfilled();
    }
}
