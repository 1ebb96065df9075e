using BlazorAgents.Agents;
using BlazorAgents.OpenAI.Assistants;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.AI;

namespace BlazorAgents.OpenAI.Tests.Assistants;

public sealed class AssistantsApiThreadTests
{
    private const string FirstRun = "POST /threads/thread_1/runs";
    private const string Outputs = "POST /threads/thread_1/runs/run_1/submit_tool_outputs";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private readonly AssistantsServer _server = new();

    [Fact]
    public async Task ServiceThread_TwoRuns_StayInOneThreadOfOneAssistant()
    {
        _server.ThenText("Hello Alice").ThenText("Alice");
        using var client = _server.CreateClient();
        var agent = client.CreateAgent();
        var thread = agent.GetNewThread();

        var answer = await agent.RunAsync("My name is Alice", thread);
        await agent.RunAsync("What's my name?", thread);

        Assert.Equal("thread_1", thread.ServiceThreadId);
        Assert.Equal(("Hello Alice", 7L, 3L), (answer.Text, answer.Usage.InputTokenCount, answer.Usage.OutputTokenCount));
        Assert.Equal(["POST /assistants", "POST /threads", FirstRun, FirstRun], _server.Calls);
    }

    [Fact]
    public async Task Agent_Disposed_DeletesItsAssistantsAndKeepsTheThread()
    {
        _server.ThenText("a").ThenText("b");
        using var client = _server.CreateClient();
        await using (var agent = client.CreateAgent())
        {
            await agent.RunAsync("Hi", agent.GetNewThread());
        }

        Assert.Equal("DELETE /assistants/asst_1", _server.Calls[^1]);
        await client.CreateAgent().RunAsync("Hi", new AgentThread("thread_1"));
        Assert.Equal("asst_2", (string)_server.Bodies(FirstRun)[1]["assistant_id"]!);
    }

    [Fact]
    public async Task Client_ThatOwnsItsThreads_DeletesThemToo()
    {
        _server.ThenText("a");
        await using (var client = _server.CreateClient(new AssistantsApiOptions { DeletesThreads = true }))
        {
            await client.CreateAgent().RunAsync("Hi", AgentThread.OnService());
        }

        Assert.Equal(["DELETE /threads/thread_1", "DELETE /assistants/asst_1"], _server.Calls.TakeLast(2));
    }

    [Fact]
    public async Task CleanUp_ServerFails_StillEnds()
    {
        _server.ThenText("a");
        _server.First = r => r.Method == HttpMethod.Delete ? AssistantsServer.Error(500, "oops") : null;
        await using var client = _server.CreateClient();
        await client.CreateAgent().RunAsync("Hi", AgentThread.OnService());

        await client.CleanUpAsync();

        Assert.Contains("DELETE /assistants/asst_1", _server.Calls);
    }

    [Fact]
    public async Task Stateless_Run_HasAThreadForItselfOnly()
    {
        _server.ThenText("Hello");
        using var client = _server.CreateClient();

        await client.CreateAgent().RunAsync("Hi");

        Assert.Equal(["POST /assistants", "POST /threads", FirstRun, "DELETE /threads/thread_1"], _server.Calls);
    }

    [Fact]
    public async Task Stateless_RunWithTools_SubmitsThemAndThenDeletesItsThread()
    {
        _server.ThenCalls("c1", "c2").ThenText("done");
        using var client = _server.CreateClient();

        var answer = await AgentWithTool(client).RunAsync("Hi");

        Assert.Equal("done", answer.Text);
        Assert.Equal(["POST /assistants", "POST /threads", FirstRun, Outputs, "DELETE /threads/thread_1"], _server.Calls);
        var outputs = _server.Bodies(Outputs).Single()["tool_outputs"]!.AsArray();
        Assert.Equal(["c1=got 1", "c2=got 1"], outputs.Select(o => $"{o!["tool_call_id"]}={o["output"]}"));
    }

    [Fact]
    public async Task OwnStore_Run_SendsTheWholeHistory()
    {
        _server.ThenText("Hello Alice").ThenText("Alice");
        using var client = _server.CreateClient();
        var thread = new AgentThread(new InMemoryChatMessageStore());

        await client.CreateAgent().RunAsync("My name is Alice", thread);
        await client.CreateAgent().RunAsync("What's my name?", thread);

        var sent = _server.Bodies("POST /threads/thread_2/runs").Single()["additional_messages"]!.AsArray();
        Assert.Equal(["user", "assistant", "user"], sent.Select(m => (string)m!["role"]!));
    }

    [Fact]
    public async Task Restored_InAnotherClientBetweenCallAndResult_FindsTheWaitingRun()
    {
        _server.ThenCalls("c1").ThenText("done");
        _server.First = r => r.Method == HttpMethod.Get && r.Uri.AbsolutePath.EndsWith("/runs", StringComparison.Ordinal)
            ? FakeHttpHandler.Json(AssistantsServer.List(AssistantsServer.Waiting("c1", "c2"))) : null;
        using var first = _server.CreateClient();
        var response = await first.GetResponseAsync("Hi");
        using var second = _server.CreateClient();

        var answer = await second.GetResponseAsync(
            [new ChatMessage(ChatRole.Tool, [new FunctionResultContent("c1", "r")])], new ChatOptions { ConversationId = response.ConversationId });

        Assert.Equal("done", answer.Text);
        Assert.Equal(
            ["c1=r", "c2=Error: the tool was stopped or did not run."], // the run takes its outputs only together
            _server.Bodies(Outputs).Single()["tool_outputs"]!.AsArray().Select(o => $"{o!["tool_call_id"]}={o["output"]}"));
    }

