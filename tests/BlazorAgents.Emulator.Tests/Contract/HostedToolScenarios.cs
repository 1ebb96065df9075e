using System.Text.Json.Nodes;
using BlazorAgents.Emulator.Tests.Responses;

namespace BlazorAgents.Emulator.Tests.Contract;

/// <summary>Responses in which the demo model uses the tools of the server.</summary>
internal static class HostedToolScenarios
{
    public static IReadOnlyList<ContractScenario> All { get; } =
    [
        new("hosted tools: file search", FileSearchAsync),
        new("hosted tools: web search", WebSearchAsync),
        new("hosted tools: code interpreter", CodeAsync),
        new("hosted tools: a picture", PictureAsync),
        new("hosted tools: MCP, called, approved and refused", McpAsync),
        new("hosted tools: MCP server that is not there", McpMissingAsync),
    ];

    private static async Task FileSearchAsync(ContractSession session)
    {
        var file = await session.UploadAsync("handbook.txt", "Every employee has 25 days of paid vacation a year.");
        var store = (await session.PostJsonAsync("vector_stores", $$"""{"file_ids":["{{file}}"]}"""))["id"];
        await session.UntilAsync($"vector_stores/{store}", found => (string)found["status"]! == "completed");

        await AskAsync(session, "How many days of paid vacation does every employee have?", "file_search_call",
            $$"""{"type":"file_search","vector_store_ids":["{{store}}"],"max_num_results":3}""", "file_search_call.results");
    }

    private static async Task WebSearchAsync(ContractSession session) => await AskAsync(session, "Search the web: how tall is the Eiffel Tower?", "web_search_call",
        """{"type":"web_search","search_context_size":"low","user_location":{"type":"approximate","country":"FR","city":"Paris"}}""", "web_search_call.action.sources");

    private static async Task CodeAsync(ContractSession session)
    {
        const string Tool = """{"type":"code_interpreter","container":{"type":"auto"}}""";
        await AskAsync(session, "Run this Python code:\n```python\nprint(2 + 2)\n```", "code_interpreter_call", Tool, "code_interpreter_call.outputs");
        await AskAsync(session, "Run this Python code:\n```python\nprint(1 / 0)\n```", "code_interpreter_call", Tool, "code_interpreter_call.outputs");
        await AskAsync(session, "Plot a chart of [1, 4, 9, 16]", "code_interpreter_call", Tool, "code_interpreter_call.outputs");
        await session.GetAsync("containers");
    }

    private static async Task PictureAsync(ContractSession session) => await AskAsync(session, "Draw a picture of a red house by the sea", "image_generation_call",
        """{"type":"image_generation","size":"1024x1024","output_format":"png","partial_images":2}""", null);

    private static async Task McpAsync(ContractSession session)
    {
        await using var server = new McpServerFake();
        await AskAsync(session, "Roll dice with 6 sides", "mcp_call", Mcp(server.Url, "never"), null);
        await AskAsync(session, "Delete the note titled Groceries", "mcp_call", Mcp(server.Url, "never"), null);
        foreach (var approve in new[] { "true", "false" })
        {
            var tool = Mcp(server.Url, "always");
            var asked = await AskAsync(session, "Roll dice with 6 sides", "mcp_approval_request", tool, null);
            var request = asked["output"]!.AsArray().Single(item => (string)item!["type"]! == "mcp_approval_request")!["id"];
            await session.PostAsync("responses", $$"""
                {"model":"demo-model","previous_response_id":"{{asked["id"]}}","tools":[{{tool}}],
                 "input":[{"type":"mcp_approval_response","approval_request_id":"{{request}}","approve":{{approve}} }]}
                """);
            await session.GetAsync($"responses/{asked["id"]}/input_items");
        }
    }

    private static async Task McpMissingAsync(ContractSession session) =>
        await AskAsync(session, "Hello", "mcp_list_tools", Mcp(new Uri("http://127.0.0.1:9/mcp"), "never"), null);

    private static string Mcp(Uri url, string approval) => $$"""{"type":"mcp","server_label":"dice","server_url":"{{url}}","require_approval":"{{approval}}"}""";

    /// <summary>Asks plain and streamed; both answers hold an item of this type. The plain one is read again.</summary>
    private static async Task<JsonNode> AskAsync(ContractSession session, string text, string item, string tool, string? include)
    {
        var ask = new JsonObject { ["model"] = "demo-model", ["input"] = text, ["tools"] = new JsonArray(JsonNode.Parse(tool)) };
        if (include is not null)
        {
            ask["include"] = new JsonArray(include);
        }

        var answer = await session.PostJsonAsync("responses", ask.ToJsonString());
        Assert.Contains(answer["output"]!.AsArray(), found => (string)found!["type"]! == item);
        await session.GetAsync($"responses/{answer["id"]}" + (include is null ? "" : "?include[]=" + include));
        ask["stream"] = true;
        Assert.Contains($"\"type\":\"{item}\"", await session.PostAsync("responses", ask.ToJsonString()), StringComparison.Ordinal);
        return answer;
    }
}
