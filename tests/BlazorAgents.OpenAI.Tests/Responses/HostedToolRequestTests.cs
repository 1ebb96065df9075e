using BlazorAgents.Agents;
using BlazorAgents.Agents.HostedTools;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.AI;
using static BlazorAgents.OpenAI.Tests.Responses.RequestTests;
using static BlazorAgents.OpenAI.Tests.Responses.ResponseWire;

namespace BlazorAgents.OpenAI.Tests.Responses;

public sealed class HostedToolRequestTests
{
    private static readonly ChatMessage s_hi = new(ChatRole.User, "Hi");

    [Fact]
    public async Task Tools_OfEveryKind_AreSentWithWhatTheyFind()
    {
        var body = await SendAsync([s_hi], new ChatOptions
        {
            Tools =
            [
                new HostedFileSearchTool { Inputs = [new HostedVectorStoreContent("vs_1"), new HostedVectorStoreContent("vs_2")], MaximumResultCount = 7 },
                new HostedCodeInterpreterTool { Inputs = [new HostedFileContent("file-1")] },
                new HostedCodeInterpreterTool(),
                new HostedWebSearchTool(),
                new WebSearchLocation("FR", "Île-de-France", "Paris", "Europe/Paris").CreateTool(),
                new HostedImageGenerationTool(),
                new HostedImageGenerationTool { Options = new() { ModelId = "gpt-image-1", ImageSize = new(1024, 1536), MediaType = "image/webp", StreamingCount = 2 } },
            ],
        });

        AssertJson(
            """
            [{"type":"file_search","vector_store_ids":["vs_1","vs_2"],"max_num_results":7},
             {"type":"code_interpreter","container":{"type":"auto","file_ids":["file-1"]}},
             {"type":"code_interpreter","container":{"type":"auto"}},
             {"type":"web_search"},
             {"type":"web_search","user_location":{"type":"approximate","country":"FR","region":"Île-de-France","city":"Paris","timezone":"Europe/Paris"}},
             {"type":"image_generation"},
             {"type":"image_generation","model":"gpt-image-1","size":"1024x1536","output_format":"webp","partial_images":2}]
            """,
            body["tools"]!);
        AssertJson("""["file_search_call.results","code_interpreter_call.outputs","web_search_call.action.sources"]""", body["include"]!);
    }

    [Fact]
    public async Task McpTools_WithEachApprovalMode_AreSent()
    {
        var body = await SendAsync([s_hi], new ChatOptions
        {
            Tools =
            [
                new HostedMcpServerTool("plain", new Uri("https://mcp.test/a")),
                new HostedMcpServerTool("always", new Uri("https://mcp.test/b")) { ApprovalMode = HostedMcpServerToolApprovalMode.AlwaysRequire, ServerDescription = "B" },
                new HostedMcpServerTool("never", new Uri("https://mcp.test/c"))
                {
                    ApprovalMode = HostedMcpServerToolApprovalMode.NeverRequire,
                    AllowedTools = ["roll"],
                    Headers = new Dictionary<string, string> { ["authorization"] = "Bearer secret", ["X-Team"] = "7" },
                },
                new HostedMcpServerTool("some", new Uri("https://mcp.test/d")) { ApprovalMode = HostedMcpServerToolApprovalMode.RequireSpecific(["buy"], ["look"]) },
                new HostedMcpServerTool("mail", "connector_gmail") { Headers = new Dictionary<string, string> { ["Authorization"] = "Bearer oauth" } },
            ],
        });

        AssertJson(
            """
            [{"type":"mcp","server_label":"plain","server_url":"https://mcp.test/a"},
             {"type":"mcp","server_label":"always","server_url":"https://mcp.test/b","server_description":"B","require_approval":"always"},
             {"type":"mcp","server_label":"never","server_url":"https://mcp.test/c","authorization":"secret","headers":{"X-Team":"7"},
              "allowed_tools":{"tool_names":["roll"]},"require_approval":"never"},
             {"type":"mcp","server_label":"some","server_url":"https://mcp.test/d",
              "require_approval":{"always":{"tool_names":["buy"]},"never":{"tool_names":["look"]}}},
             {"type":"mcp","server_label":"mail","connector_id":"connector_gmail","authorization":"oauth"}]
            """,
            body["tools"]!);
    }

    [Theory]
    [InlineData("file_search", """{"type":"file_search"}""")]
    [InlineData("web_search", """{"type":"web_search_preview"}""")]
    [InlineData("code_interpreter", """{"type":"code_interpreter"}""")]
    [InlineData("image_generation", """{"type":"image_generation"}""")]
    [InlineData("mcp", """{"type":"mcp","server_label":"dice"}""")]
    public async Task ToolMode_NamedHostedTool_IsSent(string name, string expected)
    {
        AITool tool = name switch
        {
            "file_search" => new HostedFileSearchTool { Inputs = [new HostedVectorStoreContent("vs_1")] },
            "web_search" => new HostedWebSearchTool(),
            "code_interpreter" => new HostedCodeInterpreterTool(),
            "image_generation" => new HostedImageGenerationTool(),
            _ => new HostedMcpServerTool("dice", new Uri("https://mcp.test/a")),
        };

        var body = await SendAsync([s_hi], new ChatOptions { Tools = [tool], ToolMode = ChatToolMode.RequireSpecific(name) });

        AssertJson(expected, body["tool_choice"]!);
    }

