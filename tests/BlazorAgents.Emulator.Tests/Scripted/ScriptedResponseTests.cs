using System.Net;
using System.Text.Json;
using BlazorAgents.Emulator.Scripted;
using OpenAI.Responses;

namespace BlazorAgents.Emulator.Tests.Scripted;

public sealed class ScriptedResponseTests
{
    private static readonly TimeSpan s_patience = EmulatorClient.Patience;

    /// <summary>All event kinds of the specification (2026-08-21), for the SDK to read.</summary>
    private static readonly string[] s_kinds =
    [
        "response.audio.delta", "response.audio.done", "response.audio.transcript.delta", "response.audio.transcript.done",
        "response.code_interpreter_call_code.delta", "response.code_interpreter_call_code.done", "response.code_interpreter_call.completed",
        "response.code_interpreter_call.in_progress", "response.code_interpreter_call.interpreting", "response.file_search_call.completed",
        "response.file_search_call.in_progress", "response.file_search_call.searching", "response.shell_call_command.added",
        "response.shell_call_command.delta", "response.shell_call_command.done", "response.shell_call_output_content.delta",
        "response.shell_call_output_content.done", "response.web_search_call.completed", "response.web_search_call.in_progress",
        "response.web_search_call.searching", "response.image_generation_call.completed", "response.image_generation_call.generating",
        "response.image_generation_call.in_progress", "response.image_generation_call.partial_image", "response.mcp_call_arguments.delta",
        "response.mcp_call_arguments.done", "response.mcp_call.completed", "response.mcp_call.failed", "response.mcp_call.in_progress",
        "response.mcp_list_tools.completed", "response.mcp_list_tools.failed", "response.mcp_list_tools.in_progress",
        "response.custom_tool_call_input.delta", "response.custom_tool_call_input.done",
    ];

    [Fact]
    public async Task Reply_WithEverything_IsTheSameStreamedAndWhole()
    {
        static ScriptedReply Reply() => ScriptedReply.Stream().Reasoning("Thinking ").Reasoning("hard").Text("Hello ").Text("there")
            .Annotation("""{"type":"url_citation","url":"https://example.com/","title":"Example","start_index":0,"end_index":5}""")
            .ToolCall("call_1", "get_weather", """{"location":"Paris"}""").Usage(7, 3).Finish();
        await using var sdk = await SdkClient.StartAsync(new ScriptedProvider().Enqueue(Reply(), ScriptedProvider.ResponsesPath).Enqueue(Reply(), ScriptedProvider.ResponsesPath));

        var updates = await sdk.StreamAsync(SdkClient.Ask("x"));
        var whole = await sdk.CreateAsync(SdkClient.Ask("x"));

        Assert.Equal(Enumerable.Range(0, updates.Count), updates.Select(update => update.SequenceNumber));
        var streamed = Assert.IsType<StreamingResponseCompletedUpdate>(updates[^1]).Response;
        foreach (var response in new[] { streamed, whole })
        {
            Assert.Equal("Thinking hard", Assert.IsType<ReasoningResponseItem>(response.OutputItems[0]).GetSummaryText());
            Assert.Equal("Hello there", response.GetOutputText());
            var citation = Assert.IsType<UriCitationMessageAnnotation>(Assert.Single(Assert.IsAssignableFrom<MessageResponseItem>(response.OutputItems[1]).Content[0].OutputTextAnnotations));
            Assert.Equal("Example", citation.Title);
            Assert.Equal("""{"location":"Paris"}""", Assert.IsType<FunctionCallResponseItem>(response.OutputItems[2]).FunctionArguments.ToString());
            Assert.Equal(10, response.Usage.TotalTokenCount);
        }

        Assert.Single(updates.OfType<StreamingResponseOutputTextAnnotationAddedUpdate>());
    }

    [Fact]
    public async Task Refusal_Scripted_IsReadAsRefusal()
    {
        await using var sdk = await StartAsync(ScriptedReply.Stream().Refusal("I ").Refusal("cannot.").Finish());

        var updates = await sdk.StreamAsync(SdkClient.Ask("x"));

        Assert.Equal("I cannot.", string.Concat(updates.OfType<StreamingResponseRefusalDeltaUpdate>().Select(update => update.Delta)));
        Assert.Equal("I cannot.", Assert.Single(updates.OfType<StreamingResponseRefusalDoneUpdate>()).Refusal);
    }

    [Fact]
    public async Task RawReasoning_Scripted_IsReadAsReasoningText()
    {
        await using var sdk = await StartAsync(ScriptedReply.Stream().RawReasoning("first ").RawReasoning("second").Text("done").Finish());

        var updates = await sdk.StreamAsync(SdkClient.Ask("x"));

        Assert.Equal("first second", Assert.Single(updates.OfType<StreamingResponseReasoningTextDoneUpdate>()).Text);
    }

