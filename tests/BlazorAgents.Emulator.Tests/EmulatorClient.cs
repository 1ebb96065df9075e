using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BlazorAgents.Testing.Specification;

namespace BlazorAgents.Emulator.Tests;

/// <summary>A raw HTTP client with an emulator of its own. Whatever the demo model answers must keep to OpenAI's specification.</summary>
internal sealed class EmulatorClient : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly EmulatorServer _server;
    private readonly ContractHandler _contract;

    private EmulatorClient(EmulatorServer server, ContractChecks checks)
    {
        _server = server;
        _contract = new ContractHandler(new SocketsHttpHandler(), checks);
        Http = new HttpClient(_contract) { BaseAddress = new Uri(server.BaseUrl + "/"), Timeout = Patience };
    }

    public HttpClient Http { get; }

    public EmulatorServer Server => _server;

    public static async Task<EmulatorClient> StartAsync(IBrain? brain = null, long? maxBytes = null) =>
        new(await EmulatorServer.StartAsync(new EmulatorOptions
        {
            Brain = brain,
            Pace = BlazorAgents.Emulator.Demo.DemoPace.Instant,
            MaxRequestBytes = maxBytes ?? new EmulatorOptions().MaxRequestBytes,
        }), brain is null ? ContractChecks.Answers : ContractChecks.None);

    public static JsonObject Ask(string text, bool stream = false) => new()
    {
        ["model"] = "demo-model",
        ["stream"] = stream,
        ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = text }),
    };

    public async Task<(HttpStatusCode Status, JsonElement Json)> PostAsync(string path, JsonNode body) => await PostTextAsync(path, body.ToJsonString());

    public async Task<(HttpStatusCode Status, JsonElement Json)> PostTextAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await Http.PostAsync(path, content);
        return (response.StatusCode, await ReadAsync(response));
    }

    public async Task<(HttpStatusCode Status, JsonElement Json)> GetAsync(string path)
    {
        using var response = await Http.GetAsync(path);
        return (response.StatusCode, await ReadAsync(response));
    }

    /// <summary>Sends a chat request and returns as soon as the headers are there.</summary>
    public Task<HttpResponseMessage> SendAsync(JsonNode body, CancellationToken ct = default) =>
        Http.SendAsync(new HttpRequestMessage(HttpMethod.Post, "chat/completions") { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") }, HttpCompletionOption.ResponseHeadersRead, ct);

    /// <summary>The whole body of a chat request as text.</summary>
    public async Task<string> BodyAsync(JsonNode body)
    {
        using var response = await SendAsync(body);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>The data of each event of a stream.</summary>
    public async Task<IReadOnlyList<string>> EventsAsync(JsonNode body) => Events(await BodyAsync(body));

    public static IReadOnlyList<string> Events(string body) =>
        [.. body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).SelectMany(block => block.Split('\n')).Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => line[6..])];

    public static string Text(IEnumerable<string> events) => string.Concat(Chunks(events)
        .SelectMany(chunk => chunk.GetProperty("choices").EnumerateArray())
        .Select(choice => choice.GetProperty("delta").TryGetProperty("content", out var content) ? content.GetString() : ""));

    public static IEnumerable<JsonElement> Chunks(IEnumerable<string> events) => events.Where(data => data != "[DONE]").Select(data => JsonDocument.Parse(data).RootElement);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _server.DisposeAsync();
        _contract.AssertFulfilled();
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
}
