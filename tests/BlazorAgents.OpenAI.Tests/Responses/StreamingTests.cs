using BlazorAgents.Agents;
using BlazorAgents.Agents.ToolLoop;
using Microsoft.Extensions.AI;
using static BlazorAgents.OpenAI.Tests.Responses.ResponseWire;

namespace BlazorAgents.OpenAI.Tests.Responses;

public sealed class StreamingTests
{
    [Fact]
    public async Task Stream_TextAndUsage_ComeOutInOrder()
    {
        var updates = await ReadAsync(
            Created(),
            """{"type":"response.in_progress","response":""" + Response("in_progress") + "}",
            Added(0, """{"type":"message","id":"msg_0","status":"in_progress","role":"assistant","content":[]}"""),
            """{"type":"response.content_part.added","item_id":"msg_0","output_index":0,"content_index":0,"part":{"type":"output_text","text":"","annotations":[]}}""",
            Text("Hello"),
            Text(" you"),
            """{"type":"response.output_text.done","item_id":"msg_0","output_index":0,"content_index":0,"text":"Hello you","logprobs":[]}""",
            """{"type":"response.content_part.done","item_id":"msg_0","output_index":0,"content_index":0,"part":{"type":"output_text","text":"Hello you","annotations":[]}}""",
            Done(0, Message("msg_0", "Hello you")),
            Completed(Message("msg_0", "Hello you")));

        Assert.Equal(["Hello", " you"], All<TextContent>(updates).Select(t => t.Text));
        var response = updates.ToChatResponse();
        Assert.Equal(("Hello you", "resp_1", "gpt-test-2026", ChatFinishReason.Stop),
            (response.Messages.Single().Text, response.ResponseId, response.ModelId, response.FinishReason));
        Assert.Equal((36, 87, 4, 7), (
            response.Usage!.InputTokenCount, response.Usage.OutputTokenCount, response.Usage.CachedInputTokenCount, response.Usage.ReasoningTokenCount));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1741369938), updates[^1].CreatedAt);
    }

    [Fact]
    public async Task Stream_FunctionCalls_ComeOutWhenTheyAreComplete()
    {
        var updates = await ReadAsync(
            Created(),
            Added(0, """{"type":"function_call","id":"fc_1","call_id":"call_a","name":"weather","arguments":"","status":"in_progress"}"""),
            """{"type":"response.function_call_arguments.delta","item_id":"fc_1","output_index":0,"delta":"{\"city\":"}""",
            """{"type":"response.function_call_arguments.delta","item_id":"fc_1","output_index":0,"delta":"\"Köln\"}"}""",
            """{"type":"response.function_call_arguments.done","item_id":"fc_1","output_index":0,"name":"weather","arguments":"{\"city\":\"Köln\"}"}""",
            Done(0, """{"type":"function_call","id":"fc_1","call_id":"call_a","name":"weather","arguments":"{\"city\":\"Köln\"}","status":"completed"}"""),
            Done(1, """{"type":"function_call","id":"fc_2","call_id":"call_b","name":"time","arguments":"{\"zone\":1","status":"completed"}"""),
            Completed("""{"type":"function_call","id":"fc_1","call_id":"call_a","name":"weather","arguments":"{\"city\":\"Köln\"}","status":"completed"}"""));

        var calls = All<FunctionCallContent>(updates).ToList();
        Assert.Equal(["call_a weather", "call_b time"], calls.Select(c => $"{c.CallId} {c.Name}"));
        Assert.Equal("Köln", calls[0].Arguments!["city"]!.ToString());
        Assert.Null(calls[1].Arguments);
        Assert.Equal("{\"zone\":1", calls[1].GetArgumentsText());
        Assert.Equal(ChatFinishReason.ToolCalls, updates.ToChatResponse().FinishReason);
    }

    [Fact]
    public async Task Stream_Refusal_IsARefusal()
    {
        var updates = await ReadAsync(
            Created(),
            """{"type":"response.refusal.delta","item_id":"msg_0","output_index":0,"content_index":0,"delta":"I can"}""",
            """{"type":"response.refusal.delta","item_id":"msg_0","output_index":0,"content_index":0,"delta":"not."}""",
            """{"type":"response.refusal.done","item_id":"msg_0","output_index":0,"content_index":0,"refusal":"I cannot."}""",
            Done(0, """{"type":"message","id":"msg_0","status":"completed","role":"assistant","content":[{"type":"refusal","refusal":"I cannot."}]}"""),
            Completed());

        Assert.Equal("I cannot.", string.Concat(All<ErrorContent>(updates).Where(e => e.ErrorCode == RefusalText.ErrorCode).Select(e => e.Message)));
    }

    [Fact]
    public async Task Stream_ReasoningSummaryAndText_ArePartedByAnEmptyLine()
    {
        var updates = await ReadAsync(
            Created(),
            Added(0, """{"type":"reasoning","id":"rs_1","summary":[]}"""),
            """{"type":"response.reasoning_summary_part.added","item_id":"rs_1","output_index":0,"summary_index":0,"part":{"type":"summary_text","text":""}}""",
            """{"type":"response.reasoning_summary_text.delta","item_id":"rs_1","output_index":0,"summary_index":0,"delta":"First"}""",
            """{"type":"response.reasoning_summary_text.delta","item_id":"rs_1","output_index":0,"summary_index":0,"delta":" thing."}""",
            """{"type":"response.reasoning_summary_text.delta","item_id":"rs_1","output_index":0,"summary_index":1,"delta":"Second."}""",
            Done(0, """{"type":"reasoning","id":"rs_1","encrypted_content":"gAAAA","summary":[{"type":"summary_text","text":"First thing."},{"type":"summary_text","text":"Second."}]}"""),
            """{"type":"response.reasoning_text.delta","item_id":"rs_2","output_index":1,"content_index":0,"delta":"Raw."}""",
            Done(1, """{"type":"reasoning","id":"rs_2","summary":[],"content":[{"type":"reasoning_text","text":"Raw."}]}"""),
            Text("Done.", 2),
            Completed());

        Assert.Equal("First thing.\n\nSecond.\n\nRaw.", string.Concat(All<TextReasoningContent>(updates).Select(r => r.Text)));
        var kept = updates.ToChatResponse().Messages.Single().Contents.OfType<TextReasoningContent>().First();
        Assert.Equal(("First thing.\n\nSecond.", "gAAAA"), (kept.Text, kept.ProtectedData));
    }

    [Fact]
    public async Task Stream_TextOfSeveralItems_IsPartedByAnEmptyLine()
    {
        var updates = await ReadAsync(
            Created(), Text("I look it up.", 0), Done(0, Message("msg_0", "I look it up.")), Text("Found", 2), Text(" it.", 2), Completed());

        Assert.Equal("I look it up.\n\nFound it.", updates.ToChatResponse().Messages.Single().Text);
    }

    [Fact]
    public async Task Stream_PartsWithoutDeltas_ComeFromTheirEnd()
    {
        var updates = await ReadAsync(Created(), Done(0, Message("msg_0", "Whole.")), Completed(Message("msg_0", "Whole.") + "," + Message("msg_1", "Last.")));

        Assert.Equal("Whole.\n\nLast.", updates.ToChatResponse().Messages.Single().Text);
    }

    [Theory]
    [InlineData("max_output_tokens", "length")]
    [InlineData("content_filter", "content_filter")]
    public async Task Stream_Incomplete_SaysWhy(string reason, string expected)
    {
        var updates = await ReadAsync(
            Created(),
            Text("Half"),
            """{"type":"response.incomplete","response":""" + Response("incomplete").Replace("\"incomplete_details\":null", $$"""
            "incomplete_details":{"reason":"{{reason}}"}
            """, StringComparison.Ordinal) + "}");

        var response = updates.ToChatResponse();
        Assert.Equal(("Half", expected), (response.Text, response.FinishReason!.Value.Value));
    }

    [Fact]
    public async Task Stream_UnknownEvents_AreSignsOfLifeOnly()
    {
        var updates = await ReadAsync(
            Created(),
            """{"type":"keepalive"}""",
            """{"type":"response.surprise.delta","delta":"boo"}""",
            Text("ok"),
            Completed());

        Assert.Equal(5, updates.Count);
        Assert.Equal("ok", updates.ToChatResponse().Text);
    }

    [Fact]
    public async Task GetResponse_TextCallsAndUsage_AreRead()
    {
        const string Output =
            """
            {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"Hm."}],"encrypted_content":"gAAAA"},
            {"type":"message","id":"msg_0","status":"completed","role":"assistant","content":[{"type":"output_text","text":"One.","annotations":[]},{"type":"refusal","refusal":"No."}]},
            {"type":"message","id":"msg_1","status":"completed","role":"assistant","content":[{"type":"output_text","text":"Two.","annotations":[{"type":"url_citation","url":"https://x.test/","title":"X","start_index":0,"end_index":3}]}]},
            {"type":"function_call","id":"fc_1","call_id":"call_a","name":"weather","arguments":"{\"city\":\"Köln\"}","status":"completed"}
            """;
        using var client = Client(_ => Testing.Fakes.FakeHttpHandler.Json(Response("completed", Output, Usage)));

        var response = await client.GetResponseAsync([new ChatMessage(ChatRole.User, "Hi")]);

        var contents = response.Messages.Single().Contents;
        Assert.Equal("One.\n\nTwo.", response.Messages.Single().Text);
        Assert.Equal(("Hm.", "gAAAA"), (contents.OfType<TextReasoningContent>().Single().Text, contents.OfType<TextReasoningContent>().Single().ProtectedData));
        Assert.Equal("No.", contents.OfType<ErrorContent>().Single().Message);
        Assert.Equal("call_a", contents.OfType<FunctionCallContent>().Single().CallId);
        var region = contents.SelectMany(c => c.Annotations ?? []).OfType<CitationAnnotation>().Single().AnnotatedRegions!.OfType<TextSpanAnnotatedRegion>().Single();
        Assert.Equal("Two", response.Messages.Single().Text[region.StartIndex!.Value..region.EndIndex!.Value]);
        Assert.Equal((ChatFinishReason.ToolCalls, "resp_1", 123), (response.FinishReason, response.ConversationId, response.Usage!.TotalTokenCount));
    }
}