    [Fact]
    public async Task Results_ThatNobodyWaitsFor_SaySo()
    {
        using var client = _server.CreateClient();

        var error = await Assert.ThrowsAsync<AgentException>(() => client.GetResponseAsync(
            [new ChatMessage(ChatRole.Tool, [new FunctionResultContent("c1", "r")])], new ChatOptions { ConversationId = "thread_1" }));

        Assert.Equal((AgentErrorKind.Timeout, true), (error.Kind, error.IsRetryPointless));
    }

    [Fact]
    public async Task Stopped_DuringTools_EndsTheWaitingRunBeforeTheNextMessage()
    {
        using var stop = new CancellationTokenSource();
        var time = new ManualTimeProvider();
        var polled = 0;
        _server.ThenCalls("c1").ThenText("Hello");
        _server.First = r => (r.Method.Method, r.Uri.AbsolutePath.Split("/runs")[^1]) switch
        {
            ("GET", "") => FakeHttpHandler.Json(AssistantsServer.List(AssistantsServer.Waiting("c1"))),
            ("GET", "/run_1") => FakeHttpHandler.Json(AssistantsServer.Run(++polled == 1 ? "cancelling" : "cancelled")),
            ("POST", "/run_1/cancel") => FakeHttpHandler.Json(AssistantsServer.Run("cancelling")),
            _ => null,
        };
        using var client = _server.CreateClient(time: time);
        var agent = client.CreateAgent(tools: [AIFunctionFactory.Create((int x) => new TaskCompletionSource<string>().Task, "t")]);
        var thread = agent.GetNewThread();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in agent.RunStreamingAsync("Go", thread, cancellationToken: stop.Token))
            {
                if (update is AgentUpdate.ToolCallStarted)
                {
                    await stop.CancelAsync();
                }
            }
        });

        var next = agent.RunAsync("Hi again", thread);
        for (var i = 0; i < 2; i++)
        {
            time.Advance(await time.WaitForTimerAsync(left => left < TimeSpan.FromSeconds(1)));
        }

        Assert.Equal("Hello", (await next.WaitAsync(s_patience)).Text);
        Assert.Equal(
            ["GET /threads/thread_1/runs", "POST /threads/thread_1/runs/run_1/cancel", "GET /threads/thread_1/runs/run_1", "GET /threads/thread_1/runs/run_1", FirstRun],
            _server.Calls.TakeLast(5));
        Assert.Equal("Hi again", (string)_server.Bodies(FirstRun)[1]["additional_messages"]![0]!["content"]!);
    }

    [Fact]
    public async Task Stopped_DuringText_CancelsTheRunAndKeepsTheThread()
    {
        using var stop = new CancellationTokenSource();
        _server.Then(() => FakeHttpHandler.RawSse(new ChunkedStream(
            System.Text.Encoding.UTF8.GetBytes(
                $"event: thread.run.created\ndata: {AssistantsServer.Run("queued")}\n\nevent: thread.message.delta\ndata: {AssistantsServer.Text("Par").Data}\n\n"),
            64,
            hangs: true)));
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

        Assert.Equal("thread_1", thread.ServiceThreadId);
        Assert.Equal("POST /threads/thread_1/runs/run_1/cancel", _server.Calls[^1]);
    }

    [Fact]
    public async Task Messages_OfAThread_AreListedOldestFirst()
    {
        _server.First = r => r.Method == HttpMethod.Get ? FakeHttpHandler.Json(AssistantsServer.List(
            Message("msg_1", "user", "Hi"), Message("msg_2", "assistant", "Hello"))) : null;
        using var client = _server.CreateClient();

        var messages = await client.CreateAgent().GetMessagesAsync(new AgentThread("thread_1"));

        Assert.Equal([(ChatRole.User, "Hi"), (ChatRole.Assistant, "Hello")], messages.Select(m => (m.Role, m.Text)));
        Assert.Contains("order=asc", _server.Handler.Requests.Single().Uri.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeleteThread_GoneAlready_IsNoError()
    {
        _server.First = _ => AssistantsServer.Error(404, "No thread found with id 'thread_1'.");
        using var client = _server.CreateClient();

        await client.CreateAgent().DeleteThreadAsync(new AgentThread("thread_1"));

        Assert.Equal(["DELETE /threads/thread_1"], _server.Calls);
    }

    [Fact]
    public async Task Assistant_DeletedByOthers_IsMadeAgainOnce()
    {
        _server.ThenText("a").Then(() => AssistantsServer.Error(404, "No assistant found with id 'asst_1'.")).ThenText("b");
        using var client = _server.CreateClient();
        var thread = new AgentThread("thread_1");

        await client.CreateAgent().RunAsync("Hi", thread);
        var answer = await client.CreateAgent().RunAsync("Hi", thread);

        Assert.Equal("b", answer.Text);
        Assert.Equal(["asst_1", "asst_1", "asst_2"], _server.Bodies(FirstRun).Select(b => (string)b["assistant_id"]!));
    }

    internal static string Message(string id, string role, string text, string? runId = null) =>
        "{\"id\":\"" + id + "\",\"object\":\"thread.message\",\"created_at\":1,\"thread_id\":\"thread_1\",\"role\":\"" + role
        + "\",\"status\":\"completed\",\"content\":[{\"type\":\"text\",\"text\":{\"value\":\"" + text + "\",\"annotations\":[]}}],\"assistant_id\":null,\"run_id\":"
        + (runId is null ? "null" : $"\"{runId}\"") + ",\"attachments\":[],\"metadata\":{}}";

    private static ChatAgent AgentWithTool(IChatClient client) => client.CreateAgent(tools: [AIFunctionFactory.Create((int x) => $"got {x}", "t")]);
}
