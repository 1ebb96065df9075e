using BlazorAgents.Agents;
using BlazorAgents.Agents.HostedTools;
using BlazorAgents.OpenAI.Tests.Responses;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.AI;

namespace BlazorAgents.OpenAI.Tests.Assistants;

public sealed class AssistantsChatClientTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private readonly ConversationsServer _server = new();

    [Fact]
    public async Task ServiceThread_TwoRuns_StayInOneConversation()
    {
        _server.ThenText("Hello Alice").ThenText("Alice");
        using var client = _server.CreateClient();
        var agent = client.CreateAgent(instructions: "Be kind.");
        var thread = agent.GetNewThread();

        var answer = await agent.RunAsync("My name is Alice", thread);
        await agent.RunAsync("What's my name?", thread);

        Assert.Equal(("conv_1", "Hello Alice"), (thread.ServiceThreadId, answer.Text));
        Assert.Equal(["POST /conversations", "POST /responses", "POST /responses"], _server.Calls);
        Assert.All(_server.Asked, body => Assert.Equal("conv_1", (string)body["conversation"]!["id"]!));
        Assert.All(_server.Asked, body => Assert.True((bool)body["store"]!));
        Assert.All(_server.Asked, body => Assert.Single(body["input"]!.AsArray())); // the server has the rest
        Assert.Contains("\"blazoragents\"", _server.Handler.Requests[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conversation_ThatAStoppedAnswerStillHolds_IsWaitedFor()
    {
        var time = new ManualTimeProvider();
        _server.Then(Locked).Then(Locked).ThenText("Hello");
        using var client = _server.CreateClient(time: time);

        var run = client.CreateAgent().RunAsync("Hi", new AgentThread("conv_1"));
        for (var i = 0; i < 2; i++)
        {
            time.Advance(await time.WaitForTimerAsync(left => left < TimeSpan.FromSeconds(1)));
        }

        Assert.Equal("Hello", (await run.WaitAsync(s_patience)).Text);
    }

    [Fact]
    public async Task Conversation_ThatStaysHeld_IsSaidToBe()
    {
        var time = new ManualTimeProvider();
        _server.First = request => request.Uri.AbsolutePath == "/v1/responses" ? Locked() : null;
        using var client = _server.CreateClient(time: time);

        var run = client.GetResponseAsync([new ChatMessage(ChatRole.User, "Hi")], new ChatOptions { ConversationId = "conv_1" });
        await time.WaitForTimerAsync(left => left < TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromSeconds(11));

        var error = await Assert.ThrowsAsync<AgentException>(() => run.WaitAsync(s_patience));
        Assert.Contains("Another answer is still being written", error.Message, StringComparison.Ordinal);
    }

    private static HttpResponseMessage Locked() => AssistantsServer.Error(
        400, "Another process is currently operating on this conversation. Please retry in a few seconds.", "conversation_locked");

    [Fact]
    public async Task ServiceThread_Tools_SendOnlyTheirResults()
    {
        _server.ThenCalls("c1", "c2").ThenText("done");
        using var client = _server.CreateClient();

        var answer = await client.CreateAgent(tools: [AIFunctionFactory.Create(() => "r", "t")]).RunAsync("Go", AgentThread.OnService());

        Assert.Equal("done", answer.Text);
        Assert.Equal(
            ["function_call_output c1", "function_call_output c2"],
            _server.Asked[1]["input"]!.AsArray().Select(i => $"{i!["type"]} {i["call_id"]}"));
    }

    [Fact]
    public async Task Stateless_Run_MakesNoConversationAndStoresNothing()
    {
        _server.ThenText("Hello");
        using var client = _server.CreateClient();

        await client.CreateAgent().RunAsync("Hi");

        Assert.Equal(["POST /responses"], _server.Calls);
        Assert.False((bool)_server.Asked.Single()["store"]!);
        Assert.Null(_server.Asked.Single()["conversation"]);
    }

    [Fact]
    public async Task OwnStore_Run_SendsTheWholeHistory()
    {
        _server.ThenText("Hello Alice").ThenText("Alice");
        using var client = _server.CreateClient();
        var thread = new AgentThread(new InMemoryChatMessageStore());

        await client.CreateAgent().RunAsync("My name is Alice", thread);
        await client.CreateAgent().RunAsync("What's my name?", thread);

        Assert.Equal(3, _server.Asked[1]["input"]!.AsArray().Count);
        Assert.Null(thread.ServiceThreadId);
    }

    [Fact]
    public async Task ServiceThread_SavedAndRestored_GoesOnInAnotherClient()
    {
        _server.ThenText("Hello Alice").ThenText("Alice");
        string saved;
        await using (var first = _server.CreateClient())
        {
            var thread = AgentThread.OnService();
            await first.CreateAgent().RunAsync("My name is Alice", thread);
            saved = thread.Serialize();
        }

        using var second = _server.CreateClient();
        await second.CreateAgent().RunAsync("What's my name?", AgentThread.Restore(saved));

        Assert.Equal("conv_1", (string)_server.Asked[1]["conversation"]!["id"]!);
        Assert.Equal(["POST /conversations", "POST /responses", "POST /responses"], _server.Calls);
    }

    [Fact]
    public async Task Agent_ThatOwnsItsThreads_DeletesThemWhenDisposed()
    {
        _server.ThenText("Hello");
        using var client = _server.CreateClient(deletesThreads: true);
        await using (var agent = client.CreateAgent())
        {
            await agent.RunAsync("Hi", agent.GetNewThread());
        }

        Assert.Equal(["DELETE /conversations/conv_1"], _server.Calls.Where(c => c.StartsWith("DELETE", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task NewConversation_InWhichNothingWasSaid_IsDeleted(bool afterBegin)
    {
        _server.Then(() => afterBegin
            ? ResponseWire.Sse(ResponseWire.Created())
            : AssistantsServer.Error(500, "oops"));
        using var client = _server.CreateClient();
        var thread = AgentThread.OnService();

        await Assert.ThrowsAsync<AgentException>(() => client.CreateAgent().RunAsync("Hi", thread));

        Assert.Null(thread.ServiceThreadId);
        Assert.Equal("DELETE /conversations/conv_1", _server.Calls[^1]);
    }

    [Fact]
    public async Task NewConversation_StoppedAfterText_IsKept()
    {
        using var stop = new CancellationTokenSource();
        var begun = ResponseWire.Bytes(ResponseWire.Number([ResponseWire.Created(), ResponseWire.Text("Par")]));
        _server.Then(() => FakeHttpHandler.RawSse(new ChunkedStream(begun, 64, hangs: true)));
        using var client = _server.CreateClient();
        var thread = AgentThread.OnService();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in client.CreateAgent().RunStreamingAsync("Go", thread, cancellationToken: stop.Token))
            {
                if (update is AgentUpdate.TextDelta)
                {
                    await stop.CancelAsync();
                }
            }
        }).WaitAsync(s_patience);

        Assert.Equal("conv_1", thread.ServiceThreadId);
        Assert.Equal(["POST /conversations", "POST /responses"], _server.Calls);
    }

    [Theory]
    [InlineData("No tool output found for function call c2.")]
    [InlineData("No tool call found for function call output with call_id c9.")]
    public async Task Conversation_WithOpenCalls_IsMendedOnce(string complaint)
    {
        _server.Then(() => AssistantsServer.Error(400, complaint)).ThenText("Hello");
        _server.First = r => r.Method == HttpMethod.Get
            ? FakeHttpHandler.Json(AssistantsServer.List(ConversationsServer.Call("c2"), ConversationsServer.Call("c1"), ConversationsServer.Output("c0"), ConversationsServer.Call("c0")))
            : null;
        using var client = _server.CreateClient();

        var answer = await client.GetStreamingResponseAsync(
            [
                new ChatMessage(ChatRole.Tool, [new FunctionResultContent("c1", "kept"), new FunctionResultContent("c9", "of nothing")]),
                new ChatMessage(ChatRole.User, "Hi"),
            ],
            new ChatOptions { ConversationId = "conv_1" }).ToChatResponseAsync();

        Assert.Equal("Hello", answer.Text);
        Assert.Contains("order=desc", _server.Handler.Requests[1].Uri.Query, StringComparison.Ordinal);
        var input = _server.Asked[1]["input"]!.AsArray();
        Assert.Equal(["function_call_output c1", "function_call_output c2", "message "], input.Select(i => $"{i!["type"]} {i["call_id"]}"));
        Assert.Equal("kept", (string)input[0]!["output"]!);
        Assert.Contains("cancelled", (string)input[1]!["output"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conversation_ThatCannotBeMended_FailsAfterOneTry()
    {
        _server.Then(() => AssistantsServer.Error(400, "No tool output found for function call c1."))
            .Then(() => AssistantsServer.Error(400, "No tool output found for function call c1."));
        _server.First = r => r.Method == HttpMethod.Get ? FakeHttpHandler.Json(AssistantsServer.List()) : null;
        using var client = _server.CreateClient();

        var error = await Assert.ThrowsAsync<AgentException>(() => client.CreateAgent().RunAsync("Hi", new AgentThread("conv_1")));

        Assert.Equal(AgentErrorKind.BadResponse, error.Kind);
        Assert.Equal(2, _server.Asked.Count);
    }

    [Fact]
    public async Task UnknownConversation_IsNotFoundAndSaysWhatToDo()
    {
        _server.Then(() => AssistantsServer.Error(404, "Conversation with id 'conv_x' not found."));
        using var client = _server.CreateClient();

        var error = await Assert.ThrowsAsync<AgentException>(() => client.CreateAgent().RunAsync("Hi", new AgentThread("conv_x")));

        Assert.Equal(AgentErrorKind.ThreadNotFound, error.Kind);
        Assert.Contains("new conversation", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("thread_1")]
    [InlineData("resp_1")]
    public async Task IdOfAnotherWire_IsRefusedWithoutACall(string id)
    {
        using var client = _server.CreateClient();

        var error = await Assert.ThrowsAsync<AgentException>(() => client.CreateAgent().RunAsync("Hi", new AgentThread(id)));

        Assert.Equal(AgentErrorKind.ThreadNotFound, error.Kind);
        Assert.Empty(_server.Calls);
    }

    [Fact]
    public async Task Server_WithoutConversations_SaysWhatToChooseInstead()
    {
        _server.First = _ => AssistantsServer.Error(404, "Not found");
        using var client = _server.CreateClient();

        var error = await Assert.ThrowsAsync<AgentException>(() => client.CreateAgent().RunAsync("Hi", AgentThread.OnService()));

        Assert.Equal(AgentErrorKind.BadResponse, error.Kind);
        Assert.Contains("Responses or Chat", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_NotStreamed_BelongsToTheConversationToo()
    {
        _server.Then(() => FakeHttpHandler.Json(ResponseWire.Response("completed", ResponseWire.Message("msg_1", "Hello"), ResponseWire.Usage)));
        using var client = _server.CreateClient();

        var answer = await client.GetResponseAsync("Hi");

        Assert.Equal(("Hello", "conv_1"), (answer.Text, answer.ConversationId));
    }

    [Fact]
    public async Task Messages_OfAConversation_AreReadFromAllPages()
    {
        string[] first =
        [
            """{"type":"message","id":"msg_1","status":"completed","role":"user","content":[{"type":"input_text","text":"Look"},{"type":"input_image","image_url":"data:image/png;base64,AQI=","detail":"auto","file_id":null},{"type":"input_image","image_url":"data:image/png;base64,%%%","detail":"auto","file_id":null}]}""",
            ConversationsServer.Call("c1"),
            ConversationsServer.Output("c1"),
        ];
        string[] second =
        [
            """{"type":"file_search_call","id":"fs_1","status":"completed","queries":["fees"],"results":[{"file_id":"file_1","filename":"fees.pdf","score":0.5,"text":"Ten euros.","attributes":{}}]}""",
            ResponseWire.Message("msg_2", "Ten euros."),
        ];
        _server.First = r => FakeHttpHandler.Json(r.Uri.Query.Contains("after=", StringComparison.Ordinal)
            ? AssistantsServer.List(second)
            : AssistantsServer.List(first).Replace("\"has_more\":false", "\"has_more\":true", StringComparison.Ordinal));
        using var client = _server.CreateClient();

        var messages = await client.CreateAgent().GetMessagesAsync(new AgentThread("conv_1"));

        Assert.Equal(
            [ChatRole.User, ChatRole.Assistant, ChatRole.Tool, ChatRole.Assistant, ChatRole.Assistant], messages.Select(m => m.Role));
        Assert.Equal(["Look", "Ten euros."], new[] { messages[0].Text, messages[^1].Text });
        Assert.Single(messages[0].Contents.OfType<DataContent>());
        Assert.Equal("c1", messages[1].Contents.OfType<FunctionCallContent>().Single().CallId);
        Assert.Equal("r", $"{messages[2].Contents.OfType<FunctionResultContent>().Single().Result}");
        Assert.Equal(["fees"], messages[3].Contents.OfType<FileSearchToolCallContent>().Single().Queries);
    }

    [Fact]
    public async Task DeleteThread_GoneAlready_IsNoError()
    {
        _server.First = _ => AssistantsServer.Error(404, "Conversation with id 'conv_1' not found.");
        using var client = _server.CreateClient();

        await client.CreateAgent().DeleteThreadAsync(new AgentThread("conv_1"));

        Assert.Equal(["DELETE /conversations/conv_1"], _server.Calls);
    }
}