    [Fact]
    public async Task FileSearch_WithoutAStore_IsRefusedInWords()
    {
        var error = await Assert.ThrowsAsync<AgentException>(() => SendAsync([s_hi], new ChatOptions { Tools = [new HostedFileSearchTool()] }));

        Assert.Contains("vector store", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ImageGeneration_OnAzure_IsRefusedInWords()
    {
        var error = await Assert.ThrowsAsync<AgentException>(
            () => SendAsync([s_hi], new ChatOptions { Tools = [new HostedImageGenerationTool()] }, ProviderKind.AzureOpenAI));

        Assert.Equal(AgentErrorKind.BadResponse, error.Kind);
        Assert.Contains("Azure", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approval_Answered_IsSentAfterItsRequest()
    {
        var call = new McpServerToolCallContent("mcpr_1", "roll", "dice") { Arguments = new Dictionary<string, object?> { ["dice"] = "2d4" } };
        var request = new ToolApprovalRequestContent("mcpr_1", call);
        var answer = request.CreateResponse(false, "Not now.");

        var body = await SendAsync([s_hi, new ChatMessage(ChatRole.Assistant, [request]), new ChatMessage(ChatRole.User, [answer])], null);

        AssertJson("""{"type":"mcp_approval_request","id":"mcpr_1","server_label":"dice","name":"roll","arguments":"{\"dice\":\"2d4\"}"}""", body["input"]![1]!);
        AssertJson("""{"type":"mcp_approval_response","approval_request_id":"mcpr_1","approve":false,"reason":"Not now."}""", body["input"]![2]!);
    }

    /// <summary>What the server sent goes back as it came, known or not, in its place.</summary>
    [Fact]
    public async Task History_OfHostedAndUnknownItems_GoesBackVerbatim()
    {
        string[] items =
        [
            """{"type":"file_search_call","id":"fs_1","status":"completed","queries":["q"],"results":[{"file_id":"file-1","filename":"a.txt","score":0.5,"text":"t","attributes":{"k":"v"}}]}""",
            """{"type":"surprise_call","id":"su_1","deep":{"list":[1,2.5,null]},"text":"ü"}""",
            """{"type":"mcp_list_tools","id":"mcpl_1","server_label":"dice","tools":[{"name":"roll","input_schema":{"type":"object"},"annotations":{"readOnlyHint":true},"description":"d"}]}""",
            """{"type":"mcp_approval_request","id":"mcpr_1","server_label":"dice","name":"roll","arguments":"{ }"}""",
            """{"type":"image_generation_call","id":"ig_1","status":"completed","result":"AQID"}""",
        ];
        var first = new FakeHttpHandler(_ => Sse([Created(), .. items.Select((item, i) => Done(i, item)), Text("ok", items.Length), Completed()]));
        using var client = TestClients.CreateResponses(first);
        var response = await client.GetStreamingResponseAsync([s_hi]).ToChatResponseAsync();

        // A compatible server, for requests to OpenAI must keep to its specification, and that knows no surprises.
        var body = await SendAsync([s_hi, .. response.Messages, new ChatMessage(ChatRole.User, "Go on")], null, ProviderKind.Compatible);

        var input = body["input"]!.AsArray();
        Assert.Equal(items.Length + 3, input.Count);
        for (var i = 0; i < items.Length; i++)
        {
            AssertJson(items[i], input[i + 1]!);
        }

        Assert.Equal("ok", (string)input[items.Length + 1]!["content"]!);
    }

    [Fact]
    public async Task History_OfEncryptedThoughts_GoesBackWithItsId()
    {
        const string Item = """{"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"Hm."}],"encrypted_content":"gAAAA"}""";
        var handler = new FakeHttpHandler(_ => Sse(
            Created(),
            """{"type":"response.reasoning_summary_text.delta","item_id":"rs_1","output_index":0,"summary_index":0,"delta":"H"}""",
            """{"type":"response.reasoning_summary_text.delta","item_id":"rs_1","output_index":0,"summary_index":0,"delta":"m."}""",
            Done(0, Item),
            Done(1, """{"type":"reasoning","id":"rs_2","summary":[],"encrypted_content":"gBBBB"}"""),
            Done(2, """{"type":"function_call","id":"fc_1","call_id":"a","name":"f","arguments":"{}","status":"completed"}"""),
            Completed()));
        using var client = TestClients.CreateResponses(handler);
        var response = await client.GetStreamingResponseAsync([s_hi]).ToChatResponseAsync();

        var body = await SendAsync([.. response.Messages, new ChatMessage(ChatRole.Tool, [new FunctionResultContent("a", "1")])], null);

        AssertJson(
            $$"""
            [{{Item}},{"type":"reasoning","id":"rs_2","summary":[],"encrypted_content":"gBBBB"},
             {"type":"function_call","call_id":"a","name":"f","arguments":"{}"},{"type":"function_call_output","call_id":"a","output":"1"}]
            """,
            body["input"]!);
    }
}
