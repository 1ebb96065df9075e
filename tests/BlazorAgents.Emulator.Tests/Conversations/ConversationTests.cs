using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using OpenAI;
using OpenAI.Conversations;
using OpenAI.Responses;

namespace BlazorAgents.Emulator.Tests.Conversations;

public sealed class ConversationTests
{
    [Fact]
    public async Task Conversation_Life_CreateGetUpdateDelete()
    {
        await using var sdk = await SdkClient.StartAsync();
        var client = sdk.Conversations;
        var options = new ConversationCreationOptions();
        options.Metadata["topic"] = "demo";

        ConversationResource created = await client.CreateConversationAsync(options);
        var update = new ConversationUpdateOptions(new Dictionary<string, string> { ["topic"] = "changed" });
        ConversationResource updated = await client.UpdateConversationAsync(created.Id, update);
        ConversationResource read = await client.GetConversationAsync(created.Id);
        ConversationDeletionResult deleted = await client.DeleteConversationAsync(created.Id);

        Assert.StartsWith("conv_", created.Id, StringComparison.Ordinal);
        Assert.Equal("changed", updated.Metadata["topic"]);
        Assert.Equal("changed", read.Metadata["topic"]);
        Assert.True(deleted.Deleted);
        Assert.Equal(404, (await SdkClient.FailAsync(() => client.GetConversationAsync(created.Id))).Status);
    }

    [Fact]
    public async Task Response_InConversation_ReadsAndAddsItems()
    {
        await using var sdk = await SdkClient.StartAsync();
        ConversationResource conversation = await sdk.Conversations.CreateConversationAsync(new ConversationCreationOptions());

        await SayAsync(sdk, conversation.Id, "My name is Alice");
        var answer = await SayAsync(sdk, conversation.Id, "What's my name?");

        Assert.Contains("Alice", answer.GetOutputText(), StringComparison.Ordinal);
        Assert.Equal(conversation.Id, answer.ConversationOptions.ConversationId);
        var items = await ItemsAsync(sdk, conversation.Id, order: "asc");
        Assert.Equal(["My name is Alice", "Nice to meet you, Alice! How can I help you?", "What's my name?", "Your name is Alice."],
            items.Cast<MessageResponseItem>().Select(item => item.Content[0].Text));
    }

    [Fact]
    public async Task Items_CreatedListedReadDeleted_InPages()
    {
        await using var sdk = await SdkClient.StartAsync();
        ConversationResource conversation = await sdk.Conversations.CreateConversationAsync(new ConversationCreationOptions());
        var body = new { items = Enumerable.Range(0, 5).Select(number => new { type = "message", role = "user", content = $"text {number}" }) };

        var added = await sdk.Conversations.CreateConversationItemsAsync(conversation.Id, BinaryContent.CreateJson(body));
        var newestFirst = await ItemsAsync(sdk, conversation.Id, limit: 2);
        var first = newestFirst[^1].Id;
        var read = await sdk.Conversations.GetConversationItemAsync(conversation.Id, first, null, null);
        await sdk.Conversations.DeleteConversationItemAsync(conversation.Id, first, null);
        var left = await ItemsAsync(sdk, conversation.Id, order: "asc");

        Assert.Equal(5, Json(added).GetProperty("data").GetArrayLength());
        Assert.Equal(["text 4", "text 3", "text 2", "text 1", "text 0"], newestFirst.Cast<MessageResponseItem>().Select(item => item.Content[0].Text));
        Assert.Equal("text 0", Json(read).GetProperty("content")[0].GetProperty("text").GetString());
        Assert.Equal(["text 1", "text 2", "text 3", "text 4"], left.Cast<MessageResponseItem>().Select(item => item.Content[0].Text));
        Assert.Equal(404, (await SdkClient.FailAsync(() => sdk.Conversations.GetConversationItemAsync(conversation.Id, first, null, null))).Status);
    }

    [Theory]
    [InlineData("conv_missing", 404)]
    [InlineData("thread_abc", 400)]
    public async Task Conversation_NotThere_IsRefused(string id, int status)
    {
        await using var sdk = await SdkClient.StartAsync();

        Assert.Equal(status, (await SdkClient.FailAsync(() => SayAsync(sdk, id, "Hello"))).Status);
        Assert.Equal(status, (await SdkClient.FailAsync(() => sdk.Conversations.GetConversationAsync(id))).Status);
    }

    [Fact]
    public async Task Conversation_InUse_IsLockedUntilTheResponseEnds()
    {
        var time = new StoppedClock();
        await using var sdk = await SdkClient.StartAsync(time: time, pace: Emulator.Demo.DemoPace.Human);
        ConversationResource conversation = await sdk.Conversations.CreateConversationAsync(new ConversationCreationOptions());

        var first = SayAsync(sdk, conversation.Id, "Hello");
        await time.Waiting.WaitAsync(EmulatorClient.Patience);
        var error = await SdkClient.FailAsync(() => SayAsync(sdk, conversation.Id, "Hello again"));
        time.Release();
        await first;

        Assert.Contains("conversation_locked", error.Message, StringComparison.Ordinal);
        Assert.Equal(ResponseStatus.Completed, (await SayAsync(sdk, conversation.Id, "Hello")).Status);
    }

    private static Task<ResponseResult> SayAsync(SdkClient sdk, string conversation, string text)
    {
        var ask = SdkClient.Ask(text);
        ask.ConversationOptions = new ResponseConversationOptions(conversation);
        return sdk.CreateAsync(ask);
    }

    private static async Task<List<ResponseItem>> ItemsAsync(SdkClient sdk, string conversation, int? limit = null, string? order = null)
    {
        var items = new List<ResponseItem>();
        await foreach (var page in sdk.Conversations.GetConversationItemsAsync(conversation, limit, order, null, null, null).GetRawPagesAsync())
        {
            items.AddRange(Json(page).GetProperty("data").EnumerateArray()
                .Select(item => ModelReaderWriter.Read<ResponseItem>(BinaryData.FromString(item.GetRawText()), ModelReaderWriterOptions.Json, OpenAIContext.Default)!));
        }

        return items;
    }

    private static JsonElement Json(ClientResult result) => JsonDocument.Parse(result.GetRawResponse().Content).RootElement;
}