    [Theory]
    [InlineData("failed", "response.failed")]
    [InlineData("length", "response.incomplete")]
    [InlineData("content_filter", "response.incomplete")]
    public async Task End_Unhappy_IsTheLastEvent(string end, string kind)
    {
        var reply = ScriptedReply.Stream().Text("part");
        await using var sdk = await StartAsync(end == "failed" ? reply.Failed("It broke.", "rate_limit_exceeded") : reply.Finish(end));

        var updates = await sdk.StreamAsync(SdkClient.Ask("x"));

        Assert.Equal(kind, updates[^1].Kind.ToString());
        if (updates[^1] is StreamingResponseFailedUpdate failed)
        {
            Assert.Equal("It broke.", failed.Response.Error.Message);
            Assert.Equal("rate_limit_exceeded", failed.Response.Error.Code.ToString());
        }
        else
        {
            Assert.Equal(end == "length" ? "max_output_tokens" : end, ((StreamingResponseIncompleteUpdate)updates[^1]).Response.IncompleteStatusDetails.Reason.ToString());
        }
    }

    [Fact]
    public async Task Items_OfHostedTools_SendTheirEventsWithPlaceAndNumber()
    {
        await using var sdk = await StartAsync(ScriptedReply.Stream()
            .OpenItem("""{"id":"fs_1","type":"file_search_call","status":"in_progress","queries":[],"results":null}""")
            .ItemEvent("response.file_search_call.in_progress").ItemEvent("response.file_search_call.searching").ItemEvent("response.file_search_call.completed")
            .CloseItem("""{"id":"fs_1","type":"file_search_call","status":"completed","queries":["q"],"results":[{"file_id":"file-1","filename":"a.txt","score":0.5,"text":"t","attributes":{}}]}""")
            .Item("""{"id":"mcpr_1","type":"mcp_approval_request","server_label":"s","name":"n","arguments":"{}"}""")
            .Finish());

        var updates = await sdk.StreamAsync(SdkClient.Ask("x"));

        Assert.Equal("fs_1", Assert.Single(updates.OfType<StreamingResponseFileSearchCallSearchingUpdate>()).ItemId);
        var items = ((StreamingResponseCompletedUpdate)updates[^1]).Response.OutputItems;
        Assert.Equal("file-1", Assert.Single(Assert.IsType<FileSearchCallResponseItem>(items[0]).Results).FileId);
        Assert.Equal("n", Assert.IsType<McpToolCallApprovalRequestItem>(items[1]).ToolName);
    }

