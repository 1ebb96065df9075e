using System.Text.Json;
using System.Text.Json.Nodes;
using BlazorAgents.Agents;
using BlazorAgents.OpenAI.Assistants;
using Microsoft.Extensions.AI;

namespace BlazorAgents.OpenAI.Tests.Assistants;

public sealed class AssistantsApiRequestTests
{
    private readonly AssistantsServer _server = new();

    [Fact]
    public async Task Run_NewThread_MakesAssistantThreadAndRunWithExactlyThis()
    {
        _server.ThenText("Hello");
        using var client = _server.CreateClient();
        var agent = new ChatAgent(client, new ChatAgentOptions
        {
            Name = "Weather",
            Instructions = "Be kind.",
            Tools = [AIFunctionFactory.Create((int x) => x, "t", "Doubles."), new HostedFileSearchTool { Inputs = [new HostedVectorStoreContent("vs_1")], MaximumResultCount = 3 }, new HostedCodeInterpreterTool()],
            Temperature = 0.5f,
            MaxTokens = 500,
        });

        await agent.RunAsync("Hi", agent.GetNewThread());

        Assert.Equal(["POST /assistants", "POST /threads", "POST /threads/thread_1/runs"], _server.Calls);
        var assistant = _server.Bodies("POST /assistants").Single();
        var metadata = assistant["metadata"]!.AsObject();
        Assert.Matches("^[0-9a-f]{16}/[0-9]+/[0-9]+$", (string)metadata["blazoragents"]!);
        Assert.True(long.TryParse((string)metadata["blazoragents_created"]!, out _));
        assistant.AsObject().Remove("metadata");
        var function = assistant["tools"]![0]!["function"]!.AsObject();
        Assert.NotNull(function["parameters"]!["properties"]!["x"]);
        function.Remove("parameters");
        AssertJson(
            """
            {"model":"gpt-test","name":"Weather","instructions":"Be kind.",
             "tools":[{"type":"function","function":{"name":"t","description":"Doubles."}},
                      {"type":"file_search","file_search":{"max_num_results":3}},{"type":"code_interpreter"}],
             "tool_resources":{"file_search":{"vector_store_ids":["vs_1"]}}}
            """,
            assistant);
        AssertJson(
            """
            {"assistant_id":"asst_1","additional_messages":[{"role":"user","content":"Hi"}],
             "stream":true,"temperature":0.5,"max_completion_tokens":500}
            """,
            _server.Bodies("POST /threads/thread_1/runs").Single());
        Assert.Equal("assistants=v2", _server.Handler.Requests[0].Headers["OpenAI-Beta"]);
    }

    [Fact]
    public async Task Run_SettingsThatChange_OverrideTheOneAssistant()
    {
        _server.ThenText("a").ThenText("b");
        using var client = _server.CreateClient();
        var thread = new AgentThread("thread_9");
        ChatAgent Agent(string instructions, string tool, string model) => new(client, new ChatAgentOptions
        {
            Instructions = instructions,
            ModelId = model,
            Tools = [AIFunctionFactory.Create(() => 1, tool)],
        });

        await Agent("One.", "t", "m1").RunAsync("Hi", thread);
        await Agent("Two.", "u", "m2").RunAsync("Hi", thread);

        Assert.Single(_server.Bodies("POST /assistants"));
        var second = _server.Bodies("POST /threads/thread_9/runs")[1];
        Assert.Equal(("Two.", "m2", "u"), ((string)second["instructions"]!, (string)second["model"]!, (string)second["tools"]![0]!["function"]!["name"]!));
    }

    [Fact]
    public async Task Run_AssistantThatExists_IsUsedAndNeverDeleted()
    {
        _server.ThenText("a");
        await using (var client = _server.CreateClient(new AssistantsApiOptions { AssistantId = "asst_mine" }))
        {
            await client.CreateAgent(instructions: "Be kind.").RunAsync("Hi", new AgentThread("thread_9"));
        }

        Assert.Equal(["POST /threads/thread_9/runs"], _server.Calls);
        var run = _server.Bodies("POST /threads/thread_9/runs").Single();
        Assert.Equal(("asst_mine", "Be kind."), ((string)run["assistant_id"]!, (string)run["instructions"]!));
    }

