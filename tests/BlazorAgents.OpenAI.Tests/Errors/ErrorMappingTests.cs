using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using BlazorAgents.Agents;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.AI;

namespace BlazorAgents.OpenAI.Tests.Errors;

public sealed class ErrorMappingTests
{
    [Theory]
    [InlineData(401, """{"error":{"message":"Incorrect API key provided: sk-canary-4711-never-shown","type":"invalid_request_error","code":"invalid_api_key"}}""", AgentErrorKind.Authentication, "OPENAI_API_KEY")]
    [InlineData(403, """{"error":{"message":"no access","type":"x","code":null}}""", AgentErrorKind.Authentication, "OPENAI_API_KEY")]
    [InlineData(404, """{"error":{"message":"The model does not exist","type":"invalid_request_error","code":"model_not_found"}}""", AgentErrorKind.ModelNotFound, "OPENAI_CHAT_MODEL_ID")]
    [InlineData(404, "<html>not found</html>", AgentErrorKind.ModelNotFound, "OPENAI_API_BASE_URL")]
    [InlineData(400, """{"error":{"message":"This model's maximum context length is 8192 tokens","type":"invalid_request_error","code":"context_length_exceeded"}}""", AgentErrorKind.ContextTooLong, "new conversation")]
    [InlineData(400, """{"error":{"message":"This model's maximum context length is 8192 tokens.","type":"BadRequestError","code":400}}""", AgentErrorKind.ContextTooLong, "new conversation")]
    [InlineData(413, "", AgentErrorKind.ContextTooLong, "less text")]
    [InlineData(400, """{"error":{"message":"filtered","type":null,"code":"content_filter"}}""", AgentErrorKind.ContentFilter, "Rephrase")]
    [InlineData(400, """{"error":{"message":"Invalid schema for function 'x'","type":"invalid_request_error","code":null}}""", AgentErrorKind.BadResponse, "Invalid schema for function 'x'")]
    [InlineData(400, """{"error":{"message":"key sk-canary-4711-never-shown is odd","type":"invalid_request_error"}}""", AgentErrorKind.BadResponse, "key [key] is odd")]
    [InlineData(429, """{"error":{"message":"slow","type":"requests","code":"rate_limit_exceeded"}}""", AgentErrorKind.RateLimited, "Wait a moment")]
    [InlineData(429, """{"error":{"message":"quota","type":"insufficient_quota","code":"insufficient_quota"}}""", AgentErrorKind.RateLimited, "billing")]
    [InlineData(408, "", AgentErrorKind.Timeout, "too long")]
    [InlineData(500, """{"error":{"message":"oops","type":"server_error"}}""", AgentErrorKind.Unavailable, "HTTP 500")]
    [InlineData(502, "<html>bad gateway</html>", AgentErrorKind.Unavailable, "HTTP 502")]
    [InlineData(503, "", AgentErrorKind.Unavailable, "HTTP 503")]
    [InlineData(504, "", AgentErrorKind.Timeout, "too long")]
    public async Task Status_BecomesItsKindWithAnAdvice(int status, string body, AgentErrorKind kind, string advice)
    {
        var handler = new FakeHttpHandler(_ => FakeHttpHandler.Json(body, (HttpStatusCode)status));
        using var client = TestClients.Create(handler);

        foreach (var error in await BothWaysAsync(client))
        {
            Assert.Equal(kind, error.Kind);
            Assert.Contains(advice, error.Message, StringComparison.Ordinal);
            Assert.False(error.BrokeMidStream);
            Assert.DoesNotContain(TestClients.Key, error.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal(2, handler.Requests.Count); // the SDK itself must not retry
    }

    [Fact]
    public async Task Status_QuotaSpent_NeedNotBeTriedAgain()
    {
        using var client = TestClients.Create(new FakeHttpHandler(_ => FakeHttpHandler.Json(
            """{"error":{"message":"quota","type":"insufficient_quota","code":"insufficient_quota"}}""", HttpStatusCode.TooManyRequests)));

        Assert.All(await BothWaysAsync(client), error => Assert.True(error.IsRetryPointless));
    }

    [Theory]
    [Trait("Id", "REL-01")]
    [InlineData("Retry-After", "7", 7.0)]
    [InlineData("Retry-After", "0", 0.0)]
    [InlineData("Retry-After", "Thu, 01 Jan 2026 12:00:20 GMT", 20.0)]
    [InlineData("Retry-After", "Thu, 01 Jan 2026 11:00:00 GMT", 0.0)]
    [InlineData("retry-after-ms", "1500", 1.5)]
    [InlineData("Retry-After", "soon", null)]
    public async Task RetryAfter_InEachForm_IsRead(string header, string value, double? seconds)
    {
        using var client = TestClients.Create(
            new FakeHttpHandler(_ =>
            {
                var response = FakeHttpHandler.Json("{}", HttpStatusCode.TooManyRequests);
                response.Headers.TryAddWithoutValidation(header, value);
                return response;
            }),
            time: new ManualTimeProvider());

        Assert.All(await BothWaysAsync(client), error => Assert.Equal(seconds, error.RetryAfter?.TotalSeconds));
    }

    [Theory]
    [InlineData(SocketError.ConnectionRefused, "connection refused")]
    [InlineData(SocketError.HostNotFound, "was not found")]
    [InlineData(SocketError.NetworkUnreachable, "cannot be reached")]
    [Trait("Id", "REL-02")]
    public async Task NetworkFault_SaysWhatToCheck(SocketError socketError, string words)
    {
        using var client = TestClients.Create(new FakeHttpHandler(_ => throw new HttpRequestException("x", new SocketException((int)socketError))));

        Assert.All(await BothWaysAsync(client), error =>
        {
            Assert.Equal(AgentErrorKind.Unavailable, error.Kind);
            Assert.Contains(words, error.Message, StringComparison.Ordinal);
            Assert.Contains("OPENAI_API_BASE_URL", error.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task TlsFault_SaysSo()
    {
        using var client = TestClients.Create(new FakeHttpHandler(_ => throw new HttpRequestException("x", new AuthenticationException("bad cert"))));

        Assert.All(await BothWaysAsync(client), error => Assert.Contains("certificate", error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task TransportTimeout_IsATimeoutNotACancellation()
    {
        using var client = TestClients.Create(new FakeHttpHandler(_ => throw new TaskCanceledException("NetworkTimeout")));

        Assert.All(await BothWaysAsync(client), error => Assert.Equal(AgentErrorKind.Timeout, error.Kind));
    }

    [Fact]
    public async Task RefusedConnection_OfARealSocket_IsUnavailable()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var handler = new SocketsHttpHandler();
        using var client = TestClients.Create(handler, endpoint: new Uri($"http://127.0.0.1:{port}/v1"));

        Assert.All(await BothWaysAsync(client), error => Assert.Contains("connection refused", error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Azure_Errors_NameAzuresSettings()
    {
        using var client = TestClients.Create(
            new FakeHttpHandler(_ => FakeHttpHandler.Json("""{"error":{"code":"DeploymentNotFound","message":"x"}}""", HttpStatusCode.NotFound)),
            ProviderKind.AzureOpenAI);

        Assert.All(await BothWaysAsync(client), error => Assert.Contains("AZURE_OPENAI_CHAT_DEPLOYMENT_NAME", error.Message, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Id", "SEC-27")]
    public async Task Key_EchoedByTheServerInEveryPlace_IsNeverShown()
    {
        using var client = TestClients.Create(new FakeHttpHandler(request => FakeHttpHandler.Json(
            $$$"""{"error":{"message":"bad {{{request.Headers["Authorization"]}}}","type":"{{{TestClients.Key}}}","code":"{{{TestClients.Key}}}"}}""",
            HttpStatusCode.UnprocessableEntity)));

        Assert.All(await BothWaysAsync(client), error => Assert.DoesNotContain(TestClients.Key, error.ToString(), StringComparison.Ordinal));
    }

    private static async Task<AgentException[]> BothWaysAsync(OpenAI.Chat.OpenAIChatClient client)
    {
        ChatMessage[] messages = [new(ChatRole.User, "Hi")];
        return
        [
            await Assert.ThrowsAsync<AgentException>(() => client.GetStreamingResponseAsync(messages).ToChatResponseAsync()),
            await Assert.ThrowsAsync<AgentException>(() => client.GetResponseAsync(messages)),
        ];
    }
}
