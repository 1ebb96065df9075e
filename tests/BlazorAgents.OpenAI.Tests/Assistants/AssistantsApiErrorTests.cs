using BlazorAgents.Agents;
using BlazorAgents.Agents.Pipeline;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.AI;

namespace BlazorAgents.OpenAI.Tests.Assistants;

public sealed class AssistantsApiErrorTests
{
    private readonly AssistantsServer _server = new();

    [Theory]
    [InlineData(404, "Invalid URL (POST /v1/assistants)")]
    [InlineData(410, "Gone")]
    [InlineData(400, "The Assistants API was sunset on August 26, 2026 and is no longer available.")]
    public async Task RetiredApi_SaysSinceWhenAndWhatToChooseInstead(int status, string message)
    {
        _server.First = _ => AssistantsServer.Error(status, message);
        using var client = _server.CreateClient();

        var error = await Assert.ThrowsAsync<AgentException>(() => client.CreateAgent().RunAsync("Hi", AgentThread.OnService()));

        Assert.Equal(AgentErrorKind.InterfaceRetired, error.Kind);
        Assert.Contains("2026-08-26", error.Message, StringComparison.Ordinal);
        Assert.Contains("over Conversations", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownThread_IsNotFoundAndSaysWhatToDo()
    {
        _server.Then(() => AssistantsServer.Error(404, "No thread found with id 'thread_x'."));
        using var client = _server.CreateClient();

        var error = await Assert.ThrowsAsync<AgentException>(() => client.CreateAgent().RunAsync("Hi", new AgentThread("thread_x")));

        Assert.Equal(AgentErrorKind.ThreadNotFound, error.Kind);
        Assert.Contains("Start a new conversation", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("conv_1")]
    [InlineData("resp_1")]
    public async Task IdOfAnotherWire_IsRefusedWithoutACall(string id)
    {
        using var client = _server.CreateClient();

        var error = await Assert.ThrowsAsync<AgentException>(() => client.CreateAgent().RunAsync("Hi", new AgentThread(id)));

        Assert.Equal(AgentErrorKind.ThreadNotFound, error.Kind);
        Assert.Empty(_server.Calls);
    }

    [Fact]
    public async Task UnknownModel_IsNotTakenForTheRetiredApi()
    {
        _server.First = _ => AssistantsServer.Error(404, "The requested model 'x' does not exist.", "model_not_found");
        using var client = _server.CreateClient();

        var error = await Assert.ThrowsAsync<AgentException>(() => client.CreateAgent().RunAsync("Hi"));

        Assert.Equal(AgentErrorKind.ModelNotFound, error.Kind);
    }

    [Fact]
    public async Task ActiveRun_OnTheThread_IsExplained()
    {
        _server.Then(() => AssistantsServer.Error(400, "Thread thread_1 already has an active run run_9.")).Then(
            () => AssistantsServer.Error(400, "Can't add messages to thread_1 while a run run_9 is active."));
        _server.First = request => request.Method == HttpMethod.Get ? FakeHttpHandler.Json(AssistantsServer.List(AssistantsServer.Run("in_progress", id: "run_9"))) : null;
        using var client = _server.CreateClient();

        for (var i = 0; i < 2; i++)
        {
            var error = await Assert.ThrowsAsync<AgentException>(() => client.CreateAgent().RunAsync("Hi", new AgentThread("thread_1")));
            Assert.Contains("Another answer is still being written", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task StoppedRun_ThatStillEnds_IsWaitedFor()
    {
        var time = new ManualTimeProvider();
        _server.Then(() => AssistantsServer.Error(400, "Thread thread_1 already has an active run run_9.")).ThenText("ok");
        _server.First = request => request.Method != HttpMethod.Get ? null : FakeHttpHandler.Json(
            request.Uri.AbsolutePath.EndsWith("/runs", StringComparison.Ordinal)
                ? AssistantsServer.List(AssistantsServer.Run("cancelling", id: "run_9"))
                : AssistantsServer.Run("cancelled", id: "run_9"));
        using var client = _server.CreateClient(time: time);

        var run = client.CreateAgent().RunAsync("Hi", new AgentThread("thread_1"));
        time.Advance(await time.WaitForTimerAsync(left => left < TimeSpan.FromSeconds(5)));

        Assert.Equal("ok", (await run).Text);
    }

    [Theory]
    [InlineData("failed", ",\"last_error\":{\"code\":\"server_error\",\"message\":\"oops\"}", AgentErrorKind.Unavailable)]
    [InlineData("failed", ",\"last_error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"slow\"}", AgentErrorKind.RateLimited)]
    [InlineData("failed", ",\"last_error\":{\"code\":\"invalid_prompt\",\"message\":\"bad\"}", AgentErrorKind.ContentFilter)]
    [InlineData("expired", "", AgentErrorKind.Timeout)]
    [InlineData("cancelled", "", AgentErrorKind.BadResponse)]
    [InlineData("incomplete", ",\"incomplete_details\":{\"reason\":\"max_prompt_tokens\"}", AgentErrorKind.ContextTooLong)]
    public async Task RunThatDoesNotComplete_BecomesItsKind(string status, string details, AgentErrorKind kind)
    {
        _server.Then(AssistantsServer.Text("Par"), ($"thread.run.{status}", AssistantsServer.Run(status, details)));
        using var client = _server.CreateClient();

        var error = await Assert.ThrowsAsync<AgentException>(() => client.CreateAgent().RunAsync("Hi", new AgentThread("thread_1")));

        Assert.Equal(kind, error.Kind);
        Assert.DoesNotContain(_server.Calls, c => c.EndsWith("/cancel", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("max_completion_tokens", AgentFinishReason.Length)]
    [InlineData("content_filter", AgentFinishReason.ContentFilter)]
    public async Task RunThatWasCut_EndsWithItsReason(string reason, AgentFinishReason expected)
    {
        _server.Then(
            AssistantsServer.Text("Par"),
            ("thread.run.incomplete", AssistantsServer.Run("incomplete", ",\"incomplete_details\":{\"reason\":\"" + reason + "\"}")));
        using var client = _server.CreateClient();

        var answer = await client.CreateAgent().RunAsync("Hi", new AgentThread("thread_1"));

        Assert.Equal(("Par", expected), (answer.Text, answer.FinishReason));
    }

    [Fact]
    public async Task Stream_ThatEndsWithoutTheRunsEnd_IsBroken()
    {
        _server.Then(AssistantsServer.Text("Par"));
        using var client = _server.CreateClient();

        var error = await Assert.ThrowsAsync<AgentException>(() => client.CreateAgent().RunAsync("Hi", new AgentThread("thread_1")));

        Assert.True(error.BrokeMidStream);
        Assert.Equal("POST /threads/thread_1/runs/run_1/cancel", _server.Calls[^1]);
    }

    [Fact]
    public async Task Stream_ErrorEvent_IsAFault()
    {
        _server.Then(AssistantsServer.Text("Par"), ("error", """{"message":"The server had an error","type":"server_error","code":null}"""));
        using var client = _server.CreateClient();

        var error = await Assert.ThrowsAsync<AgentException>(() => client.CreateAgent().RunAsync("Hi", new AgentThread("thread_1")));

        Assert.Equal((AgentErrorKind.Unavailable, true), (error.Kind, error.BrokeMidStream));
    }

    [Fact]
    public async Task NewThread_WhoseRunFailsWithNothing_IsDeleted()
    {
        _server.Then(() => AssistantsServer.Error(500, "oops"));
        using var client = _server.CreateClient();
        var thread = AgentThread.OnService();

        await Assert.ThrowsAsync<AgentException>(() => client.CreateAgent().RunAsync("Hi", thread));

        Assert.Null(thread.ServiceThreadId);
        Assert.Equal("DELETE /threads/thread_1", _server.Calls[^1]);
    }

    [Fact]
    public async Task Run_FailedWithNothing_LeavesNoMessageForTheRetryToRepeat()
    {
        _server.Then(("thread.run.failed", AssistantsServer.Run("failed", ",\"last_error\":{\"code\":\"server_error\",\"message\":\"oops\"}"))).ThenText("ok");
        _server.First = r => r.Method == HttpMethod.Get ? FakeHttpHandler.Json(AssistantsServer.List(
            AssistantsApiThreadTests.Message("msg_2", "user", "Hi"), AssistantsApiThreadTests.Message("msg_1", "user", "Earlier"))) : null;
        using var client = _server.CreateClient();
        var time = new ManualTimeProvider();
        using var retrying = new RetryChatClient(
            client, new RetryOptions(), time, new ListLogger<RetryChatClient>());

        var run = retrying.CreateAgent().RunAsync("Hi", new AgentThread("thread_1"));
        time.Advance(await time.WaitForTimerAsync(left => left < TimeSpan.FromSeconds(5)));

        Assert.Equal("ok", (await run).Text);
        Assert.Equal(["DELETE /threads/thread_1/messages/msg_2"], _server.Calls.Where(c => c.StartsWith("DELETE", StringComparison.Ordinal)));
    }
}
