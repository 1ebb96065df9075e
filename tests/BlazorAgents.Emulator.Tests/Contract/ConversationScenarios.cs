using System.Net;

namespace BlazorAgents.Emulator.Tests.Contract;

/// <summary>Conversations and their items.</summary>
internal static class ConversationScenarios
{
    private const string Message = """{"type":"message","role":"user","content":"My name is Ada."}""";

    public static IReadOnlyList<ContractScenario> All { get; } =
    [
        new("conversations: made, changed, deleted", ConversationsAsync),
        new("conversations: items", ItemsAsync),
        new("conversations: responses in them", ResponsesAsync),
        new("conversations: the SDK", SdkAsync),
        new("conversations: wrong requests", WrongAsync),
    ];

    private static async Task ConversationsAsync(ContractSession session)
    {
        var empty = await session.PostJsonAsync("conversations", "{}");
        var made = await session.PostJsonAsync("conversations", $$"""{"metadata":{"a":"b"},"items":[{{Message}}]}""");

        await session.GetAsync($"conversations/{made["id"]}");
        await session.PostAsync($"conversations/{made["id"]}", """{"metadata":{"c":"d"}}""");
        await session.DeleteAsync($"conversations/{made["id"]}");
        await session.DeleteAsync($"conversations/{empty["id"]}");
    }

    private static async Task ItemsAsync(ContractSession session)
    {
        var id = (await session.PostJsonAsync("conversations", $$"""{"items":[{{Message}}]}"""))["id"];
        var path = $"conversations/{id}/items";
        await session.PostAsync(path, $$"""
            {"items":[
             {"type":"message","role":"assistant","content":"Hello Ada."},
             {"type":"message","role":"user","content":[{"type":"input_text","text":"See"},{"type":"input_image","image_url":"https://x.test/a.png","detail":"low"},{"type":"input_file","file_id":"file-1"}]},
             {"type":"function_call","call_id":"call_1","name":"f","arguments":"{}"},
             {"type":"function_call_output","call_id":"call_1","output":"done"}]}
            """);

        var page = await session.GetJsonAsync(path + "?limit=2&order=asc&include[]=message.input_image.image_url");
        await session.GetAsync($"{path}?after={page["last_id"]}");
        await session.GetAsync($"{path}/{page["first_id"]}");
        await session.DeleteAsync($"{path}/{page["first_id"]}");
    }

    private static async Task ResponsesAsync(ContractSession session)
    {
        var id = (await session.PostJsonAsync("conversations", "{}"))["id"];
        await session.PostAsync("responses", $$"""{"model":"demo-model","conversation":"{{id}}","input":"My name is Ada."}""");
        await session.PostAsync("responses", $$"""{"model":"demo-model","conversation":{"id":"{{id}}"},"stream":true,"input":"What is my name?"}""");

        Assert.Equal(4, (await session.GetJsonAsync($"conversations/{id}/items"))["data"]!.AsArray().Count);
    }

    private static async Task SdkAsync(ContractSession session)
    {
        var client = session.Sdk.GetConversationClient();
        var options = new OpenAI.Conversations.ConversationCreationOptions();
        options.Items.Add(OpenAI.Responses.ResponseItem.CreateUserMessageItem("Hello"));
        options.Metadata["a"] = "b";
        OpenAI.Conversations.ConversationResource made = await client.CreateConversationAsync(options);

        await client.GetConversationAsync(made.Id);
        await client.CreateConversationItemsAsync(made.Id, System.ClientModel.BinaryContent.Create(BinaryData.FromString($$"""{"items":[{{Message}}]}""")), null, null);
        await client.DeleteConversationAsync(made.Id);
    }

    private static async Task WrongAsync(ContractSession session)
    {
        await session.GetAsync("conversations/conv_none", HttpStatusCode.NotFound);
        await session.GetAsync("conversations/conv_none/items", HttpStatusCode.NotFound);
        await session.PostAsync("conversations", """{"items":7}""", HttpStatusCode.BadRequest);
        var id = (await session.PostJsonAsync("conversations", "{}"))["id"];
        await session.GetAsync($"conversations/{id}/items/msg_none", HttpStatusCode.NotFound);
    }
}
