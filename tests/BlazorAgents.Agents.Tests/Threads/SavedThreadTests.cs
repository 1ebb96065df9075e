using BlazorAgents.Agents.HostedTools;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.Tests.Threads;

public sealed class SavedThreadTests
{
    [Fact]
    public async Task Memory_Restored_GoesOnWhereItWas()
    {
        using var first = new ScriptedChatClient().ThenCalls(ScriptedChatClient.Call("c", "t", """{"x":1}""")).ThenText("Hello Alice");
        var thread = new AgentThread();
        await first.CreateAgent(tools: [AIFunctionFactory.Create((int x) => $"got {x}", "t")]).RunAsync("My name is Alice", thread);
        using var second = new ScriptedChatClient().ThenText("Alice");

        var restored = AgentThread.Restore(thread.Serialize());
        await second.CreateAgent().RunAsync("What's my name?", restored);

        var sent = second.Requests.Single().Messages;
        Assert.Equal([ChatRole.User, ChatRole.Assistant, ChatRole.Tool, ChatRole.Assistant, ChatRole.User], sent.Select(m => m.Role));
        var call = Assert.IsType<FunctionCallContent>(sent[1].Contents.Single());
        Assert.Equal(("c", "t", "1"), (call.CallId, call.Name, $"{call.Arguments!["x"]}"));
        Assert.Equal("got 1", $"{Assert.IsType<FunctionResultContent>(sent[2].Contents.Single()).Result}");
    }

    [Fact]
    public async Task Memory_ContentsOfHostedTools_AreKept()
    {
        AIContent[] contents =
        [
            new FileSearchToolCallContent("fs") { Queries = ["fees"] },
            new FileSearchToolResultContent("fs") { Passages = [new HostedToolOutput.Passage("file_1", "fees.pdf", 0.9, "Ten euros.")] },
            new CodeInterpreterToolCallContent("ci") { Inputs = [new DataContent("1+1"u8.ToArray(), "text/x-python")] },
            new TextContent("Ten [1].") { Annotations = [new CitationAnnotation { FileId = "file_1", Title = "fees.pdf" }] },
            new DataContent(new byte[] { 1, 2 }, "image/png"),
            RefusalText.Create("No."),
        ];
        var thread = new AgentThread();
        await thread.MessageStore!.AddMessagesAsync([new ChatMessage(ChatRole.Assistant, contents)], default);

        var restored = await AgentThread.Restore(thread.Serialize()).MessageStore!.GetMessagesAsync(default);

        var back = restored.Single().Contents;
        Assert.Equal(contents.Select(c => c.GetType()), back.Select(c => c.GetType()));
        Assert.Equal(["fees"], ((FileSearchToolCallContent)back[0]).Queries);
        Assert.Equal("Ten euros.", ((FileSearchToolResultContent)back[1]).Passages.Single().Value);
        Assert.Equal("file_1", back[3].Annotations!.OfType<CitationAnnotation>().Single().FileId);
        Assert.Equal(RefusalText.ErrorCode, ((ErrorContent)back[5]).ErrorCode);
    }

    [Fact]
    public void ServiceThread_Restored_HasItsId()
    {
        var restored = AgentThread.Restore(new AgentThread("conv_1").Serialize());

        Assert.Equal(("conv_1", null), (restored.ServiceThreadId, restored.MessageStore));
        Assert.Null(AgentThread.Restore(AgentThread.OnService().Serialize()).MessageStore);
    }

    [Fact]
    public void OwnStore_IsNotSavedHere()
    {
        var error = Assert.Throws<InvalidOperationException>(() => new AgentThread(new ForgetfulStore()).Serialize());

        Assert.Contains(nameof(ForgetfulStore), error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("  ", "empty")]
    [InlineData("null", "null")]
    [InlineData("conv_1", "cannot be read")]
    [InlineData("[]", "cannot be read")]
    [InlineData("""{"serviceThreadId":"conv_1"}""", "cannot be read")]
    [InlineData("""{"version":2,"serviceThreadId":"conv_1"}""", "version is 2")]
    [InlineData("""{"version":1,"serviceThreadId":""}""", "serviceThreadId")]
    [InlineData("""{"version":1,"serviceThreadId":"conv 1"}""", "serviceThreadId")]
    [InlineData("""{"version":1,"serviceThreadId":"a\r\nb"}""", "serviceThreadId")]
    [InlineData("""{"version":1,"serviceThreadId":7}""", "$.serviceThreadId")]
    [InlineData("""{"version":1,"serviceThreadId":"conv_1","messages":[]}""", "both")]
    [InlineData("""{"version":1,"serviceThreadId":"conv_1","unsent":[{"callId":"","result":"r"}]}""", "unsent")]
    [InlineData("""{"version":1,"serviceThreadId":"conv_1","unsent":[null]}""", "unsent")]
    [InlineData("""{"version":1,"unsent":null}""", "unsent")]
    [InlineData("""{"version":1,"messages":[null]}""", "messages contains null")]
    [InlineData("""{"version":1,"messages":[{"role":"assistant","contents":[{"$type":"functionCall","callId":"c9","name":"t"}]}]}""", "c9")]
    [InlineData("""{"version":1,"messages":[{"role":"user","contents":[{"$type":"whatever"}]}]}""", "messages")]
    public void BadInput_IsRefusedAndSaysWhy(string json, string why)
    {
        var error = Assert.Throws<ArgumentException>(() => AgentThread.Restore(json));

        Assert.StartsWith("This is not a saved thread: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("conv 1")]
    [InlineData("conv\n1")]
    public void Id_ThatCannotBeOne_IsRefused(string id) =>
        Assert.Contains("thread id", Assert.Throws<ArgumentException>(() => new AgentThread(id)).Message, StringComparison.Ordinal);

    private sealed class ForgetfulStore : IChatMessageStore
    {
        public Task<IReadOnlyList<ChatMessage>> GetMessagesAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ChatMessage>>([]);

        public Task AddMessagesAsync(IReadOnlyList<ChatMessage> messages, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