    [Fact]
    public async Task Events_OfEveryKind_ReachTheClient()
    {
        var reply = ScriptedReply.Stream().Response("resp_all").Created().ServerEvent("response.queued", """{"response":{"id":"resp_all","object":"response","created_at":1,"status":"queued","model":"m","output":[],"tools":[],"parallel_tool_calls":true,"error":null,"incomplete_details":null,"instructions":null,"metadata":{},"tool_choice":"auto","temperature":1,"top_p":1}}""")
            .OpenItem("""{"id":"x_1","type":"custom_tool_call","call_id":"c","name":"n","input":""}""");
        foreach (var kind in s_kinds)
        {
            reply.ItemEvent(kind, """{"delta":"","code":"","input":"","arguments":"","command":"","command_index":0,"output":[],"partial_image_b64":"","partial_image_index":0}""");
        }

        reply.CloseItem("""{"id":"x_1","type":"custom_tool_call","call_id":"c","name":"n","input":"i"}""").Reasoning("r").RawReasoning("rr").Text("t")
            .Annotation("""{"type":"file_path","file_id":"file-1","index":0}""").Refusal("no").ToolCall("call_1", "f", "{}").ErrorEvent("oops", "server_error").Failed();
        await using var client = await EmulatorClient.StartAsync(new ScriptedProvider { Validates = false }.Enqueue(reply, ScriptedProvider.ResponsesPath));
        using var content = new StringContent("""{"stream":true}""");

        using var response = await client.Http.PostAsync("responses", content);
        var events = EmulatorClient.Chunks(EmulatorClient.Events(await response.Content.ReadAsStringAsync())).ToList();

        Assert.Equal(Enumerable.Range(0, events.Count), events.Select(data => data.GetProperty("sequence_number").GetInt32()));
        var seen = events.Select(data => data.GetProperty("type").GetString()!).ToHashSet();
        Assert.All(s_kinds, kind => Assert.Contains(kind, seen));
        Assert.Equal(56, seen.Count);
        var error = events.Single(data => data.GetProperty("type").GetString() == "error");
        Assert.Equal("oops", error.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Reset_InMidStream_ThenResumed_ContinuesTheNumbers()
    {
        var gate = new Gate();
        var provider = new ScriptedProvider()
            .Enqueue(ScriptedReply.Stream().Response("resp_7").Text("Hello ").WaitFor(gate).Reset(), ScriptedProvider.ResponsesPath)
            .Enqueue(ScriptedReply.Stream().Response("resp_7", 5).Text("again").Finish(), "/v1/responses/resp_7");
        await using var sdk = await SdkClient.StartAsync(provider);
        var ask = SdkClient.Ask("x");
        ask.StreamingEnabled = true;
        var seen = new List<StreamingResponseUpdate>();

        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            await using var stream = await sdk.Responses.CreateResponseStreamingAsync(ask);
            await foreach (var update in stream)
            {
                seen.Add(update);
                if (update is StreamingResponseOutputTextDeltaUpdate)
                {
                    gate.Open();
                }
            }
        });
        await using var rest = await sdk.Responses.GetResponseStreamingAsync(new GetResponseOptions("resp_7") { StreamingEnabled = true, StartingAfter = seen[^1].SequenceNumber });
        var more = new List<StreamingResponseUpdate>();
        await foreach (var update in rest)
        {
            more.Add(update);
        }

        Assert.Equal(4, seen[^1].SequenceNumber);
        Assert.Equal(5, more[0].SequenceNumber);
        Assert.Equal("resp_7", Assert.IsType<StreamingResponseCompletedUpdate>(more[^1]).Response.Id);
        Assert.Contains("starting_after=4", provider.Requests[1].Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_CutInsideACharacter_IsReadWhole()
    {
        await using var sdk = await StartAsync(ScriptedReply.Stream().Text("a").SplitText("界b").Finish());

        var updates = await sdk.StreamAsync(SdkClient.Ask("x"));

        Assert.Equal("a界b", string.Concat(updates.OfType<StreamingResponseOutputTextDeltaUpdate>().Select(update => update.Delta)));
    }

    [Fact]
    public async Task Stream_WithGarbageAndUnknown_SendsThemAsWritten()
    {
        await using var client = await EmulatorClient.StartAsync(new ScriptedProvider().Enqueue(ScriptedReply.Stream().Text("a").Unknown().Garbage().Raw(": comment\n\n").EndWithoutFinish(), ScriptedProvider.ResponsesPath));
        using var content = new StringContent("""{"model":"demo-model","input":"x","stream":true}""");

        using var response = await client.Http.PostAsync("responses", content);
        var body = await response.Content.ReadAsStringAsync();

        Assert.Contains("event: from.the.future\n", body, StringComparison.Ordinal);
        Assert.Contains("\"future\":{\"a\":true}", body, StringComparison.Ordinal);
        Assert.Contains("data: {broken\n\n", body, StringComparison.Ordinal);
        Assert.EndsWith(": comment\n\n", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stall_UntilTheClientLeaves_IsSeenAsAborted()
    {
        var provider = new ScriptedProvider().Enqueue(ScriptedReply.Stream().Text("part").Stall(), ScriptedProvider.ResponsesPath);
        await using var sdk = await SdkClient.StartAsync(provider);
        using var leave = new CancellationTokenSource();
        var ask = SdkClient.Ask("x");
        ask.StreamingEnabled = true;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await using var stream = await sdk.Responses.CreateResponseStreamingAsync(ask, leave.Token);
            await foreach (var update in stream)
            {
                if (update is StreamingResponseOutputTextDeltaUpdate)
                {
                    await leave.CancelAsync();
                }
            }
        });

        await provider.Requests[0].Aborted.WaitAsync(s_patience);
    }

    [Fact]
    public async Task Errors_WithHeaders_ReachTheClient()
    {
        await using var sdk = await StartAsync(ScriptedReply.RateLimited(7));

        var error = await SdkClient.FailAsync(() => sdk.CreateAsync(SdkClient.Ask("x")));

        Assert.Equal(429, error.Status);
        Assert.True(error.GetRawResponse()!.Headers.TryGetValue("Retry-After", out var wait));
        Assert.Equal("7", wait);
    }

    [Fact]
    public async Task Requests_OfResponses_AreMatchedByTheirLastUserText()
    {
        var provider = new ScriptedProvider()
            .RespondWhen(request => request.LastUserText == "second", _ => ScriptedReply.Answer("two"))
            .RespondWith(request => ScriptedReply.Answer($"{request.Instructions}/{request.LastUserText}"));
        await using var client = await EmulatorClient.StartAsync(provider);

        var (_, plain) = await client.PostTextAsync("responses", """{"model":"demo-model","input":"first","instructions":"Be kind."}""");
        var (_, items) = await client.PostTextAsync("responses", """{"model":"demo-model","input":[{"role":"user","content":[{"type":"input_text","text":"second"}]}]}""");

        Assert.Equal("Be kind./first", Text(plain));
        Assert.Equal("two", Text(items));
    }

    [Fact]
    public async Task Script_EmptyOrInvalidRequest_IsRefused()
    {
        await using var client = await EmulatorClient.StartAsync(new ScriptedProvider());

        var empty = await client.PostTextAsync("responses", """{"model":"demo-model","input":"x"}""");
        var invalid = await client.PostTextAsync("responses", """{"model":"demo-model","input":[{"type":"function_call","call_id":"call_9","name":"f","arguments":"{}"}]}""");

        Assert.Equal("no_scripted_reply", empty.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, invalid.Status);
        Assert.Contains("call_9", invalid.Json.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private static Task<SdkClient> StartAsync(ScriptedReply reply) => SdkClient.StartAsync(new ScriptedProvider().Enqueue(reply, ScriptedProvider.ResponsesPath));

    private static string? Text(JsonElement response) => response.GetProperty("output")[0].GetProperty("content")[0].GetProperty("text").GetString();
}
