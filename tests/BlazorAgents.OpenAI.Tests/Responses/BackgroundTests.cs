using System.Net;
using BlazorAgents.Agents;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.AI;
using static BlazorAgents.OpenAI.Tests.Responses.ResponseWire;

namespace BlazorAgents.OpenAI.Tests.Responses;

[Trait("Id", "REL-03")]
public sealed class BackgroundTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly ChatMessage[] s_hi = [new(ChatRole.User, "Hi")];
    private static readonly ChatOptions s_background = new() { AllowBackgroundResponses = true };
    private static readonly string[] s_events = Number([
        Created(), Text("One "), Text("two "), Text("three."),
        """{"type":"response.output_text.annotation.added","item_id":"msg_0","output_index":0,"content_index":0,"annotation_index":0,"annotation":{"type":"url_citation","start_index":4,"end_index":7,"url":"https://a.test/1","title":"A"}}""",
        Completed()]);

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Stream_Background_IsAskedForAndEachUpdateCanBeTakenUp()
    {
        var handler = new FakeHttpHandler(_ => Events(..));
        using var client = TestClients.CreateResponses(handler, time: _time);

        var updates = await client.GetStreamingResponseAsync(s_hi, s_background).ToListAsync();

        RequestTests.AssertJson(
            """{"model":"gpt-test","input":[{"type":"message","role":"user","content":[{"type":"input_text","text":"Hi"}]}],"background":true,"store":true,"stream":true}""",
            System.Text.Json.Nodes.JsonNode.Parse(handler.Requests.Single().Body)!);
        Assert.All(updates.SkipLast(1), u => Assert.NotNull(u.ContinuationToken));
        Assert.Null(updates[^1].ContinuationToken);
        Assert.Null(updates.ToChatResponse().ContinuationToken);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public async Task Stream_Dropped_IsTakenUpWithoutLossOrRepeat(int before)
    {
        var handler = new FakeHttpHandler(request => request.Method == HttpMethod.Post
            ? FakeHttpHandler.RawSse(new ChunkedStream(Bytes(s_events[..before]), 64, new IOException("Connection reset by peer")))
            : Events(After(request)..));
        using var client = TestClients.CreateResponses(handler, time: _time);

        var run = client.GetStreamingResponseAsync(s_hi, s_background).ToChatResponseAsync();
        _time.Advance(await _time.WaitForTimerAsync(left => left == TimeSpan.FromSeconds(1)));
        var response = await run.WaitAsync(s_patience);

        Assert.Equal("One two three.", response.Text);
        Assert.Equal($"http://provider.test/v1/responses/resp_1?stream=true&starting_after={before - 1}", handler.Requests[1].Uri.ToString());
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
    }

    [Fact]
    public async Task Stream_TakenUpByAServerThatBeginsAnew_HasNothingTwice()
    {
        using var client = TestClients.CreateResponses(new FakeHttpHandler(request => request.Method == HttpMethod.Post ? Events(..3) : Events(..)), time: _time);

        var run = client.GetStreamingResponseAsync(s_hi, s_background).ToChatResponseAsync();
        _time.Advance(await _time.WaitForTimerAsync(left => left == TimeSpan.FromSeconds(1)));

        Assert.Equal("One two three.", (await run.WaitAsync(s_patience)).Text);
    }

    [Fact]
    public async Task Stream_DroppedAgainAndAgain_EndsAfterFiveAttemptsWithoutProgress()
    {
        var handler = new FakeHttpHandler(request => request.Method == HttpMethod.Post
            ? Events(..2)
            : FakeHttpHandler.Json("{}", HttpStatusCode.BadGateway));
        using var client = TestClients.CreateResponses(handler, time: _time);

        var run = client.GetStreamingResponseAsync(s_hi, s_background).ToListAsync().AsTask();
        for (var seconds = 1; seconds <= 16; seconds *= 2)
        {
            _time.Advance(await _time.WaitForTimerAsync(left => left == TimeSpan.FromSeconds(seconds)));
        }

        var error = await Assert.ThrowsAsync<AgentException>(() => run.WaitAsync(s_patience));
        Assert.Equal((AgentErrorKind.Unavailable, true, true), (error.Kind, error.BrokeMidStream, error.IsRetryPointless));
        Assert.Equal(6, handler.Requests.Count);
    }

    [Fact]
    public async Task Stream_ExpiredMeanwhile_IsNotTriedAgain()
    {
        var handler = new FakeHttpHandler(request => request.Method == HttpMethod.Post
            ? Events(..2)
            : FakeHttpHandler.Json("""{"error":{"message":"Response with id 'resp_1' not found."}}""", HttpStatusCode.NotFound));
        using var client = TestClients.CreateResponses(handler, time: _time);

        var run = client.GetStreamingResponseAsync(s_hi, s_background).ToListAsync().AsTask();
        _time.Advance(await _time.WaitForTimerAsync(left => left == TimeSpan.FromSeconds(1)));

        Assert.Equal(AgentErrorKind.ThreadNotFound, (await Assert.ThrowsAsync<AgentException>(() => run.WaitAsync(s_patience))).Kind);
        Assert.Equal(2, handler.Requests.Count);
    }

    [Fact]
    public async Task Token_SavedAndRestored_GoesOnWhereItWas()
    {
        using var first = TestClients.CreateResponses(new FakeHttpHandler(_ => Events(..)));
        byte[]? saved = null;
        var text = string.Empty;
        await foreach (var update in first.GetStreamingResponseAsync(s_hi, s_background))
        {
            text += update.Text;
            if (text == "One two ")
            {
                saved = update.ContinuationToken!.ToBytes().ToArray();
                break;
            }
        }

        var handler = new FakeHttpHandler(request => Events(After(request)..));
        using var second = TestClients.CreateResponses(handler);
        var rest = await second.GetStreamingResponseAsync([], new ChatOptions { ContinuationToken = ResponseContinuationToken.FromBytes(saved) }).ToListAsync();

        Assert.Equal("http://provider.test/v1/responses/resp_1?stream=true&starting_after=2", handler.Requests.Single().Uri.ToString());
        Assert.Equal("three.", rest.ToChatResponse().Text);
        var citation = All<TextContent>(rest).SelectMany(t => t.Annotations ?? []).OfType<CitationAnnotation>().Single();
        var region = citation.AnnotatedRegions!.OfType<TextSpanAnnotatedRegion>().Single();
        Assert.Equal("two", (text + rest.ToChatResponse().Text)[region.StartIndex!.Value..region.EndIndex!.Value]);
    }

    /// <summary>Whoever takes an answer up has what came before: the end of the answer names it all once more.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(11)]
    public async Task Token_TakenAtAnyPlace_GivesNothingTwice(int place)
    {
        const string Thought = """{"type":"reasoning","id":"rs_0","summary":[{"type":"summary_text","text":"Hm. So."}]}""";
        const string Call = """{"type":"function_call","id":"fc_1","call_id":"call_a","name":"f","arguments":"{}","status":"completed"}""";
        var message = Message("msg_2", "One two").Replace(
            "\"annotations\":[]", """
            "annotations":[{"type":"url_citation","start_index":0,"end_index":3,"url":"https://a.test/1","title":"A"}]
            """, StringComparison.Ordinal);
        string[] events = Number([
            Created(),
            """{"type":"response.reasoning_summary_text.delta","item_id":"rs_0","output_index":0,"summary_index":0,"delta":"Hm. "}""",
            """{"type":"response.reasoning_summary_text.delta","item_id":"rs_0","output_index":0,"summary_index":0,"delta":"So."}""",
            Done(0, Thought),
            Added(1, Call),
            Done(1, Call),
            Text("One ", 2),
            Text("two", 2),
            """{"type":"response.output_text.annotation.added","item_id":"msg_2","output_index":2,"content_index":0,"annotation_index":0,"annotation":{"type":"url_citation","start_index":0,"end_index":3,"url":"https://a.test/1","title":"A"}}""",
            Done(2, message),
            """{"type":"keepalive"}""",
            Completed(Thought + "," + Call + "," + message),
        ]);
        var handler = new FakeHttpHandler(request => FakeHttpHandler.RawSse(Bytes(request.Method == HttpMethod.Post ? events : events[After(request)..])));
        using var client = TestClients.CreateResponses(handler);
        var before = await client.GetStreamingResponseAsync(s_hi, s_background).Take(place).ToListAsync();
        var token = ResponseContinuationToken.FromBytes(before[^1].ContinuationToken!.ToBytes());

        var rest = await client.GetStreamingResponseAsync([], new ChatOptions { ContinuationToken = token }).ToListAsync();

        var contents = before.Concat(rest).SelectMany(u => u.Contents).ToList();
        Assert.Equal("Hm. So.", string.Concat(contents.OfType<TextReasoningContent>().Select(r => r.Text)));
        Assert.Equal("One two", string.Concat(contents.OfType<TextContent>().Select(t => t.Text)));
        Assert.Single(contents.SelectMany(c => c.Annotations ?? []));
        Assert.Single(contents.OfType<FunctionCallContent>());
        Assert.Equal(ChatFinishReason.ToolCalls, rest[^1].FinishReason);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("{}")]
    [InlineData("[1]")]
    public async Task Token_OfSomethingElse_IsRefusedInWords(string bytes)
    {
        using var client = Client(_ => Events(..));
        var options = new ChatOptions { ContinuationToken = ResponseContinuationToken.FromBytes(System.Text.Encoding.UTF8.GetBytes(bytes)) };

        var error = await Assert.ThrowsAsync<AgentException>(() => client.GetResponseAsync([], options));

        Assert.Contains("continuation token", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetResponse_Background_GivesATokenToAskWith()
    {
        var answers = new Queue<string>([Response("queued"), Response("in_progress"), Response("completed", Message("msg_0", "Done."))]);
        var handler = new FakeHttpHandler(_ => FakeHttpHandler.Json(answers.Dequeue()));
        using var client = TestClients.CreateResponses(handler);

        var response = await client.GetResponseAsync(s_hi, s_background);
        while (response.ContinuationToken is { } token)
        {
            Assert.Null(response.FinishReason);
            response = await client.GetResponseAsync([], new ChatOptions { ContinuationToken = ResponseContinuationToken.FromBytes(token.ToBytes()) });
        }

        Assert.Equal(("Done.", ChatFinishReason.Stop), (response.Text, response.FinishReason));
        Assert.Equal(["POST", "GET", "GET"], handler.Requests.Select(r => r.Method.Method));
        Assert.Contains("\"background\":true", handler.Requests[0].Body, StringComparison.Ordinal);
        Assert.Equal("http://provider.test/v1/responses/resp_1", handler.Requests[1].Uri.ToString());
    }

    [Fact]
    public async Task GetResponse_CancelledOnTheServer_SaysSo()
    {
        using var client = Client(_ => FakeHttpHandler.Json(Response("cancelled")));

        var error = await Assert.ThrowsAsync<AgentException>(() => client.GetResponseAsync(s_hi, s_background));

        Assert.Contains("cancelled", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task Stream_CancelledByTheCaller_IsCancelledOnTheServerToo(HttpStatusCode answer)
    {
        using var stop = new CancellationTokenSource();
        var handler = new FakeHttpHandler(request => request.Uri.AbsolutePath.EndsWith("/cancel", StringComparison.Ordinal)
            ? FakeHttpHandler.Json(Response("cancelled"), answer)
            : FakeHttpHandler.RawSse(new ChunkedStream(Bytes(s_events[..2]), 64, hangs: true)));
        using var client = TestClients.CreateResponses(handler, time: _time);

        var reading = Task.Run(async () =>
        {
            await foreach (var update in client.GetStreamingResponseAsync(s_hi, s_background, stop.Token))
            {
                if (update.Text.Length > 0)
                {
                    await stop.CancelAsync();
                }
            }
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(s_patience));
        Assert.Equal("POST http://provider.test/v1/responses/resp_1/cancel", $"{handler.Requests[^1].Method} {handler.Requests[^1].Uri}");
    }

    [Fact]
    public async Task Stream_LeftByItsReader_GoesOnOnTheServer()
    {
        var handler = new FakeHttpHandler(_ => Events(..));
        using var client = TestClients.CreateResponses(handler);

        await foreach (var update in client.GetStreamingResponseAsync(s_hi, s_background))
        {
            break;
        }

        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task Cancel_UnknownResponse_SaysSo()
    {
        using var client = Client(_ => FakeHttpHandler.Json("""{"error":{"message":"Response with id 'resp_9' not found."}}""", HttpStatusCode.NotFound));

        Assert.Equal(AgentErrorKind.ThreadNotFound, (await Assert.ThrowsAsync<AgentException>(() => client.CancelAsync("resp_9"))).Kind);
    }

    private static HttpResponseMessage Events(Range range) => FakeHttpHandler.RawSse(Bytes(s_events[range]));

    private static int After(FakeHttpRequest request) => int.Parse(request.Uri.Query.Split('=')[^1], System.Globalization.CultureInfo.InvariantCulture) + 1;
}
