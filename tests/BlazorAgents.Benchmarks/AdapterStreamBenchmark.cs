using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using BenchmarkDotNet.Attributes;
using BlazorAgents.OpenAI.Assistants;
using BlazorAgents.OpenAI.Chat;
using BlazorAgents.OpenAI.Errors;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.OpenAI.Responses;
using Microsoft.Extensions.AI;
using OpenAI;
using SdkAssistants = OpenAI.Assistants;
using SdkChat = OpenAI.Chat;
using SdkResponses = OpenAI.Responses;

namespace BlazorAgents.Benchmarks;

/// <summary>What our clients add to the SDK's own loop for each streamed piece of text. Budget: 5 µs and 1.5 KB.</summary>
[MemoryDiagnoser]
public class AdapterStreamBenchmark : IDisposable
{
    private const int Deltas = 2_000;
    private static readonly ChatMessage[] s_messages = [new(ChatRole.User, "Hi")];
    private static readonly ChatOptions s_inThread = new() { ConversationId = "thread_1" };
    private SdkChat.ChatClient _sdkChat = null!;
    private SdkResponses.ResponsesClient _sdkResponses = null!;
    private SdkAssistants.AssistantClient _sdkAssistants = null!;
    private AssistantsApiChatClient _assistants = null!;
    private OpenAIChatClient _chat = null!;
    private OpenAIResponsesChatClient _responses = null!;

    /// <summary>Cans the answers.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var profile = new ProviderProfile(ProviderKind.OpenAI, new Uri("http://provider.test/v1"));
        var errors = new ErrorTranslator(profile, new SecretRedactor(null), TimeProvider.System);
        var chat = Client(profile, CannedAnswers.Chat(Deltas));
        var responses = Client(profile, CannedAnswers.Responses(Deltas));
        var assistants = Client(profile, CannedAnswers.Assistants(Deltas));
        _sdkAssistants = assistants.GetAssistantClient();
        _assistants = new AssistantsApiChatClient(assistants, profile, "m", errors, new AssistantsApiOptions { AssistantId = "asst_1" });
        _sdkChat = chat.GetChatClient("m");
        _sdkResponses = responses.GetResponsesClient();
        _chat = new OpenAIChatClient(chat, profile, "m", errors);
        _responses = new OpenAIResponsesChatClient(responses, profile, "m", errors, TimeProvider.System);
    }

    /// <summary>Nothing is held: the clients share the SDK's.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        _chat.Dispose();
        _responses.Dispose();
        _assistants.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Chat: the SDK's loop.</summary>
    [Benchmark(OperationsPerInvoke = Deltas)]
    public async Task<int> ChatSdk()
    {
        var length = 0;
        await foreach (var update in _sdkChat.CompleteChatStreamingAsync([new SdkChat.UserChatMessage("Hi")]))
        {
            foreach (var part in update.ContentUpdate)
            {
                length += part.Text.Length;
            }
        }

        return length;
    }

    /// <summary>Chat: our client.</summary>
    [Benchmark(OperationsPerInvoke = Deltas)]
    public Task<int> ChatAdapter() => ReadAsync(_chat);

    /// <summary>Responses: the SDK's loop.</summary>
    [Benchmark(OperationsPerInvoke = Deltas)]
    public async Task<int> ResponsesSdk()
    {
        var length = 0;
        var options = new SdkResponses.CreateResponseOptions("m", [SdkResponses.ResponseItem.CreateUserMessageItem("Hi")]) { StreamingEnabled = true };
        await using var events = await _sdkResponses.CreateResponseStreamingAsync(options);
        await foreach (var update in events)
        {
            if (update is SdkResponses.StreamingResponseOutputTextDeltaUpdate text)
            {
                length += text.Delta.Length;
            }
        }

        return length;
    }

    /// <summary>Responses: our client.</summary>
    [Benchmark(OperationsPerInvoke = Deltas)]
    public Task<int> ResponsesAdapter() => ReadAsync(_responses);

    /// <summary>Assistants API: the SDK's loop.</summary>
    [Benchmark(OperationsPerInvoke = Deltas)]
    public async Task<int> AssistantsSdk()
    {
        var length = 0;
        await using var events = await _sdkAssistants.CreateRunStreamingAsync("thread_1", "asst_1");
        await foreach (var update in (IAsyncEnumerable<SdkAssistants.StreamingUpdate>)events)
        {
            length += update is SdkAssistants.MessageContentUpdate { Text: { } text } ? text.Length : 0;
        }

        return length;
    }

    /// <summary>Assistants API: our client.</summary>
    [Benchmark(OperationsPerInvoke = Deltas)]
    public Task<int> AssistantsAdapter() => ReadAsync(_assistants, s_inThread);

    private static async Task<int> ReadAsync(IChatClient client, ChatOptions? options = null)
    {
        var length = 0;
        await foreach (var update in client.GetStreamingResponseAsync(s_messages, options))
        {
            for (var i = 0; i < update.Contents.Count; i++)
            {
                length += update.Contents[i] is TextContent text ? text.Text.Length : 0;
            }
        }

        return length;
    }

    private static OpenAIClient Client(ProviderProfile profile, string body) => new(new ApiKeyCredential("none"), new OpenAIClientOptions
    {
        Endpoint = profile.Endpoint,
        RetryPolicy = new ClientRetryPolicy(0),
        Transport = new HttpClientPipelineTransport(new HttpClient(new CannedHandler(Encoding.UTF8.GetBytes(body)))),
    });

    private sealed class CannedHandler(byte[] body) : HttpMessageHandler
    {
        private static readonly byte[] s_noRuns = Encoding.UTF8.GetBytes("""{"object":"list","data":[],"first_id":null,"last_id":null,"has_more":false}""");

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var isStream = request.Method == HttpMethod.Post;
            var response = new HttpResponseMessage { Content = new ByteArrayContent(isStream ? body : s_noRuns), RequestMessage = request };
            response.Content.Headers.ContentType = new(isStream ? "text/event-stream" : "application/json");
            return Task.FromResult(response);
        }
    }
}
