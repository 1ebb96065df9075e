using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BlazorAgents.Emulator.Tests.Http;

public sealed class ChatCompletionTests
{
    private static readonly string[] s_topKeys = ["id", "object", "created", "model", "choices"];

    [Fact]
    public async Task Completion_Whole_HasWhatTheSpecificationRequires()
    {
        await using var client = await EmulatorClient.StartAsync();

        var (status, json) = await client.PostAsync("chat/completions", EmulatorClient.Ask("Hello"));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.All(s_topKeys, key => Assert.True(json.TryGetProperty(key, out _), key));
        Assert.Equal("chat.completion", json.GetProperty("object").GetString());
        Assert.True(json.GetProperty("created").TryGetInt64(out _));
        var choice = Assert.Single(json.GetProperty("choices").EnumerateArray());
        Assert.All(["finish_reason", "index", "message", "logprobs"], key => Assert.True(choice.TryGetProperty(key, out _), key));
        Assert.All(["role", "content", "refusal"], key => Assert.True(choice.GetProperty("message").TryGetProperty(key, out _), key));
        Assert.Equal("stop", choice.GetProperty("finish_reason").GetString());
        AssertUsage(json.GetProperty("usage"));
    }

    [Fact]
    public async Task Stream_WithUsage_HasRoleTextFinishUsageDoneInOrder()
    {
        await using var client = await EmulatorClient.StartAsync();
        var ask = EmulatorClient.Ask("Hello", stream: true);
        ask["stream_options"] = new JsonObject { ["include_usage"] = true };

        var events = await client.EventsAsync(ask);

        Assert.Equal("[DONE]", events[^1]);
        var chunks = EmulatorClient.Chunks(events).ToList();
        Assert.All(chunks, chunk => Assert.All(s_topKeys, key => Assert.True(chunk.TryGetProperty(key, out _), key)));
        Assert.All(chunks, chunk => Assert.Equal("chat.completion.chunk", chunk.GetProperty("object").GetString()));
        Assert.Single(chunks.Select(chunk => (chunk.GetProperty("id").GetString(), chunk.GetProperty("created").GetInt64())).Distinct());
        Assert.Equal("assistant", chunks[0].GetProperty("choices")[0].GetProperty("delta").GetProperty("role").GetString());
        Assert.Equal("stop", chunks[^2].GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.Equal(0, chunks[^1].GetProperty("choices").GetArrayLength());
        AssertUsage(chunks[^1].GetProperty("usage"));
        Assert.All(chunks.SkipLast(1), chunk => Assert.Equal(JsonValueKind.Null, chunk.GetProperty("usage").ValueKind));
        var choices = chunks.SkipLast(1).Select(chunk => chunk.GetProperty("choices")[0]).ToList();
        Assert.All(choices, choice => Assert.All(["delta", "finish_reason", "index"], key => Assert.True(choice.TryGetProperty(key, out _), key)));
        Assert.Equal("Hello! How can I help you today?", EmulatorClient.Text(events.SkipLast(2)));
    }

    [Fact]
    public async Task Stream_WithoutUsageOption_HasNoUsage()
    {
        await using var client = await EmulatorClient.StartAsync();

        var events = await client.EventsAsync(EmulatorClient.Ask("Hello", stream: true));

        Assert.All(EmulatorClient.Chunks(events), chunk => Assert.False(chunk.TryGetProperty("usage", out _)));
    }

    [Fact]
    public async Task Stream_OfToolCalls_GivesIndexIdNameThenArguments()
    {
        await using var client = await EmulatorClient.StartAsync();
        var ask = EmulatorClient.Ask("weather and time in Paris", stream: true);
        ask["tools"] = Demo.DemoTools.Json(Demo.DemoTools.Weather, Demo.DemoTools.TimeIn);

        var calls = EmulatorClient.Chunks(await client.EventsAsync(ask))
            .SelectMany(chunk => chunk.GetProperty("choices").EnumerateArray()).Select(choice => choice.GetProperty("delta"))
            .Where(delta => delta.TryGetProperty("tool_calls", out _)).Select(delta => delta.GetProperty("tool_calls")[0]).ToList();

        Assert.Equal([0, 1], calls.Select(call => call.GetProperty("index").GetInt32()).Distinct());
        var first = calls[0];
        Assert.StartsWith("call_", first.GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.Equal("function", first.GetProperty("type").GetString());
        Assert.Equal("get_weather", first.GetProperty("function").GetProperty("name").GetString());
        var arguments = string.Concat(calls.Where(call => call.GetProperty("index").GetInt32() == 0).Select(call => call.GetProperty("function").GetProperty("arguments").GetString()));
        Assert.Equal("""{"location":"Paris"}""", arguments);
    }

    [Fact]
    public async Task MaxTokens_Small_EndsWithLength()
    {
        await using var client = await EmulatorClient.StartAsync();
        var ask = EmulatorClient.Ask("Tell me a story");
        ask["max_completion_tokens"] = 5;

        var (_, json) = await client.PostAsync("chat/completions", ask);

        Assert.Equal("length", json.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.Equal(20, json.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!.Length);
    }

    [Fact]
    public async Task Pace_Human_WaitsForTheClock()
    {
        var time = new StoppedClock();
        await using var server = await EmulatorServer.StartAsync(new EmulatorOptions { TimeProvider = time });
        using var http = new HttpClient { Timeout = EmulatorClient.Patience };
        using var content = new StringContent(EmulatorClient.Ask("Hello", stream: true).ToJsonString());

        var answer = http.PostAsync(new Uri(server.BaseUrl + "/chat/completions"), content);
        await time.Waiting.WaitAsync(EmulatorClient.Patience);

        Assert.False(answer.IsCompleted);
        time.Release();
        Assert.Contains("[DONE]", await (await answer).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static void AssertUsage(JsonElement usage)
    {
        var (prompt, completion) = (usage.GetProperty("prompt_tokens").GetInt32(), usage.GetProperty("completion_tokens").GetInt32());
        Assert.True(prompt > 0 && completion > 0);
        Assert.Equal(prompt + completion, usage.GetProperty("total_tokens").GetInt32());
    }
}
