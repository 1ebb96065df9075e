using System.ComponentModel;
using System.Text;
using BlazorAgents.Agents;
using BlazorAgents.Agents.HostedTools;
using BlazorAgents.Emulator;
using BlazorAgents.Emulator.Demo;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.OpenAI.Responses;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenAI;
using OpenAI.Files;
using OpenAI.VectorStores;
using static BlazorAgents.OpenAI.Tests.Responses.ResponseWire;

namespace BlazorAgents.OpenAI.Tests.Responses;

/// <summary>The Responses client against the emulator over real connections.</summary>
public sealed class EmulatorTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private EmulatorServer _emulator = null!;
    private ServiceProvider _services = null!;
    private readonly CuttingHandler _cutter = new();
    private IChatClient _client = null!;

    public async Task InitializeAsync()
    {
        _emulator = await EmulatorServer.StartAsync(new EmulatorOptions { Pace = DemoPace.Instant });
        _services = new ServiceCollection().AddLogging().AddOpenAIProvider(new ConfigurationBuilder().Build())
            .Configure<ProviderOptions>(o => o.CreateHandler = () => _cutter)
            .BuildServiceProvider();
        _services.GetRequiredService<OfflineEndpoint>().Address = _emulator.BaseUrl;
        _client = _services.GetRequiredService<ProviderClients>().CreateChatClient(ClientType.Responses);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _services.DisposeAsync();
        await _emulator.DisposeAsync();
    }

    public void Dispose() => _cutter.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData(false)]
    public async Task Agent_WithATool_AnswersFromItsResult(bool? store)
    {
        var places = new List<string>();

        [Description("Get the current weather for a location.")]
        string GetWeather([Description("The city")] string location)
        {
            places.Add(location);
            return $"The weather in {location} is sunny, 24 °C.";
        }

        var client = new StoringClient(_client, store);
        var agent = client.CreateAgent("WeatherAgent", "You are a helpful weather assistant.", [AIFunctionFactory.Create(GetWeather, "get_weather")]);
        var answer = await agent.RunAsync("What's the weather like in Seattle?").WaitAsync(s_patience);

        Assert.Equal(["Seattle"], places);
        Assert.Contains("24 °C", answer.Text, StringComparison.Ordinal);
        Assert.True(answer.Usage.OutputTokenCount > 0);
    }

    [Fact]
    public async Task Thread_OfStoredResponses_RemembersAndIsRestoredByItsId()
    {
        var first = await _client.GetResponseAsync([new ChatMessage(ChatRole.User, "My name is Ada.")]);
        var thread = new AgentThread(first.ConversationId!);

        var answer = await _client.CreateAgent().RunAsync("What is my name?", thread).WaitAsync(s_patience);

        Assert.Contains("Ada", answer.Text, StringComparison.Ordinal);
        Assert.StartsWith("resp_", thread.ServiceThreadId, StringComparison.Ordinal);
        Assert.NotEqual(first.ConversationId, thread.ServiceThreadId);
    }

    [Theory]
    [InlineData("resp_unknown")]
    [InlineData("conv_unknown")]
    public async Task Thread_Unknown_IsNotFoundWithWhatToDo(string id)
    {
        var error = await Assert.ThrowsAsync<AgentException>(() => _client.CreateAgent().RunAsync("Hi", new AgentThread(id)).WaitAsync(s_patience));

        Assert.Equal(AgentErrorKind.ThreadNotFound, error.Kind);
        Assert.Contains("Start a new conversation", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_Off_GivesNothingToGoOnFrom()
    {
        var options = new ChatOptions();
        options.SetStore(false);

        var response = await _client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "Hello")], options).ToChatResponseAsync().WaitAsync(s_patience);

        Assert.NotEmpty(response.Text);
        Assert.Null(response.ConversationId);
    }

    [Fact]
    public async Task Background_ConnectionCutInTheMiddle_LosesAndRepeatsNothing()
    {
        ChatMessage[] question = [new(ChatRole.User, "Show me a showcase of Markdown.")];
        var whole = (await _client.GetStreamingResponseAsync(question).ToChatResponseAsync().WaitAsync(s_patience)).Text;
        Assert.True(whole.Length > 100, whole);
        _cutter.CutAfter = 8_000;

        var cut = await _client.GetStreamingResponseAsync(question, new ChatOptions { AllowBackgroundResponses = true }).ToChatResponseAsync().WaitAsync(s_patience);

        Assert.Equal(1, _cutter.Cuts);
        Assert.Equal(whole, cut.Text);
    }

    [Fact]
    public async Task FileSearch_OverAnUploadedText_FindsAndCites()
    {
        var sdk = _client.GetService(typeof(OpenAIClient)) as OpenAIClient;
        var text = BinaryData.FromBytes(Encoding.UTF8.GetBytes("The lighthouse of Harbour Point was built in 1871 from grey granite."));
        OpenAIFile file = await sdk!.GetOpenAIFileClient().UploadFileAsync(text, "lighthouse.txt", FileUploadPurpose.Assistants);
        VectorStore store = await sdk.GetVectorStoreClient().CreateVectorStoreAsync(new VectorStoreCreationOptions { FileIds = { file.Id } });
        await _emulator.State.VectorStores.WaitUntilIndexedAsync([store.Id], CancellationToken.None);

        var updates = await _client.GetStreamingResponseAsync(
            [new ChatMessage(ChatRole.User, "When was the lighthouse of Harbour Point built?")],
            new ChatOptions { Tools = [new HostedFileSearchTool { Inputs = [new HostedVectorStoreContent(store.Id)] }] }).ToListAsync().AsTask().WaitAsync(s_patience);

        var call = All<HostedToolContent>(updates).Last().Call;
        Assert.Equal((HostedToolKind.FileSearch, HostedToolStatus.Completed), (call.Kind, call.Status));
        Assert.Contains("1871", call.Outputs.OfType<HostedToolOutput.Passage>().First().Value, StringComparison.Ordinal);
        Assert.Contains("1871", updates.ToChatResponse().Text, StringComparison.Ordinal);
        var citation = All<TextContent>(updates).SelectMany(t => t.Annotations ?? []).OfType<CitationAnnotation>().First();
        Assert.Equal((file.Id, "lighthouse.txt"), (citation.FileId, citation.Title));
        Assert.Contains("1871", citation.Snippet, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CodeInterpreter_Asked_ShowsItsCodeAndOutput()
    {
        var updates = await _client.GetStreamingResponseAsync(
            [new ChatMessage(ChatRole.User, "Use Python to compute 17 * 23.")],
            new ChatOptions { Tools = [new HostedCodeInterpreterTool()] }).ToListAsync().AsTask().WaitAsync(s_patience);

        var call = All<HostedToolContent>(updates).Last().Call;
        Assert.Equal((HostedToolKind.CodeInterpreter, HostedToolStatus.Completed), (call.Kind, call.Status));
        Assert.Contains("17", call.Input, StringComparison.Ordinal);
        Assert.Contains("391", call.Outputs.OfType<HostedToolOutput.Text>().First().Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_BehindThePipeline_CanBeFound()
    {
        var client = _client.GetService(typeof(OpenAIResponsesChatClient)) as OpenAIResponsesChatClient;

        Assert.Equal(AgentErrorKind.ThreadNotFound, (await Assert.ThrowsAsync<AgentException>(() => client!.CancelAsync("resp_unknown"))).Kind);
    }

    /// <summary>Says for each request whether it is stored.</summary>
    private sealed class StoringClient(IChatClient inner, bool? store) : DelegatingChatClient(inner)
    {
        public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            options = options?.Clone() ?? new ChatOptions();
            options.SetStore(store);
            return base.GetStreamingResponseAsync(messages, options, cancellationToken);
        }
    }

    /// <summary>Real sockets, whose next streamed answer can be cut.</summary>
    private sealed class CuttingHandler() : DelegatingHandler(new SocketsHttpHandler())
    {
        public int? CutAfter { get; set; }

        public int Cuts { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (CutAfter is { } bytes)
            {
                CutAfter = null;
                Cuts++;
                var whole = await response.Content.ReadAsByteArrayAsync(cancellationToken);
                response.Content = new StreamContent(new ChunkedStream(whole[..Math.Min(bytes, whole.Length / 2)], 512, new IOException("Connection reset by peer")));
                response.Content.Headers.ContentType = new("text/event-stream");
            }

            return response;
        }
    }
}
