using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using BlazorAgents.Emulator.Demo;
using BlazorAgents.Testing.Specification;
using OpenAI;

namespace BlazorAgents.Emulator.Tests.Contract;

/// <summary>An emulator of its own under contract, asked by the official SDK and by raw HTTP.</summary>
internal sealed class ContractSession : IAsyncDisposable
{
    private readonly EmulatorServer _server;
    private readonly ContractHandler _handler;
    private readonly ContractHandler _wrong;
    private readonly HttpClient _sdkHttp;

    private ContractSession(EmulatorServer server, StoppedClock clock, ContractCoverage coverage)
    {
        _server = server;
        Clock = clock;
        _handler = new ContractHandler(new SocketsHttpHandler(), ContractChecks.All, coverage);
        _wrong = new ContractHandler(new SocketsHttpHandler(), ContractChecks.Answers, coverage);
        Http = Client(_handler, server);
        Wrong = Client(_wrong, server);
        _sdkHttp = new HttpClient(_handler, disposeHandler: false);
        Sdk = new OpenAIClient(new ApiKeyCredential("none"), new OpenAIClientOptions
        {
            Endpoint = server.BaseUrl,
            RetryPolicy = new ClientRetryPolicy(0),
            Transport = new HttpClientPipelineTransport(_sdkHttp),
        });
    }

    /// <summary>Holds back what follows the first words of a paced session until it is released.</summary>
    public StoppedClock Clock { get; }

    /// <summary>The official SDK.</summary>
    public OpenAIClient Sdk { get; }

    /// <summary>Raw requests.</summary>
    public HttpClient Http { get; }

    /// <summary>Raw requests that are wrong on purpose: only their answers are judged.</summary>
    public HttpClient Wrong { get; }

    public IEnumerable<ContractViolation> Violations => _handler.Violations.Concat(_wrong.Violations);

    public static async Task<ContractSession> StartAsync(ContractCoverage coverage, IBrain? brain, bool isPaced)
    {
        var clock = new StoppedClock();
        var options = isPaced ? new EmulatorOptions { TimeProvider = clock, Pace = new DemoPace(TimeSpan.Zero, 1) } : new EmulatorOptions { Brain = brain, Pace = DemoPace.Instant };
        return new(await EmulatorServer.StartAsync(options), clock, coverage);
    }

    /// <summary>Posts JSON and reads the answer to its end; a stream's text as it is.</summary>
    public async Task<string> PostAsync(string path, string json, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await ((int)expected < 400 ? Http : Wrong).PostAsync(path, content);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(expected == response.StatusCode, $"POST {path}: {(int)response.StatusCode} {body}");
        return body;
    }

    public async Task<JsonNode> PostJsonAsync(string path, string json) => JsonNode.Parse(await PostAsync(path, json))!;

    /// <summary>Posts without a body.</summary>
    public async Task<JsonNode> PostEmptyAsync(string path) => JsonNode.Parse(await SendAsync(HttpMethod.Post, path, HttpStatusCode.OK))!;

    /// <summary>Posts a form.</summary>
    public async Task<JsonNode> PostFormAsync(string path, MultipartFormDataContent form)
    {
        using var response = await Http.PostAsync(path, form);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"POST {path}: {(int)response.StatusCode} {body}");
        return JsonNode.Parse(body)!;
    }

    /// <summary>Uploads a text file and returns its id.</summary>
    public async Task<string> UploadAsync(string name, string text, string purpose = "assistants", params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "file", name }, { new StringContent(purpose), "purpose" } };
        foreach (var (field, value) in fields)
        {
            form.Add(new StringContent(value), field);
        }

        return (string)(await PostFormAsync("files", form))["id"]!;
    }

    /// <summary>Asks again until the answer is as expected.</summary>
    public async Task<JsonNode> UntilAsync(string path, Func<JsonNode, bool> expected)
    {
        using var patience = new CancellationTokenSource(EmulatorClient.Patience);
        while (true)
        {
            var found = await GetJsonAsync(path);
            if (expected(found))
            {
                return found;
            }

            Assert.False(patience.IsCancellationRequested, $"{path} stays {found.ToJsonString()}");
        }
    }

    public async Task<string> GetAsync(string path, HttpStatusCode expected = HttpStatusCode.OK) => await SendAsync(HttpMethod.Get, path, expected);

    public async Task<JsonNode> GetJsonAsync(string path) => JsonNode.Parse(await GetAsync(path))!;

    public async Task<string> DeleteAsync(string path, HttpStatusCode expected = HttpStatusCode.OK) => await SendAsync(HttpMethod.Delete, path, expected);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Wrong.Dispose();
        _sdkHttp.Dispose();
        _handler.Dispose();
        _wrong.Dispose();
        await _server.DisposeAsync();
    }

    private async Task<string> SendAsync(HttpMethod method, string path, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(method, path);
        using var response = await ((int)expected < 400 ? Http : Wrong).SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(expected == response.StatusCode, $"{method} {path}: {(int)response.StatusCode} {body}");
        return body;
    }

    private static HttpClient Client(ContractHandler handler, EmulatorServer server)
    {
        var client = new HttpClient(handler, disposeHandler: false) { BaseAddress = new Uri(server.BaseUrl + "/"), Timeout = EmulatorClient.Patience };
        client.DefaultRequestHeaders.Add("OpenAI-Beta", "assistants=v2");
        return client;
    }
}
