using System.Net;
using System.Text.Json.Nodes;
using BlazorAgents.Emulator.Scripted;

namespace BlazorAgents.Emulator.Tests.Scripted;

public sealed class ScriptedProviderTests
{
    [Fact]
    public async Task Reply_Streamed_HasTextCallsReasoningAndUsage()
    {
        var provider = new ScriptedProvider().Enqueue(ScriptedReply.Stream().Reasoning("hm").Text("Hel").Text("lo").ToolCall("c1", "f", """{"a":1}""", 3).Usage(10, 5).Finish());
        await using var client = await EmulatorClient.StartAsync(provider);
        var ask = EmulatorClient.Ask("x", stream: true);
        ask["stream_options"] = new JsonObject { ["include_usage"] = true };

        var body = await client.BodyAsync(ask);

        Assert.Equal("Hello", EmulatorClient.Text(EmulatorClient.Events(body)));
        Assert.Contains("\"reasoning_content\":\"hm\"", body, StringComparison.Ordinal);
        Assert.Contains("\"finish_reason\":\"tool_calls\"", body, StringComparison.Ordinal);
        Assert.Contains("\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":15", body, StringComparison.Ordinal);
        Assert.Contains("{\\\"a", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reply_NotStreamed_FoldsIntoOneCompletion()
    {
        var provider = new ScriptedProvider().Enqueue(ScriptedReply.Stream().Text("Hel").Text("lo").ToolCall("c1", "f", "{}").Usage(3, 4).Finish());
        await using var client = await EmulatorClient.StartAsync(provider);

        var (_, json) = await client.PostAsync("chat/completions", EmulatorClient.Ask("x"));

        var message = json.GetProperty("choices")[0].GetProperty("message");
        Assert.Equal("Hello", message.GetProperty("content").GetString());
        Assert.Equal("c1", message.GetProperty("tool_calls")[0].GetProperty("id").GetString());
        Assert.Equal(7, json.GetProperty("usage").GetProperty("total_tokens").GetInt32());
    }

    [Fact]
    public async Task Requests_Recorded_WithPathHeadersAndBody()
    {
        var provider = new ScriptedProvider().RespondWith(request => request.IsStream ? null : ScriptedReply.Answer("to " + request.LastUserText));
        await using var client = await EmulatorClient.StartAsync(provider);
        client.Http.DefaultRequestHeaders.Authorization = new("Bearer", "key");
        var next = provider.NextRequestAsync();

        var (_, json) = await client.PostAsync("chat/completions", EmulatorClient.Ask("me"));

        var request = await next.WaitAsync(EmulatorClient.Patience);
        Assert.Equal("to me", json.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        Assert.Equal("/v1/chat/completions", request.Path);
        Assert.Equal("Bearer key", request.Headers["authorization"]);
        Assert.Equal("demo-model", request.Model);
        await request.Finished.WaitAsync(EmulatorClient.Patience);
        Assert.False(request.Aborted.IsCompleted);
    }

    [Fact]
    public async Task Titles_ByRule_DoNotTakeFromTheQueue()
    {
        var provider = new ScriptedProvider().Enqueue(ScriptedReply.Answer("answer")).RespondWhen(request => request.IsTitleRequest, _ => ScriptedReply.Answer("A title"));
        await using var client = await EmulatorClient.StartAsync(provider);
        var title = EmulatorClient.Ask("hi");
        title["messages"]!.AsArray().Insert(0, new JsonObject { ["role"] = "system", ["content"] = "Write a short title for this conversation." });
        var notTitle = provider.NextRequestAsync(request => !request.IsTitleRequest);

        var titled = await client.BodyAsync(title);
        var answered = await client.BodyAsync(EmulatorClient.Ask("hi"));

        Assert.Contains("A title", titled, StringComparison.Ordinal);
        Assert.Contains("answer", answered, StringComparison.Ordinal);
        Assert.Equal(1, (await notTitle.WaitAsync(EmulatorClient.Patience)).Number);
        Assert.Equal(0, (await provider.NextRequestAsync().WaitAsync(EmulatorClient.Patience)).Number);
    }

    [Fact]
    public async Task Script_Empty_SaysSoWith500()
    {
        await using var client = await EmulatorClient.StartAsync(new ScriptedProvider());

        var (status, json) = await client.PostAsync("chat/completions", EmulatorClient.Ask("x"));

        Assert.Equal(HttpStatusCode.InternalServerError, status);
        Assert.Equal("no_scripted_reply", json.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task OtherPaths_Scripted_AnswerTheirOwnQueue()
    {
        var provider = new ScriptedProvider().Enqueue(ScriptedReply.Stream().Event("{}", "response.created"), "/v1/responses").Enqueue(ScriptedReply.Error(503), "/v1/embeddings");
        await using var client = await EmulatorClient.StartAsync(provider);

        using var response = await client.Http.PostAsync("responses", new StringContent("""{"model":"demo-model","input":"x","stream":true}"""));
        var failed = await client.PostTextAsync("embeddings", """{"model":"demo-embedding","input":"x"}""");
        var served = await client.PostTextAsync("embeddings", """{"model":"demo-embedding","input":"x"}""");

        Assert.Equal("event: response.created\ndata: {}\n\n", await response.Content.ReadAsStringAsync());
        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (failed.Status, served.Status));
    }

    [Fact]
    public async Task Requests_InParallel_EachGetOneReply()
    {
        var provider = new ScriptedProvider();
        for (var index = 0; index < 50; index++)
        {
            provider.Enqueue(ScriptedReply.Answer($"<{index}>"));
        }

        await using var client = await EmulatorClient.StartAsync(provider);

        var bodies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => client.BodyAsync(EmulatorClient.Ask("x"))));

        Assert.Equal(50, provider.Requests.Count);
        Assert.All(Enumerable.Range(0, 50), index => Assert.Single(bodies, body => body.Contains($"<{index}>", StringComparison.Ordinal)));
    }
}