    [Fact]
    public async Task Run_JsonSchema_IsStrictOnTheAssistant()
    {
        _server.ThenText("{}");
        using var client = _server.CreateClient();

        await client.GetResponseAsync("Hi", new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema<Person>(schemaName: "person") });

        var format = _server.Bodies("POST /assistants").Single()["response_format"]!;
        Assert.Equal(("json_schema", "person", true), ((string)format["type"]!, (string)format["json_schema"]!["name"]!, (bool)format["json_schema"]!["strict"]!));
        Assert.False((bool)format["json_schema"]!["schema"]!["additionalProperties"]!);
    }

    [Fact]
    public async Task Run_PicturesAndFiles_AreUploadedAndAttached()
    {
        _server.ThenText("a");
        using var client = _server.CreateClient();
        ChatMessage message = new(ChatRole.User,
        [
            new TextContent("Look"),
            new UriContent("https://x.test/a.png", "image/png"),
            new DataContent("PNG"u8.ToArray(), "image/png"),
            new DataContent("PDF"u8.ToArray(), "application/pdf") { Name = "fees.pdf" },
            new HostedFileContent("file_7"),
        ]);

        await client.GetResponseAsync(
            [new ChatMessage(ChatRole.System, "Today is Monday."), message], new ChatOptions { Tools = [new HostedCodeInterpreterTool()] });

        var uploads = _server.Handler.Requests.Where(r => r.Uri.AbsolutePath == "/v1/files").Select(r => r.Body).ToList();
        Assert.Equal(2, uploads.Count);
        Assert.Contains("vision", uploads[0], StringComparison.Ordinal);
        Assert.Contains("fees.pdf", uploads[1], StringComparison.Ordinal);
        var run = _server.Bodies("POST /threads/thread_1/runs").Single();
        Assert.Equal("Today is Monday.", (string)run["additional_instructions"]!);
        AssertJson(
            """
            [{"role":"user","content":[{"type":"text","text":"Look"},{"type":"image_url","image_url":{"url":"https://x.test/a.png"}},
              {"type":"image_file","image_file":{"file_id":"file_1"}}],
              "attachments":[{"file_id":"file_1","tools":[{"type":"code_interpreter"}]},{"file_id":"file_7","tools":[{"type":"code_interpreter"}]}]}]
            """,
            run["additional_messages"]!);
    }

    [Fact]
    public async Task Run_FileThatNoToolReads_IsRefusedBeforeItIsUploaded()
    {
        using var client = _server.CreateClient();

        var error = await Assert.ThrowsAsync<AgentException>(() => client.GetResponseAsync(
            [new ChatMessage(ChatRole.User, [new DataContent("PDF"u8.ToArray(), "application/pdf") { Name = "fees.pdf" }])]));

        Assert.Contains("fees.pdf", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("POST /files", _server.Calls);
    }

    [Fact]
    public async Task Run_TextFileWithoutFileTools_IsSentAsText()
    {
        _server.ThenText("a");
        using var client = _server.CreateClient();

        await client.GetResponseAsync([new ChatMessage(ChatRole.User, [new DataContent("Ten."u8.ToArray(), "text/plain") { Name = "fees.txt" }])]);

        var run = _server.Bodies("POST /threads/thread_1/runs").Single();
        Assert.Equal("File fees.txt:\nTen.", (string)run["additional_messages"]![0]!["content"]!);
    }

    [Theory]
    [InlineData("web")]
    [InlineData("image")]
    [InlineData("mcp")]
    public async Task Run_ToolThatTheApiLacks_IsRefusedInWords(string kind)
    {
        using var client = _server.CreateClient();
        AITool tool = kind switch
        {
            "web" => new HostedWebSearchTool(),
            "image" => new HostedImageGenerationTool(),
            _ => new HostedMcpServerTool("docs", new Uri("https://mcp.test")),
        };

        var error = await Assert.ThrowsAsync<AgentException>(() => client.GetResponseAsync("Hi", new ChatOptions { Tools = [tool] }));

        Assert.Contains("Responses client", error.Message, StringComparison.Ordinal);
        Assert.Empty(_server.Calls);
    }

    private static void AssertJson(string expected, JsonNode actual) => Assert.True(
        JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));

    private sealed record Person(string Name, int Age = 3);
}
