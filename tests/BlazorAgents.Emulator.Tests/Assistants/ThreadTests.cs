using BlazorAgents.Emulator.Demo;
using BlazorAgents.Emulator.Tests.VectorStores;
using OpenAI.Assistants;

namespace BlazorAgents.Emulator.Tests.Assistants;

public sealed class ThreadTests
{
    [Fact]
    public async Task Thread_CreateGetModifyDelete_WorkBySdk()
    {
        await using var server = await SdkServer.StartAsync();
        var client = server.Assistants();
        AssistantThread made = await client.CreateThreadAsync(new ThreadCreationOptions { InitialMessages = { "one", new ThreadInitializationMessage(MessageRole.Assistant, ["two"]) }, Metadata = { ["a"] = "1" } });

        AssistantThread found = await client.GetThreadAsync(made.Id);
        AssistantThread changed = await client.ModifyThreadAsync(made.Id, new ThreadModificationOptions { Metadata = { ["a"] = "2" } });
        var messages = await client.GetMessagesAsync(made.Id, new MessageCollectionOptions { Order = MessageCollectionOrder.Ascending }).ToListAsync();

        Assert.Equal(("1", "2"), (found.Metadata["a"], changed.Metadata["a"]));
        Assert.Equal([(MessageRole.User, "one"), (MessageRole.Assistant, "two")], messages.Select(message => (message.Role, message.Content[0].Text)));
        Assert.True((await client.DeleteThreadAsync(made.Id)).Value.Deleted);
        await Wire.RefusedAsync(404, null, () => client.GetThreadAsync(made.Id));
        await Wire.RefusedAsync(400, "thread_id", () => client.GetThreadAsync("conv_123"));
    }

    [Fact]
    public async Task Message_CreateGetModifyListDelete_WorkBySdk()
    {
        await using var server = await SdkServer.StartAsync();
        var client = server.Assistants();
        AssistantThread thread = await client.CreateThreadAsync();
        var picture = await server.FileAsync("p.png", "not looked at");

        ThreadMessage made = await client.CreateMessageAsync(thread.Id, MessageRole.User,
            [MessageContent.FromText("Look:"), MessageContent.FromImageUri(new Uri("https://example.com/a.png"), MessageImageDetail.Low), MessageContent.FromImageFileId(picture)],
            new MessageCreationOptions { Metadata = { ["k"] = "v" } });
        ThreadMessage found = await client.GetMessageAsync(thread.Id, made.Id);
        ThreadMessage changed = await client.ModifyMessageAsync(thread.Id, made.Id, new MessageModificationOptions { Metadata = { ["k"] = "w" } });

        Assert.Equal("Look:", found.Content[0].Text);
        Assert.Equal((new Uri("https://example.com/a.png"), MessageImageDetail.Low), (found.Content[1].ImageUri, found.Content[1].ImageDetail));
        Assert.Equal(picture, found.Content[2].ImageFileId);
        Assert.Equal((MessageStatus.Completed, "v", "w"), (found.Status, found.Metadata["k"], changed.Metadata["k"]));
        ThreadMessage second = await client.CreateMessageAsync(thread.Id, MessageRole.User, ["next"]);
        Assert.Equal([second.Id, made.Id], await client.GetMessagesAsync(thread.Id, new MessageCollectionOptions { PageSizeLimit = 1 }).Select(message => message.Id).ToListAsync());
        Assert.True((await client.DeleteMessageAsync(thread.Id, made.Id)).Value.Deleted);
        await Wire.RefusedAsync(404, null, () => client.GetMessageAsync(thread.Id, made.Id));
    }

