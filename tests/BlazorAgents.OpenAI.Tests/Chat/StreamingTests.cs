using BlazorAgents.Agents;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.AI;

namespace BlazorAgents.OpenAI.Tests.Chat;

public sealed class StreamingTests
{
    [Fact]
    public async Task Stream_TextReasoningAndUsage_ComesOutInOrder()
    {
        var handler = new FakeHttpHandler(_ => FakeHttpHandler.Sse(
            """{"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-test-2026","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}""",
            """{"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-test-2026","choices":[{"index":0,"delta":{"reasoning_content":"Hm. "},"finish_reason":null}]}""",
            """{"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-test-2026","choices":[{"index":0,"delta":{"content":"Hello"},"finish_reason":null}]}""",
            """{"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-test-2026","choices":[{"index":0,"delta":{"content":" you"},"finish_reason":null}]}""",
            """{"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-test-2026","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""",
            """{"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-test-2026","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":5,"total_tokens":14,"prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":2}}}"""));
        using var client = TestClients.Create(handler);

        var response = await client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "Hi")]).ToChatResponseAsync();

        Assert.Equal("Hello you", response.Text);
        Assert.Equal("Hm. ", response.Messages.SelectMany(m => m.Contents).OfType<TextReasoningContent>().Single().Text);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
        Assert.Equal("gpt-test-2026", response.ModelId);
        Assert.Equal((9, 5, 4, 2), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount, response.Usage.CachedInputTokenCount, response.Usage.ReasoningTokenCount));
    }

    [Fact]
    public async Task Stream_ParallelCallDeltas_AreAssembledByIndex()
    {
        var handler = new FakeHttpHandler(_ => FakeHttpHandler.Sse(
            Delta("""{"tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"weather","arguments":""}}]}"""),
            Delta("""{"tool_calls":[{"index":0,"function":{"arguments":"{\"city\":"}}]}"""),
            Delta("""{"tool_calls":[{"index":1,"id":"b","type":"function","function":{"name":"time","arguments":"{\"zo"}}]}"""),
            Delta("""{"tool_calls":[{"index":0,"function":{"arguments":"\"Köln\"}"}},{"index":1,"function":{"arguments":"ne\":1"}}]}"""),
            """{"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}"""));
        using var client = TestClients.Create(handler);

        var response = await client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "Hi")]).ToChatResponseAsync();

        var calls = response.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().ToList();
        Assert.Equal(["a weather", "b time"], calls.Select(c => $"{c.CallId} {c.Name}"));
        Assert.Equal("Köln", calls[0].Arguments!["city"]!.ToString());
        Assert.Null(calls[1].Arguments);
        Assert.Equal("{\"zone\":1", Agents.ToolLoop.ToolCallArguments.GetArgumentsText(calls[1]));
    }

    [Fact]
    [Trait("Id", "REL-03")]
    public async Task Stream_EndsWithoutFinishReason_IsBrokenMidStream()
    {
        var handler = new FakeHttpHandler(_ => FakeHttpHandler.Sse(Delta("""{"content":"Half"}""")));
        using var client = TestClients.Create(handler);

        var error = await Assert.ThrowsAsync<AgentException>(
            () => client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "Hi")]).ToChatResponseAsync());

        Assert.Equal((AgentErrorKind.Unavailable, true), (error.Kind, error.BrokeMidStream));
    }

    private static string Delta(string delta) =>
        $$"""{"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{{delta}},"finish_reason":null}]}""";
}
