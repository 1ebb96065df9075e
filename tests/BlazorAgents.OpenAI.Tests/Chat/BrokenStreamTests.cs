using System.Net;
using System.Text;
using BlazorAgents.Agents;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.AI;

namespace BlazorAgents.OpenAI.Tests.Chat;

[Trait("Id", "REL-05")]
public sealed class BrokenStreamTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task Stream_Utf8SplitAnywhere_ComesOutWhole(int chunkSize)
    {
        const string Text = "Grüße 😀 日本語 – ¿qué?";
        var body = Encoding.UTF8.GetBytes($"data: {Chunk(Text)}\n\ndata: {Finish("stop")}\n\ndata: [DONE]\n\n");

        var response = await AskAsync(_ => FakeHttpHandler.RawSse(new ChunkedStream(body, chunkSize)));

        Assert.Equal(Text, response.Text);
    }

    [Fact]
    public async Task Stream_LineOfOneMegabyte_IsRead()
    {
        var text = new string('x', 1_000_000);

        var response = await AskAsync(_ => FakeHttpHandler.Sse(Chunk(text), Finish("stop")));

        Assert.Equal(text, response.Text);
    }

    [Fact]
    public async Task Stream_CommentsUnknownEventsAndFields_AreIgnored()
    {
        var body = $": keep-alive\n\nevent: surprise\ndata: {{\"object\":\"surprise\",\"x\":1}}\n\nid: 5\nretry: 10\ndata: {Chunk("ok")}\n\ndata: {Finish("stop")}\n\ndata: [DONE]\n\n";

        var response = await AskAsync(_ => FakeHttpHandler.RawSse(Encoding.UTF8.GetBytes(body)));

        Assert.Equal("ok", response.Text);
    }

    [Theory]
    [InlineData("""{"error":{"message":"The server had an error","type":"server_error","code":null,"param":null}}""", AgentErrorKind.Unavailable)]
    [InlineData("""{"error":{"message":"Slow down","type":"requests","code":"rate_limit_exceeded"}}""", AgentErrorKind.RateLimited)]
    [InlineData("""{"error":{"message":"too long","code":"context_length_exceeded"}}""", AgentErrorKind.ContextTooLong)]
    [InlineData("""{"error":{"message":"upstream","code":502}}""", AgentErrorKind.Unavailable)]
    [InlineData("""{"error":"upstream died"}""", AgentErrorKind.Unavailable)]
    public async Task Stream_ErrorInside200_IsAnError(string json, AgentErrorKind kind)
    {
        var first = await Assert.ThrowsAsync<AgentException>(() => AskAsync(_ => FakeHttpHandler.Sse(json)));
        var later = await Assert.ThrowsAsync<AgentException>(() => AskAsync(_ => FakeHttpHandler.Sse(Chunk("Half"), json)));

        Assert.Equal((kind, false), (first.Kind, first.BrokeMidStream));
        Assert.Equal((kind, true), (later.Kind, later.BrokeMidStream));
    }

    [Theory]
    [InlineData("data: {\"id\":\"c1\",\"choices\":[{\"ind\n\n")]
    [InlineData("data: nonsense\n\n")]
    [InlineData("data: []\n\n")]
    [InlineData("data: {\"choices\":5}\n\n")]
    public async Task Stream_BrokenJson_IsABadResponse(string sse)
    {
        var error = await Assert.ThrowsAsync<AgentException>(() => AskAsync(_ => FakeHttpHandler.RawSse(Encoding.UTF8.GetBytes(sse))));

        Assert.Equal(AgentErrorKind.BadResponse, error.Kind);
    }

    [Fact]
    public async Task Stream_UnknownFinishReason_IsABadResponse()
    {
        var error = await Assert.ThrowsAsync<AgentException>(() => AskAsync(_ => FakeHttpHandler.Sse(Chunk("Half"), Finish("surprise"))));

        Assert.Equal(AgentErrorKind.BadResponse, error.Kind);
    }

    [Theory]
    [InlineData("<html>Welcome to the hotel network</html>", "text/html")]
    [InlineData("", "text/plain")]
    public async Task Stream_200WithoutEvents_IsAnError(string body, string mediaType)
    {
        var error = await Assert.ThrowsAsync<AgentException>(() => AskAsync(_ => new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent(body, Encoding.UTF8, mediaType),
        }));

        Assert.Contains(error.Kind, new[] { AgentErrorKind.BadResponse, AgentErrorKind.Unavailable });
    }

    [Fact]
    public async Task GetResponse_200WithHtml_IsABadResponseThatNamesTheSetting()
    {
        using var client = TestClients.Create(new FakeHttpHandler(_ => new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent("<html>Welcome</html>", Encoding.UTF8, "text/html"),
        }));

        var error = await Assert.ThrowsAsync<AgentException>(() => client.GetResponseAsync([new ChatMessage(ChatRole.User, "Hi")]));

        Assert.Equal(AgentErrorKind.BadResponse, error.Kind);
        Assert.Contains("OPENAI_API_BASE_URL", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Id", "REL-03")]
    public async Task Stream_ResetAfterText_IsBrokenMidStream()
    {
        var body = Encoding.UTF8.GetBytes($"data: {Chunk("Half")}\n\n");

        var error = await Assert.ThrowsAsync<AgentException>(
            () => AskAsync(_ => FakeHttpHandler.RawSse(new ChunkedStream(body, 64, new IOException("Connection reset by peer")))));

        Assert.Equal((AgentErrorKind.Unavailable, true), (error.Kind, error.BrokeMidStream));
    }

    [Fact]
    public async Task Stream_ResetAfterTheFinishReason_IsACompleteAnswer()
    {
        var body = Encoding.UTF8.GetBytes($"data: {Chunk("Whole")}\n\ndata: {Finish("stop")}\n\n");

        var response = await AskAsync(_ => FakeHttpHandler.RawSse(new ChunkedStream(body, 64, new IOException("Connection reset by peer"))));

        Assert.Equal("Whole", response.Text);
    }

    [Fact]
    public async Task Stream_CancelledByTheCaller_StaysACancellation()
    {
        using var stop = new CancellationTokenSource();
        var body = Encoding.UTF8.GetBytes($"data: {Chunk("Half")}\n\n");
        using var client = TestClients.Create(new FakeHttpHandler(_ => FakeHttpHandler.RawSse(new ChunkedStream(body, 64, hangs: true))));

        var reading = Task.Run(async () =>
        {
            await foreach (var update in client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "Hi")], cancellationToken: stop.Token))
            {
                if (update.Text.Length > 0)
                {
                    await stop.CancelAsync();
                }
            }
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(s_patience));
    }

    [Theory]
    [Trait("Id", "REL-06")]
    [InlineData("length")]
    [InlineData("content_filter")]
    [InlineData("tool_calls")]
    public async Task Stream_FinishReason_ComesThrough(string reason)
    {
        var response = await AskAsync(_ => FakeHttpHandler.Sse(Chunk("x"), Finish(reason)));

        Assert.Equal(reason, response.FinishReason!.Value.Value);
    }

    [Fact]
    public async Task Stream_RefusalAndAnnotations_ComeThrough()
    {
        var response = await AskAsync(_ => FakeHttpHandler.Sse(
            Chunk("See the source."),
            """{"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"annotations":[{"type":"url_citation","url_citation":{"url":"https://x.test/","title":"X","start_index":0,"end_index":3}}]},"finish_reason":null}]}""",
            """{"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"refusal":"No."},"finish_reason":null}]}""",
            Finish("stop")));

        var contents = response.Messages.SelectMany(m => m.Contents).ToList();
        var citation = Assert.IsType<CitationAnnotation>(contents.SelectMany(c => c.Annotations ?? []).Single());
        Assert.Equal(("https://x.test/", "X"), (citation.Url!.ToString(), citation.Title));
        Assert.Equal("No.", contents.OfType<ErrorContent>().Single(e => e.ErrorCode == RefusalText.ErrorCode).Message);
    }

    private static async Task<ChatResponse> AskAsync(Func<FakeHttpRequest, HttpResponseMessage> answer)
    {
        using var client = TestClients.Create(new FakeHttpHandler(answer));
        return await client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "Hi")]).ToChatResponseAsync();
    }

    private static string Chunk(string text) =>
        $$"""{"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":{{System.Text.Json.JsonSerializer.Serialize(text, s_raw)}}},"finish_reason":null}]}""";

    private static string Finish(string reason) =>
        $$"""{"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"{{reason}}"}]}""";

    private static readonly System.Text.Json.JsonSerializerOptions s_raw = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
