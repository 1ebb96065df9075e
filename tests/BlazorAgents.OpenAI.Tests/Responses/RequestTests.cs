using System.Text.Json;
using System.Text.Json.Nodes;
using BlazorAgents.Agents;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.AI;
using static BlazorAgents.OpenAI.Tests.Responses.ResponseWire;

namespace BlazorAgents.OpenAI.Tests.Responses;

/// <summary>The body of a request, exactly.</summary>
public sealed class RequestTests
{
    private static readonly ChatMessage s_hi = new(ChatRole.User, "Hi");

    [Fact]
    public async Task Request_TextOnly_HasTheRequiredFieldsAndNothingMore()
    {
        AssertJson(
            """{"model":"gpt-test","input":[{"type":"message","role":"user","content":[{"type":"input_text","text":"Hi"}]}],"stream":true}""",
            await SendAsync([s_hi], null));
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
            AllowMultipleToolCalls = false,
            ToolMode = ChatToolMode.RequireSpecific("add"),
            Reasoning = new ReasoningOptions { Effort = ReasoningEffort.Low, Output = ReasoningOutput.Full },
            ResponseFormat = ChatResponseFormat.Json,
            Tools = [AIFunctionFactory.Create((int a) => a, "add", "Adds.")],
            ConversationId = "resp_before",
            AdditionalProperties = new() { ["metadata"] = new Dictionary<string, string> { ["run"] = "7" } },
        };
        options.SetStore(false);

