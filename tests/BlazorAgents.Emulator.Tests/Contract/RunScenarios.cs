using System.Net;
using System.Text.Json.Nodes;
using BlazorAgents.Emulator.Scripted;

namespace BlazorAgents.Emulator.Tests.Contract;

/// <summary>Runs of the retired Assistants API, their steps and events.</summary>
internal static class RunScenarios
{
    private const string Function =
        """{"type":"function","function":{"name":"get_weather","description":"Get the current weather for a given location.","parameters":{"type":"object","properties":{"location":{"type":"string"}},"required":["location"]}}}""";

    private static readonly string[] s_ends = ["completed", "incomplete", "failed", "cancelled", "expired", "requires_action"];

    public static IReadOnlyList<ContractScenario> All { get; } =
    [
        new("runs: answered, listed, changed", AnsweredAsync),
        new("runs: streamed", StreamedAsync),
        new("runs: function, its result submitted", FunctionAsync),
        new("runs: function, streamed", StreamedFunctionAsync),
        new("runs: cancelled", CancelledAsync),
        new("runs: thread and run at once", TogetherAsync),
        new("runs: file search", FileSearchAsync),
        new("runs: cut off by their limit", LimitAsync),
        new("runs: cancelled while they stream", CancelledInStreamAsync) { IsPaced = true },
        new("runs: failed", FailedAsync) { Brain = () => new ScriptedProvider().Enqueue(ScriptedReply.Error(500)).Enqueue(ScriptedReply.Error(500)) },
    ];

    private static async Task AnsweredAsync(ContractSession session)
    {
        var (assistant, thread) = await StartAsync(session, "Hello");
        var run = await RunAsync(session, thread, $$"""
            {"assistant_id":"{{assistant}}","model":"demo-model","instructions":"Be brief.","additional_instructions":"Be kind.","additional_messages":[{"role":"user","content":"Hi again"}],
             "temperature":0.5,"top_p":0.5,"max_prompt_tokens":1000,"max_completion_tokens":1000,"truncation_strategy":{"type":"auto"},"tool_choice":"auto","parallel_tool_calls":true,"response_format":"auto","metadata":{"a":"b"},"tools":[]}
            """);

        Assert.Equal("completed", (string)run["status"]!);
        await session.PostAsync($"threads/{thread}/runs/{run["id"]}", """{"metadata":{"c":"d"}}""");
        await session.GetAsync($"threads/{thread}/runs?limit=1&order=desc");
        var step = (await session.GetJsonAsync($"threads/{thread}/runs/{run["id"]}/steps?limit=5&order=asc"))["data"]![0]!["id"];
        await session.GetAsync($"threads/{thread}/runs/{run["id"]}/steps/{step}");
        await session.GetAsync($"threads/{thread}/messages?run_id={run["id"]}");
    }

    private static async Task StreamedAsync(ContractSession session)
    {
        var (assistant, thread) = await StartAsync(session, "Hello");

        Assert.EndsWith("event: done\ndata: [DONE]\n\n", await session.PostAsync($"threads/{thread}/runs", $$"""{"assistant_id":"{{assistant}}","stream":true}"""), StringComparison.Ordinal);
    }

    private static async Task FunctionAsync(ContractSession session)
    {
        var (assistant, thread) = await StartAsync(session, "What is the weather in Paris?", Function);
        var run = await RunAsync(session, thread, $$"""{"assistant_id":"{{assistant}}"}""");
        var call = run["required_action"]!["submit_tool_outputs"]!["tool_calls"]![0]!["id"];
        await session.GetAsync($"threads/{thread}/runs/{run["id"]}/steps");

        await session.PostAsync($"threads/{thread}/runs/{run["id"]}/submit_tool_outputs", $$"""{"tool_outputs":[{"tool_call_id":"{{call}}","output":"21 degrees"}]}""");
        await EndAsync(session, thread, run["id"]!);
        await session.GetAsync($"threads/{thread}/runs/{run["id"]}/steps");
        await session.GetAsync($"threads/{thread}/messages");
    }

    private static async Task StreamedFunctionAsync(ContractSession session)
    {
        var (assistant, thread) = await StartAsync(session, "What is the weather in Paris?", Function);
        var events = await session.PostAsync($"threads/{thread}/runs", $$"""{"assistant_id":"{{assistant}}","stream":true}""");
        var asked = EmulatorClient.Events(events).Last(data => data.Contains("\"requires_action\"", StringComparison.Ordinal));
        var run = JsonNode.Parse(asked)!;
        var call = run["required_action"]!["submit_tool_outputs"]!["tool_calls"]![0]!["id"];

        await session.PostAsync($"threads/{thread}/runs/{run["id"]}/submit_tool_outputs", $$"""{"stream":true,"tool_outputs":[{"tool_call_id":"{{call}}","output":"21 degrees"}]}""");
    }

