using System.Text.Json;
using System.Text.Json.Nodes;
using BlazorAgents.Agents;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.AI;

namespace BlazorAgents.OpenAI.Tests.Chat;

/// <summary>The body of a request, exactly.</summary>
public sealed class RequestTests
{
    private const string Answer =
        """{"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"ok"},"finish_reason":"stop"}]}""";

    [Fact]
    public async Task Request_TextOnly_HasTheRequiredFieldsAndNothingMore()
    {
        var body = await SendAsync([new ChatMessage(ChatRole.User, "Hi")], null);

        AssertJson(
            """{"model":"gpt-test","messages":[{"role":"user","content":"Hi"}],"stream":true,"stream_options":{"include_usage":true}}""", body);
    }

    [Fact]
    public async Task Request_AllOptions_AreSent()
    {
        var options = new ChatOptions
        {
            Instructions = "Be brief.",
            ModelId = "other",
            Temperature = 0.5f,
            TopP = 0.25f,
            MaxOutputTokens = 99,
            StopSequences = ["END", "STOP"],
            Seed = 7,
            FrequencyPenalty = 0.5f,
            PresencePenalty = -0.5f,
            AllowMultipleToolCalls = false,
            ToolMode = ChatToolMode.RequireSpecific("add"),
            Reasoning = new ReasoningOptions { Effort = ReasoningEffort.Low },
            ResponseFormat = ChatResponseFormat.Json,
            Tools = [AIFunctionFactory.Create((int a) => a, "add", "Adds.")],
        };

        var body = await SendAsync([new ChatMessage(ChatRole.User, "Hi")], options);

        AssertJson(
            """
            {"model":"other","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hi"}],
             "temperature":0.5,"top_p":0.25,"max_completion_tokens":99,"stop":["END","STOP"],"seed":7,
             "frequency_penalty":0.5,"presence_penalty":-0.5,"parallel_tool_calls":false,
             "tool_choice":{"type":"function","function":{"name":"add"}},"reasoning_effort":"low",
             "response_format":{"type":"json_object"},"stream":true,"stream_options":{"include_usage":true},
             "tools":[{"type":"function","function":{"name":"add","description":"Adds.",
               "parameters":{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"]}}}]}
            """,
            body);
    }

    [Theory]
    [InlineData("auto", "\"auto\"")]
    [InlineData("none", "\"none\"")]
    [InlineData("required", "\"required\"")]
    public async Task Request_ToolMode_IsSent(string mode, string expected)
    {
        ChatToolMode toolMode = mode switch { "auto" => ChatToolMode.Auto, "none" => ChatToolMode.None, _ => ChatToolMode.RequireAny };

        var body = await SendAsync(
            [new ChatMessage(ChatRole.User, "Hi")], new ChatOptions { ToolMode = toolMode, Tools = [AIFunctionFactory.Create(() => 1, "one")] });

        Assert.Equal(expected, body["tool_choice"]!.ToJsonString());
    }

    [Fact]
    public async Task Request_JsonSchema_IsMadeStrict()
    {
        var options = new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema<Weather>(schemaName: "weather") };

        var format = (await SendAsync([new ChatMessage(ChatRole.User, "Hi")], options))["response_format"]!;