    [Fact]
    public async Task Attachment_ForSearch_GoesToTheThreadsOwnStore()
    {
        await using var server = await SdkServer.StartAsync();
        var client = server.Assistants();
        var first = await server.FileAsync("a.txt", "alpha");
        var second = await server.FileAsync("b.txt", "beta");
        AssistantThread thread = await client.CreateThreadAsync();

        ThreadMessage message = await client.CreateMessageAsync(thread.Id, MessageRole.User, ["See"], new MessageCreationOptions { Attachments = [new MessageCreationAttachment(first, [ToolDefinition.CreateFileSearch()])] });
        await client.CreateMessageAsync(thread.Id, MessageRole.User, ["And"], new MessageCreationOptions { Attachments = [new MessageCreationAttachment(second, [ToolDefinition.CreateFileSearch(), ToolDefinition.CreateCodeInterpreter()])] });

        Assert.Equal(first, Assert.Single(message.Attachments).FileId);
        AssistantThread found = await client.GetThreadAsync(thread.Id);
        Assert.Equal([second], found.ToolResources.CodeInterpreter.FileIds);
        var store = (await server.Client.GetVectorStoreClient().GetVectorStoreAsync(Assert.Single(found.ToolResources.FileSearch.VectorStoreIds))).Value;
        Assert.Equal((2, 7), (store.FileCounts.Total, store.ExpirationPolicy.Days));
    }

    [Theory]
    [InlineData("{}", "role")]
    [InlineData("""{"role":"system","content":"x"}""", "role")]
    [InlineData("""{"role":"user"}""", "content")]
    [InlineData("""{"role":"user","content":""}""", "content")]
    [InlineData("""{"role":"user","content":7}""", "content")]
    [InlineData("""{"role":"user","content":[]}""", "content")]
    [InlineData("""{"role":"user","content":[{"type":"video"}]}""", "content[0].type")]
    [InlineData("""{"role":"user","content":[{"type":"text","text":"a"},{"type":"image_url","image_url":{"url":"no"}}]}""", "content[1].image_url.url")]
    [InlineData("""{"role":"user","content":"x","attachments":[{"tools":[]}]}""", "attachments[0].file_id")]
    [InlineData("""{"role":"user","content":"x","metadata":[]}""", "metadata")]
    public async Task Message_Wrong_IsRefusedByName(string body, string param)
    {
        await using var server = await SdkServer.StartAsync();
        AssistantThread thread = await server.Assistants().CreateThreadAsync();

        await Wire.RefusedAsync(400, param, () => server.Assistants().CreateMessageAsync(thread.Id, Wire.Text(body)));
    }

    [Fact]
    public async Task Thread_InitialMessageWrong_NamesItsPlace()
    {
        await using var server = await SdkServer.StartAsync();

        await Wire.RefusedAsync(400, "messages[1].content", () => server.Assistants().CreateThreadAsync(Wire.Text("""{"messages":[{"role":"user","content":"a"},{"role":"user","content":""}]}""")));
    }

    [Fact]
    public async Task Assistants_AboveTheServersRoom_Are413_UntilOneGoes()
    {
        await using var server = await SdkServer.StartAsync(new EmulatorOptions { Pace = DemoPace.Instant, MaxStoredBytes = 10_000 });
        var client = server.Assistants();
        var large = new AssistantCreationOptions { Instructions = new string('x', 6000) };
        Assistant first = await client.CreateAssistantAsync("demo-model", large);

        await Wire.RefusedAsync(413, null, () => client.CreateAssistantAsync("demo-model", large));

        await client.DeleteAssistantAsync(first.Id);
        Assert.NotNull((await client.CreateAssistantAsync("demo-model", large)).Value.Id);
    }

    [Fact]
    public async Task Messages_AboveTheServersRoom_Are413_UntilAThreadGoes()
    {
        await using var server = await SdkServer.StartAsync(new EmulatorOptions { Pace = DemoPace.Instant, MaxStoredBytes = 10_000 });
        var thread = await server.ThreadAsync(new string('x', 4000));

        await Wire.RefusedAsync(413, null, () => server.ThreadAsync(new string('y', 4000)));

        await server.Assistants().DeleteThreadAsync(thread);
        Assert.StartsWith("thread_", await server.ThreadAsync(new string('y', 4000)), StringComparison.Ordinal);
    }
}