    private static async Task CancelledAsync(ContractSession session)
    {
        var (assistant, thread) = await StartAsync(session, "What is the weather in Paris?", Function);
        var run = await RunAsync(session, thread, $$"""{"assistant_id":"{{assistant}}"}""");

        await session.PostEmptyAsync($"threads/{thread}/runs/{run["id"]}/cancel");
        await EndAsync(session, thread, run["id"]!);
        await session.PostAsync($"threads/{thread}/runs/{run["id"]}/cancel", "{}", HttpStatusCode.BadRequest);
    }

    private static async Task TogetherAsync(ContractSession session)
    {
        var (assistant, _) = await StartAsync(session, "Hello");
        foreach (var stream in new[] { "true", "false" })
        {
            await session.PostAsync("threads/runs", $$$"""{"assistant_id":"{{{assistant}}}","stream":{{{stream}}},"thread":{"messages":[{"role":"user","content":"Hello"}]}}""");
        }
    }

    private static async Task FileSearchAsync(ContractSession session)
    {
        var file = await session.UploadAsync("a.txt", "Employees get 25 vacation days a year.");
        var store = (await session.PostJsonAsync("vector_stores", $$"""{"file_ids":["{{file}}"]}"""))["id"];
        await session.UntilAsync($"vector_stores/{store}", found => (string)found["status"]! == "completed");
        var assistant = (await session.PostJsonAsync("assistants", $$$$"""{"model":"demo-model","tools":[{"type":"file_search"}],"tool_resources":{"file_search":{"vector_store_ids":["{{{{store}}}}"]}}}"""))["id"];
        foreach (var stream in new[] { "true", "false" })
        {
            await session.PostAsync("threads/runs", $$$"""{"assistant_id":"{{{assistant}}}","stream":{{{stream}}},"thread":{"messages":[{"role":"user","content":"How many vacation days do employees get?"}]}}""");
        }

        var thread = (await session.PostJsonAsync("threads", """{"messages":[{"role":"user","content":"How many vacation days do employees get?"}]}"""))["id"];
        var run = await RunAsync(session, thread!, $$"""{"assistant_id":"{{assistant}}"}""");
        await session.GetAsync($"threads/{thread}/runs/{run["id"]}/steps?include[]=step_details.tool_calls[*].file_search.results[*].content");
        await session.GetAsync($"threads/{thread}/messages");
    }

    private static async Task LimitAsync(ContractSession session)
    {
        var (assistant, thread) = await StartAsync(session, "Give me a long answer");
        foreach (var stream in new[] { "true", "false" })
        {
            await session.PostAsync($"threads/{thread}/runs", $$"""{"assistant_id":"{{assistant}}","stream":{{stream}},"max_completion_tokens":256}""");
        }
    }

    private static async Task CancelledInStreamAsync(ContractSession session)
    {
        var (assistant, thread) = await StartAsync(session, "Give me a long answer");
        var streaming = session.PostAsync($"threads/{thread}/runs", $$"""{"assistant_id":"{{assistant}}","stream":true}""");
        await session.Clock.Waiting.WaitAsync(EmulatorClient.Patience);
        var run = (await session.GetJsonAsync($"threads/{thread}/runs"))["data"]![0]!["id"];

        await session.PostEmptyAsync($"threads/{thread}/runs/{run}/cancel");

        Assert.Contains("event: thread.run.cancelled\n", await streaming, StringComparison.Ordinal);
        await session.GetAsync($"threads/{thread}/runs/{run}/steps");
        await session.GetAsync($"threads/{thread}/messages");
    }

    private static async Task FailedAsync(ContractSession session)
    {
        var assistant = (await session.PostJsonAsync("assistants", """{"model":"gpt-4o"}"""))["id"];
        foreach (var stream in new[] { "true", "false" })
        {
            var thread = (await session.PostJsonAsync("threads", """{"messages":[{"role":"user","content":"Hello"}]}"""))["id"]!;
            await session.PostAsync($"threads/{thread}/runs", $$"""{"assistant_id":"{{assistant}}","stream":{{stream}}}""");
            var run = (await session.GetJsonAsync($"threads/{thread}/runs"))["data"]![0]!["id"]!;
            Assert.Equal("failed", (string)(await EndAsync(session, thread, run))["status"]!);
        }
    }

    private static async Task<(JsonNode Assistant, JsonNode Thread)> StartAsync(ContractSession session, string text, params string[] tools)
    {
        var assistant = await session.PostJsonAsync("assistants", $$"""{"model":"demo-model","instructions":"Be brief.","tools":[{{string.Join(",", tools)}}]}""");
        var message = new JsonObject { ["role"] = "user", ["content"] = text };
        var thread = await session.PostJsonAsync("threads", new JsonObject { ["messages"] = new JsonArray(message) }.ToJsonString());
        return (assistant["id"]!, thread["id"]!);
    }

    private static async Task<JsonNode> RunAsync(ContractSession session, JsonNode thread, string body) =>
        await EndAsync(session, thread, (await session.PostJsonAsync($"threads/{thread}/runs", body))["id"]!);

    private static Task<JsonNode> EndAsync(ContractSession session, JsonNode thread, JsonNode run) =>
        session.UntilAsync($"threads/{thread}/runs/{run}", found => s_ends.Contains((string)found["status"]!));
}
