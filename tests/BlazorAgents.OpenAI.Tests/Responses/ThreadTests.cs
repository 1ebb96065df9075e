using BlazorAgents.Agents;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.AI;
using static BlazorAgents.OpenAI.Tests.Responses.ResponseWire;

namespace BlazorAgents.OpenAI.Tests.Responses;

/// <summary>Which id a caller gets to go on from.</summary>
public sealed class ThreadTests
{
    [Theory]
    [InlineData(null, null, "", "resp_1")]
    [InlineData(true, null, "", "resp_1")]
    [InlineData(null, null, ",\"store\":false", null)]
    [InlineData(false, null, "", null)]
    [InlineData(true, "resp_0", "", "resp_1")]
    [InlineData(null, "conv_1", "", "conv_1")]
    [InlineData(null, "conv_1", ",\"conversation\":{\"id\":\"conv_1\"}", "conv_1")]
    public async Task Answer_ByStoreAndThread_HasTheIdToGoOnFrom(bool? store, string? threadId, string more, string? expected)
    {
        var options = new ChatOptions { ConversationId = threadId };
        options.SetStore(store);
        using var streaming = Client(_ => Sse(Created(more), Text("ok"), Completed(more: more)));
        using var whole = Client(_ => FakeHttpHandler.Json(Response("completed", more: more)));
        ChatMessage[] messages = [new(ChatRole.User, "Hi")];

        Assert.Equal(expected, (await streaming.GetStreamingResponseAsync(messages, options).ToChatResponseAsync()).ConversationId);
        Assert.Equal(expected, (await whole.GetResponseAsync(messages, options)).ConversationId);
    }

    [Fact]
    public async Task Answer_ThatFails_GivesNoIdOfHalfAnAnswer()
    {
        using var client = Client(_ => Sse(Created(), Text("Half")));
        var ids = new List<string?>();

        await Assert.ThrowsAsync<AgentException>(async () =>
        {
            await foreach (var update in client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "Hi")]))
            {
                ids.Add(update.ConversationId);
            }
        });

        Assert.NotEmpty(ids);
        Assert.All(ids, Assert.Null);
    }

    [Fact]
    public async Task Thread_OnTheProvidersSide_GoesOnFromEachAnswer()
    {
        var number = 0;
        var handler = new FakeHttpHandler(_ =>
        {
            number++;
            return FakeHttpHandler.RawSse(Bytes(Number([
                Created(), Text("ok"), """{"type":"response.completed","response":""" + Response("completed", id: $"resp_{number}") + "}"])));
        });
        using var client = TestClients.CreateResponses(handler);
        var agent = client.CreateAgent();
        var thread = new AgentThread("resp_0");

        await agent.RunAsync("One", thread);
        await agent.RunAsync("Two", thread);

        Assert.Contains("\"previous_response_id\":\"resp_0\"", handler.Requests[0].Body, StringComparison.Ordinal);
        Assert.Contains("\"previous_response_id\":\"resp_1\"", handler.Requests[1].Body, StringComparison.Ordinal);
        Assert.DoesNotContain("One", handler.Requests[1].Body, StringComparison.Ordinal);
        Assert.Equal("resp_2", thread.ServiceThreadId);
    }
}
