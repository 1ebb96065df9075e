using System.Net;
using System.Text.Json.Nodes;
using OpenAI.Assistants;

namespace BlazorAgents.Emulator.Tests.Contract;

/// <summary>The retired Assistants API: assistants, threads and messages.</summary>
internal static class AssistantScenarios
{
    public static IReadOnlyList<ContractScenario> All { get; } =
    [
        new("assistants: made, listed, changed, deleted", AssistantsAsync),
        new("threads: made, changed, deleted", ThreadsAsync),
        new("threads: messages", MessagesAsync),
        new("assistants: the SDK", SdkAsync),
        new("assistants: wrong requests", WrongAsync),
    ];

    private static async Task AssistantsAsync(ContractSession session)
    {
        var store = (await session.PostJsonAsync("vector_stores", "{}"))["id"];
        var file = await session.UploadAsync("a.csv", "a,b");
        await session.PostAsync("assistants", """{"model":"demo-model"}""");
        var made = await session.PostJsonAsync("assistants", $$$$"""
            {"model":"demo-model","name":"Ada","description":"Knows all.","instructions":"Be brief.","temperature":0.5,"top_p":0.5,"metadata":{"a":"b"},"response_format":"auto",
             "tools":[{"type":"code_interpreter"},{"type":"file_search","file_search":{"max_num_results":5,"ranking_options":{"ranker":"auto","score_threshold":0}}},
               {"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object","properties":{}},"strict":false}}],
             "tool_resources":{"code_interpreter":{"file_ids":["{{{{file}}}}"]},"file_search":{"vector_store_ids":["{{{{store}}}}"]}}}
            """);

        await session.GetAsync($"assistants/{made["id"]}");
        await session.PostAsync($"assistants/{made["id"]}", """{"name":"Grace","tools":[],"response_format":{"type":"json_object"}}""");
        var page = await session.GetJsonAsync("assistants?limit=1&order=asc");
        await session.GetAsync($"assistants?after={page["last_id"]}");
        await session.DeleteAsync($"assistants/{made["id"]}");
    }

    private static async Task ThreadsAsync(ContractSession session)
    {
        await session.PostEmptyAsync("threads");
        var made = await session.PostJsonAsync("threads", """{"messages":[{"role":"user","content":"Hello"}],"metadata":{"a":"b"},"tool_resources":{"file_search":{"vector_stores":[{"file_ids":[]}]}}}""");

        await session.GetAsync($"threads/{made["id"]}");
        await session.PostAsync($"threads/{made["id"]}", """{"metadata":{"c":"d"}}""");
        await session.DeleteAsync($"threads/{made["id"]}");
    }

    private static async Task MessagesAsync(ContractSession session)
    {
        var file = await session.UploadAsync("a.txt", "one");
        var path = $"threads/{(await session.PostJsonAsync("threads", "{}"))["id"]}/messages";
        await session.PostAsync(path, """{"role":"assistant","content":"Hello"}""");
        var made = await session.PostJsonAsync(path, $$$"""
            {"role":"user","content":[{"type":"text","text":"See"},{"type":"image_url","image_url":{"url":"https://x.test/a.png","detail":"low"}}],
             "attachments":[{"file_id":"{{{file}}}","tools":[{"type":"file_search"}]}],"metadata":{"a":"b"}}
            """);

        await session.GetAsync($"{path}/{made["id"]}");
        await session.PostAsync($"{path}/{made["id"]}", """{"metadata":{"c":"d"}}""");
        var page = await session.GetJsonAsync(path + "?limit=1&order=asc");
        await session.GetAsync($"{path}?after={page["last_id"]}");
        await session.DeleteAsync($"{path}/{made["id"]}");
    }

    private static async Task SdkAsync(ContractSession session)
    {
        var client = session.Sdk.GetAssistantClient();
        Assistant assistant = await client.CreateAssistantAsync("demo-model", new AssistantCreationOptions { Name = "Ada", Instructions = "Be brief.", Tools = { ToolDefinition.CreateCodeInterpreter() } });
        AssistantThread thread = await client.CreateThreadAsync(new ThreadCreationOptions { InitialMessages = { "Hello" } });
        await client.CreateMessageAsync(thread.Id, MessageRole.User, ["Who are you?"]);
        await using var updates = await client.CreateRunStreamingAsync(thread.Id, assistant.Id, new RunCreationOptions { AdditionalInstructions = "Be kind." });
        var text = "";
        await foreach (var update in updates)
        {
            text += (update as MessageContentUpdate)?.Text;
        }

        Assert.NotEqual("", text);
        await foreach (var message in client.GetMessagesAsync(thread.Id))
        {
            Assert.NotEmpty(message.Content);
        }

        await client.DeleteThreadAsync(thread.Id);
        await client.DeleteAssistantAsync(assistant.Id);
    }

    private static async Task WrongAsync(ContractSession session)
    {
        await session.GetAsync("assistants/asst_none", HttpStatusCode.NotFound);
        await session.GetAsync("threads/thread_none", HttpStatusCode.NotFound);
        await session.GetAsync("threads/thread_none/messages", HttpStatusCode.NotFound);
        await session.PostAsync("assistants", "{}", HttpStatusCode.BadRequest);
        var thread = (await session.PostJsonAsync("threads", "{}"))["id"];
        await session.PostAsync($"threads/{thread}/messages", """{"role":"robot","content":"x"}""", HttpStatusCode.BadRequest);
        await session.GetAsync($"threads/{thread}/messages/msg_none", HttpStatusCode.NotFound);
        await session.GetAsync($"threads/{thread}/runs/run_none", HttpStatusCode.NotFound);
        await session.PostAsync($"threads/{thread}/runs", """{"assistant_id":"asst_none"}""", HttpStatusCode.NotFound);
    }
}
