using System.Net;
using System.Text;
using BlazorAgents.Agents;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.AI;
using static BlazorAgents.OpenAI.Tests.Responses.ResponseWire;

namespace BlazorAgents.OpenAI.Tests.Responses;

[Trait("Id", "REL-05")]
public sealed class ErrorTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly ChatMessage[] s_hi = [new(ChatRole.User, "Hi")];

    [Theory]
    [InlineData(401, """{"error":{"message":"Incorrect API key provided: sk-canary-4711-never-shown","type":"invalid_request_error","code":"invalid_api_key"}}""", AgentErrorKind.Authentication, "OPENAI_API_KEY")]
    [InlineData(404, """{"error":{"message":"The model does not exist","type":"invalid_request_error","code":"model_not_found"}}""", AgentErrorKind.ModelNotFound, "OPENAI_CHAT_MODEL_ID")]
    [InlineData(404, "<html>not found</html>", AgentErrorKind.ModelNotFound, "use the Chat client")]
    [InlineData(400, """{"error":{"message":"Previous response with id 'resp_x' not found.","type":"invalid_request_error","param":"previous_response_id","code":"previous_response_not_found"}}""", AgentErrorKind.ThreadNotFound, "Start a new conversation")]
    [InlineData(404, """{"error":{"message":"Conversation with id 'conv_x' not found.","type":"invalid_request_error","param":null,"code":null}}""", AgentErrorKind.ThreadNotFound, "Start a new conversation")]
    [InlineData(404, """{"error":{"message":"Response with id 'resp_x' not found.","type":"invalid_request_error","param":null,"code":null}}""", AgentErrorKind.ThreadNotFound, "Start a new conversation")]
    [InlineData(404, """{"error":{"message":"Vector store with id ['vs_x'] not found.","type":"invalid_request_error","param":null,"code":null}}""", AgentErrorKind.BadResponse, "vs_x")]
    [InlineData(400, """{"error":{"message":"Unsupported parameter: 'temperature'","type":"invalid_request_error","param":"temperature","code":"unsupported_parameter"}}""", AgentErrorKind.BadResponse, "temperature")]
    [InlineData(429, """{"error":{"message":"slow","type":"requests","code":"rate_limit_exceeded"}}""", AgentErrorKind.RateLimited, "Wait a moment")]
    [InlineData(503, "", AgentErrorKind.Unavailable, "HTTP 503")]
    public async Task Status_BecomesItsKindWithAnAdvice(int status, string body, AgentErrorKind kind, string advice)
    {
        var handler = new FakeHttpHandler(_ => FakeHttpHandler.Json(body, (HttpStatusCode)status));
        using var client = TestClients.CreateResponses(handler);

        AgentException[] errors =
        [
            await Assert.ThrowsAsync<AgentException>(() => client.GetStreamingResponseAsync(s_hi).ToChatResponseAsync()),
            await Assert.ThrowsAsync<AgentException>(() => client.GetResponseAsync(s_hi)),
        ];

        Assert.All(errors, error =>
        {
            Assert.Equal(kind, error.Kind);
            Assert.Contains(advice, error.Message, StringComparison.Ordinal);
            Assert.False(error.BrokeMidStream);
            Assert.DoesNotContain(TestClients.Key, error.ToString(), StringComparison.Ordinal);
        });
        Assert.Equal(2, handler.Requests.Count);
    }

    [Theory]
    [InlineData("server_error", AgentErrorKind.Unavailable)]
    [InlineData("rate_limit_exceeded", AgentErrorKind.RateLimited)]
    [InlineData("vector_store_timeout", AgentErrorKind.Timeout)]
    [InlineData("invalid_prompt", AgentErrorKind.ContentFilter)]
    [InlineData("image_content_policy_violation", AgentErrorKind.ContentFilter)]
    [InlineData("invalid_image_url", AgentErrorKind.BadResponse)]
    [InlineData("image_too_large", AgentErrorKind.BadResponse)]
    [InlineData("a_code_of_tomorrow", AgentErrorKind.Unavailable)]
    public async Task Failed_InEachForm_BecomesItsKind(string code, AgentErrorKind kind)
    {
        var failed = Response("failed").Replace("\"error\":null", $$"""
            "error":{"code":"{{code}}","message":"It is so."}
            """, StringComparison.Ordinal);
        using var whole = Client(_ => FakeHttpHandler.Json(failed));

        AgentException[] errors =
        [
            await Assert.ThrowsAsync<AgentException>(() => ReadAsync(Created(), """{"type":"response.failed","response":""" + failed + "}")),
            await Assert.ThrowsAsync<AgentException>(() => ReadAsync(Created(), $$"""{"type":"error","code":"{{code}}","message":"It is so.","param":null}""")),
            await Assert.ThrowsAsync<AgentException>(() => whole.GetResponseAsync(s_hi)),
        ];

        Assert.All(errors, error => Assert.Equal(kind, error.Kind));
    }

    [Fact]
    public async Task Stream_ErrorWithoutAType_IsAnError()
    {
        var error = await Assert.ThrowsAsync<AgentException>(
            () => AskAsync("data: {\"error\":{\"message\":\"Slow down\",\"code\":\"rate_limit_exceeded\"}}\n\n"));

        Assert.Equal(AgentErrorKind.RateLimited, error.Kind);
    }

    [Fact]
    [Trait("Id", "REL-03")]
    public async Task Stream_WithoutItsEnd_IsBrokenMidStreamAndNotAskedAgain()
    {
        var error = await Assert.ThrowsAsync<AgentException>(() => ReadAsync(Created(), Text("Half")));

        Assert.Equal((AgentErrorKind.Unavailable, true, true), (error.Kind, error.BrokeMidStream, error.IsRetryPointless));
    }

    [Fact]
    public async Task Stream_OfAnAnswerThatIsNotKept_MayBeAskedAgain()
    {
        using var client = Client(_ => Sse(Created()));
        var options = new ChatOptions();
        options.SetStore(false);

        var error = await Assert.ThrowsAsync<AgentException>(() => client.GetStreamingResponseAsync(s_hi, options).ToChatResponseAsync());

        Assert.Equal((AgentErrorKind.Unavailable, false), (error.Kind, error.IsRetryPointless));
    }

    [Fact]
    [Trait("Id", "REL-03")]
    public async Task Stream_ResetAfterText_IsBrokenMidStream()
    {
        var body = Bytes(Number([Created(), Text("Half")]));
        using var client = Client(_ => FakeHttpHandler.RawSse(new ChunkedStream(body, 64, new IOException("Connection reset by peer"))));

        var error = await Assert.ThrowsAsync<AgentException>(() => client.GetStreamingResponseAsync(s_hi).ToChatResponseAsync());

        Assert.Equal((AgentErrorKind.Unavailable, true), (error.Kind, error.BrokeMidStream));
    }

    [Fact]
    public async Task Stream_ResetAfterItsEnd_IsACompleteAnswer()
    {
        var body = Bytes(Number([Created(), Text("Whole"), Completed()]));
        using var client = Client(_ => FakeHttpHandler.RawSse(new ChunkedStream(body, 64, new IOException("Connection reset by peer"))));

        Assert.Equal("Whole", (await client.GetStreamingResponseAsync(s_hi).ToChatResponseAsync()).Text);
    }

    [Theory]
    [InlineData("<html>Welcome to the hotel network</html>")]
    [InlineData("data: nonsense\n\n")]
    [InlineData("data: []\n\n")]
    [InlineData("data: {\"type\":\"response.created\",\"response\":5}\n\n")]
    [InlineData("data: {\"type\":\"response.output_text.delta\",\"delta\":5}\n\n")]
    [InlineData("")]
    public async Task Stream_FromNoResponsesServer_IsAnError(string body)
    {
        var error = await Assert.ThrowsAsync<AgentException>(() => AskAsync(body));

        Assert.Contains(error.Kind, new[] { AgentErrorKind.BadResponse, AgentErrorKind.Unavailable });
    }

    [Fact]
    public async Task GetResponse_200WithHtml_IsABadResponseThatNamesTheSetting()
    {
        using var client = Client(_ => FakeHttpHandler.Json("<html>Welcome</html>"));

        var error = await Assert.ThrowsAsync<AgentException>(() => client.GetResponseAsync(s_hi));

        Assert.Equal(AgentErrorKind.BadResponse, error.Kind);
        Assert.Contains("OPENAI_API_BASE_URL", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task Stream_Utf8SplitAnywhere_ComesOutWhole(int chunkSize)
    {
        const string Written = "Grüße 😀 日本語 – ¿qué?";
        var body = Bytes(Number([Created(), Text(Written), Completed()]));
        using var client = Client(_ => FakeHttpHandler.RawSse(new ChunkedStream(body, chunkSize)));

        Assert.Equal(Written, (await client.GetStreamingResponseAsync(s_hi).ToChatResponseAsync()).Text);
    }

    [Fact]
    public async Task Stream_CancelledByTheCaller_StaysACancellation()
    {
        using var stop = new CancellationTokenSource();
        var handler = new FakeHttpHandler(_ => FakeHttpHandler.RawSse(new ChunkedStream(Bytes(Number([Created(), Text("Half")])), 64, hangs: true)));
        using var client = TestClients.CreateResponses(handler);

        var reading = Task.Run(async () =>
        {
            await foreach (var update in client.GetStreamingResponseAsync(s_hi, cancellationToken: stop.Token))
            {
                if (update.Text.Length > 0)
                {
                    await stop.CancelAsync();
                }
            }
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(s_patience));
        Assert.Single(handler.Requests); // the server ends what is no background answer by itself
    }

    private static async Task<ChatResponse> AskAsync(string sse)
    {
        using var client = Client(_ => FakeHttpHandler.RawSse(Encoding.UTF8.GetBytes(sse)));
        return await client.GetStreamingResponseAsync(s_hi).ToChatResponseAsync();
    }
}