        Assert.Equal(("json_schema", "weather", true), ((string)format["type"]!, (string)format["json_schema"]!["name"]!, (bool)format["json_schema"]!["strict"]!));
        var schema = format["json_schema"]!["schema"]!;
        Assert.False((bool)schema["additionalProperties"]!);
        Assert.Equal(["place", "degrees"], schema["required"]!.AsArray().Select(n => (string)n!));
    }

    [Fact]
    public async Task Request_EveryKindOfUserContent_BecomesItsPart()
    {
        var message = new ChatMessage(ChatRole.User,
        [
            new TextContent("Look"),
            new DataContent(new byte[] { 1, 2, 3 }, "image/png") { AdditionalProperties = new() { ["detail"] = "low" } },
            new UriContent("https://x.test/a.jpg", "image/jpeg"),
            new UriContent("https://x.test/page", "text/html"),
            new DataContent(new byte[] { 4 }, "audio/mpeg"),
            new DataContent(new byte[] { 5 }, "audio/wav"),
            new DataContent(new byte[] { 6 }, "application/pdf") { Name = "a.pdf" },
            new DataContent("Grüße"u8.ToArray(), "text/plain") { Name = "a.txt" },
            new HostedFileContent("file-1"),
        ]);

        var body = await SendAsync([message], null);

        AssertJson(
            """
            [{"type":"text","text":"Look"},
             {"type":"image_url","image_url":{"url":"data:image/png;base64,AQID","detail":"low"}},
             {"type":"image_url","image_url":{"url":"https://x.test/a.jpg"}},
             {"type":"text","text":"https://x.test/page"},
             {"type":"input_audio","input_audio":{"data":"BA==","format":"mp3"}},
             {"type":"input_audio","input_audio":{"data":"BQ==","format":"wav"}},
             {"type":"file","file":{"file_data":"data:application/pdf;base64,Bg==","filename":"a.pdf"}},
             {"type":"text","text":"File a.txt:\nGrüße"},
             {"type":"file","file":{"file_id":"file-1"}}]
            """,
            body["messages"]![0]!["content"]!);
    }

    [Fact]
    public async Task Request_HistoryWithCallsResultsAndRefusal_IsWritten()
    {
        ChatMessage[] messages =
        [
            new(ChatRole.System, "S"),
            new(ChatRole.User, "Q"),
            new(ChatRole.Assistant, [new TextReasoningContent("thinking"), new TextContent("Let me see."), ScriptedChatClient.Call("a", "f", """{ "x": 1 }"""), ScriptedChatClient.Call("b", "g", "{broken")]),
            new(ChatRole.Tool, [new FunctionResultContent("a", "text"), new FunctionResultContent("b", new { n = 1 })]),
            new(ChatRole.Assistant, [RefusalText.Create("No.")]),
            new(ChatRole.Assistant, []),
        ];

        var body = await SendAsync(messages, null);

        AssertJson(
            """
            [{"role":"system","content":"S"},
             {"role":"user","content":"Q"},
             {"role":"assistant","content":"Let me see.","tool_calls":[
               {"id":"a","type":"function","function":{"name":"f","arguments":"{ \"x\": 1 }"}},
               {"id":"b","type":"function","function":{"name":"g","arguments":"{\"invalid_json\":\"{broken\"}"}}]},
             {"role":"tool","tool_call_id":"a","content":"text"},
             {"role":"tool","tool_call_id":"b","content":"{\"n\":1}"},
             {"role":"assistant","content":"","refusal":"No."}]
            """,
            body["messages"]!);
    }

    [Fact]
    public async Task Request_CompatibleServer_GetsTheOlderNamesAndTheThoughts()
    {
        ChatMessage[] messages =
        [
            new(ChatRole.Assistant, [new TextReasoningContent("thinking"), ScriptedChatClient.Call("a", "f")]),
            new(ChatRole.Tool, [new FunctionResultContent("a", "r")]),
        ];

        var body = await SendAsync(messages, new ChatOptions { MaxOutputTokens = 5, TopK = 3 }, ProviderKind.Compatible);

        Assert.Equal((5, 3, null), ((int)body["max_tokens"]!, (int)body["top_k"]!, body["max_completion_tokens"]));
        Assert.Equal("thinking", (string)body["messages"]![0]!["reasoning_content"]!);
    }

    [Fact]
    public async Task Request_HostedTool_IsRefusedInWords()
    {
        var error = await Assert.ThrowsAsync<AgentException>(() => SendAsync(
            [new ChatMessage(ChatRole.User, "Hi")], new ChatOptions { Tools = [new HostedCodeInterpreterTool()] }));

        Assert.Contains("Responses client", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, ProviderKind.OpenAI, true)]
    [InlineData(false, ProviderKind.OpenAI, null)]
    [InlineData(true, ProviderKind.Compatible, null)]
    public async Task Request_Store_IsSentWhereItSaysSomething(bool store, ProviderKind kind, bool? expected)
    {
        var options = new ChatOptions();
        options.SetStore(store);

        Assert.Equal(expected, (bool?)(await SendAsync([new ChatMessage(ChatRole.User, "Hi")], options, kind))["store"]);
    }

    [Fact]
    public async Task Request_ThreadOfAnotherClient_IsRefusedInsteadOfForgotten()
    {
        var error = await Assert.ThrowsAsync<AgentException>(() => SendAsync(
            [new ChatMessage(ChatRole.User, "Hi")], new ChatOptions { ConversationId = "conv_1" }));

        Assert.Equal(AgentErrorKind.ThreadNotFound, error.Kind);
        Assert.Contains("conv_1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_WebSearchWithAPlace_IsSent()
    {
        var tool = new Agents.HostedTools.WebSearchLocation("FR", City: "Paris").CreateTool();

        var body = await SendAsync([new ChatMessage(ChatRole.User, "Hi")], new ChatOptions { Tools = [tool] });

        AssertJson("""{"user_location":{"type":"approximate","approximate":{"country":"FR","city":"Paris"}}}""", body["web_search_options"]!);
    }

    private static async Task<JsonNode> SendAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, ProviderKind kind = ProviderKind.OpenAI)
    {
        var handler = new FakeHttpHandler(_ => FakeHttpHandler.Sse(Answer));
        using var client = TestClients.Create(handler, kind);
        await client.GetStreamingResponseAsync(messages, options).ToChatResponseAsync();
        var request = handler.Requests.Single();
        Assert.Equal("http://provider.test/v1/chat/completions", request.Uri.ToString());
        Assert.Equal("Bearer " + TestClients.Key, request.Headers["Authorization"]);
        return JsonNode.Parse(request.Body)!;
    }

    private static void AssertJson(string expected, JsonNode actual) => Assert.True(
        JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));

    private sealed record Weather(string Place, int Degrees = 20);
}