        AssertJson(
            """
            {"model":"other","input":[{"type":"message","role":"user","content":[{"type":"input_text","text":"Hi"}]}],
             "instructions":"Be brief.","temperature":0.5,"top_p":0.25,"max_output_tokens":99,"parallel_tool_calls":false,
             "tool_choice":{"type":"function","name":"add"},"reasoning":{"effort":"low","summary":"detailed"},
             "text":{"format":{"type":"json_object"}},"store":false,"include":["reasoning.encrypted_content"],
             "previous_response_id":"resp_before","metadata":{"run":"7"},"stream":true,
             "tools":[{"type":"function","name":"add","description":"Adds.","strict":false,
               "parameters":{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"]}}]}
            """,
            await SendAsync([s_hi], options));
    }

    [Theory]
    [InlineData("auto", "\"auto\"")]
    [InlineData("none", "\"none\"")]
    [InlineData("required", "\"required\"")]
    public async Task Request_ToolMode_IsSent(string mode, string expected)
    {
        ChatToolMode toolMode = mode switch { "auto" => ChatToolMode.Auto, "none" => ChatToolMode.None, _ => ChatToolMode.RequireAny };

        var body = await SendAsync([s_hi], new ChatOptions { ToolMode = toolMode, Tools = [AIFunctionFactory.Create(() => 1, "one")] });

        Assert.Equal(expected, body["tool_choice"]!.ToJsonString());
    }

    [Fact]
    public async Task Request_Conversation_IsSentInItsOwnField()
    {
        var body = await SendAsync([s_hi], new ChatOptions { ConversationId = "conv_1" });

        AssertJson("""{"id":"conv_1"}""", body["conversation"]!);
        Assert.Null(body["previous_response_id"]);
    }

    [Fact]
    public async Task Request_ThreadOfTheOtherApi_IsRefusedInWords()
    {
        var error = await Assert.ThrowsAsync<AgentException>(() => SendAsync([s_hi], new ChatOptions { ConversationId = "thread_1" }));

        Assert.Equal(AgentErrorKind.ThreadNotFound, error.Kind);
        Assert.Contains("Start a new conversation", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_JsonSchema_IsStrictWhereItsSchemaAllows()
    {
        var weather = (await SendAsync([s_hi], new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema<Weather>(schemaName: "weather") }))["text"]!["format"]!;
        var map = (await SendAsync([s_hi], new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema<Counts>() }))["text"]!["format"]!;

        Assert.Equal(("json_schema", "weather", true), ((string)weather["type"]!, (string)weather["name"]!, (bool)weather["strict"]!));
        Assert.False((bool)weather["schema"]!["additionalProperties"]!);
        Assert.Equal(["place", "degrees"], weather["schema"]!["required"]!.AsArray().Select(n => (string)n!));
        Assert.False((bool)map["strict"]!);
        Assert.Equal("integer", (string)map["schema"]!["properties"]!["words"]!["additionalProperties"]!["type"]!);
    }

    [Fact]
    public async Task Request_OptionsOfTheSdk_AreTheBase()
    {
        var body = await SendAsync([s_hi], new ChatOptions
        {
            Temperature = 0.5f,
            RawRepresentationFactory = _ => new global::OpenAI.Responses.CreateResponseOptions { Temperature = 0.25f, SafetyIdentifier = "u1" },
        });

        Assert.Equal((0.25, "u1"), ((double)body["temperature"]!, (string)body["safety_identifier"]!));
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
            new UriContent("https://x.test/a.pdf", "application/pdf"),
            new DataContent(new byte[] { 6 }, "application/pdf") { Name = "a.pdf" },
            new DataContent("Grüße"u8.ToArray(), "text/plain") { Name = "a.txt" },
            new HostedFileContent("file-1"),
            new HostedFileContent("file-2") { MediaType = "image/png" },
        ]);

        var body = await SendAsync([message], null);

        AssertJson(
            """
            [{"type":"input_text","text":"Look"},
             {"type":"input_image","image_url":"data:image/png;base64,AQID","detail":"low"},
             {"type":"input_image","image_url":"https://x.test/a.jpg","detail":"auto"},
             {"type":"input_text","text":"https://x.test/page"},
             {"type":"input_file","file_url":"https://x.test/a.pdf"},
             {"type":"input_file","file_data":"data:application/pdf;base64,Bg==","filename":"a.pdf"},
             {"type":"input_text","text":"File a.txt:\nGrüße"},
             {"type":"input_file","file_id":"file-1"},
             {"type":"input_image","file_id":"file-2","detail":"auto"}]
            """,
            body["input"]![0]!["content"]!);
    }

    [Fact]
    public async Task Request_Audio_IsRefusedInWords()
    {
        var error = await Assert.ThrowsAsync<AgentException>(
            () => SendAsync([new ChatMessage(ChatRole.User, [new DataContent(new byte[] { 4 }, "audio/mpeg")])], null));

        Assert.Contains("Chat client", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_HistoryWithThoughtsCallsResultsAndRefusal_IsWrittenInOrder()
    {
        var thoughts = new TextReasoningContent("Hm.") { ProtectedData = "gAAAA", AdditionalProperties = new() { ["reasoning_id"] = "rs_1" } };
        ChatMessage[] messages =
        [
            new(ChatRole.System, "S"),
            new(new ChatRole("developer"), "D"),
            new(ChatRole.User, "Q"),
            new(ChatRole.Assistant,
            [
                thoughts,
                new TextReasoningContent("without a form to send"),
                new TextContent("Let me"),
                new TextContent(" see."),
                ScriptedChatClient.Call("a", "f", """{ "x": 1 }"""),
                ScriptedChatClient.Call("b", "g", "{broken"),
            ]),
            new(ChatRole.Tool, [new FunctionResultContent("a", "text"), new FunctionResultContent("b", new { n = 1 })]),
            new(ChatRole.Assistant, [RefusalText.Create("No.")]),
            new(ChatRole.Assistant, []),
        ];

        AssertJson(
            """
            [{"type":"message","role":"system","content":[{"type":"input_text","text":"S"}]},
             {"type":"message","role":"developer","content":[{"type":"input_text","text":"D"}]},
             {"type":"message","role":"user","content":[{"type":"input_text","text":"Q"}]},
             {"type":"reasoning","id":"rs_1","encrypted_content":"gAAAA","summary":[{"type":"summary_text","text":"Hm."}]},
             {"type":"message","role":"assistant","content":"Let me see."},
             {"type":"function_call","call_id":"a","name":"f","arguments":"{ \"x\": 1 }"},
             {"type":"function_call","call_id":"b","name":"g","arguments":"{\"invalid_json\":\"{broken\"}"},
             {"type":"function_call_output","call_id":"a","output":"text"},
             {"type":"function_call_output","call_id":"b","output":"{\"n\":1}"},
             {"type":"message","role":"assistant","content":"No."}]
            """,
            (await SendAsync(messages, null))["input"]!);
    }

    internal static async Task<JsonNode> SendAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, ProviderKind kind = ProviderKind.OpenAI)
    {
        var handler = new FakeHttpHandler(_ => Sse(Created(), Completed()));
        using var client = TestClients.CreateResponses(handler, kind);
        await client.GetStreamingResponseAsync(messages, options).ToChatResponseAsync();
        var request = handler.Requests.Single();
        Assert.Equal("http://provider.test/v1/responses", request.Uri.ToString());
        Assert.Equal("Bearer " + TestClients.Key, request.Headers["Authorization"]);
        return JsonNode.Parse(request.Body)!;
    }

    internal static void AssertJson(string expected, JsonNode actual) => Assert.True(
        JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));

    private sealed record Weather(string Place, int Degrees = 20);

    private sealed record Counts(Dictionary<string, int> Words);
}
