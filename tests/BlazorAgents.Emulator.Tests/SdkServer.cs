using System.ClientModel;
using System.ClientModel.Primitives;
using BlazorAgents.Emulator.Demo;
using OpenAI;

namespace BlazorAgents.Emulator.Tests;

/// <summary>An emulator of its own with the official SDK pointed at it; the SDK never retries.</summary>
internal sealed class SdkServer : IAsyncDisposable
{
    private SdkServer(EmulatorServer server)
    {
        Server = server;
        Client = new OpenAIClient(new ApiKeyCredential("none"), new OpenAIClientOptions { Endpoint = server.BaseUrl, RetryPolicy = new ClientRetryPolicy(0) });
        Http = new HttpClient { BaseAddress = new Uri(server.BaseUrl + "/"), Timeout = TimeSpan.FromSeconds(30) };
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
        await Server.DisposeAsync();
    }
}
