using BlazorAgents.Agents.HostedTools;
using BlazorAgents.Agents.Pipeline;
using BlazorAgents.Agents.Tools;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;

namespace BlazorAgents.Agents.Tests.ToolLoop;

/// <summary>Calls of MCP servers that the provider asks to make: they pass the gate like any other, and the provider gets its answer.</summary>
public sealed class HostedApprovalTests
{
    private readonly ListGate _gate = new();

    [Fact]
    public async Task Run_NoGate_WaitsForTheCallersWord()
    {
        using var client = new ScriptedChatClient().Then(ChatFinishReason.Stop, ScriptedMcp.Request()).Then(ChatFinishReason.Stop, [.. ScriptedMcp.Made(), new TextContent("A four.")]);
        var agent = client.CreateAgent(tools: [ScriptedMcp.Server()]);
        var thread = new AgentThread();

        var asked = await agent.RunAsync("Roll", thread);
        var request = asked.Messages.SelectMany(m => m.Contents).OfType<ToolApprovalRequestContent>().Single();
        var answer = await agent.RunAsync([new ChatMessage(ChatRole.User, [request.CreateResponse(true)])], thread);

        Assert.Equal((AgentFinishReason.AwaitingApproval, "mcpr_1"), (asked.FinishReason, request.RequestId));
        Assert.Equal(("A four.", true), (answer.Text, Answers(client.Requests[1]).Single().Approved));
    }

    [Fact]
    public async Task RunStreaming_Allowed_AnswersAtOnceAndTellsTheEnd()
    {
        using var client = Rolling();

        var updates = await RunAsync(client, new ToolVerdict.Run("k"));

        Assert.Equal([("mcpr_1", true, null)], Answers(client.Requests[1]).Select(a => (a.RequestId, a.Approved, a.Reason)));
        Assert.Equal(new AgentUpdate.ToolCallStarted("mcpr_1", ScriptedMcp.Tool, ScriptedMcp.Arguments, "dice"), updates.OfType<AgentUpdate.ToolCallStarted>().Single());
        var end = updates.OfType<AgentUpdate.ToolCallFinished>().Single();
        Assert.Equal(("mcpr_1", ScriptedMcp.Tool, "You rolled 4.", ToolOutcome.Succeeded), (end.CallId, end.Name, end.Result, end.Outcome));
        Assert.Equal([("mcpr_1", ToolOutcome.Succeeded)], _gate.Ends);
        Assert.DoesNotContain(updates.OfType<AgentUpdate.HostedToolChanged>(), u => u.Call.Kind is HostedToolKind.Mcp);
    }

    [Fact]
    public async Task RunStreaming_KnownSchema_ReachesTheGateAndElseAnyObject()
    {
        using var client = new ScriptedChatClient().Then(ChatFinishReason.Stop, ScriptedMcp.List(), ScriptedMcp.Request())
            .Then(ChatFinishReason.Stop, [.. ScriptedMcp.Made(), new TextContent("A four.")]);
        using var unknown = Rolling();

        await RunAsync(client, new ToolVerdict.Run("k"));
        await RunAsync(unknown, new ToolVerdict.Run("k"));

        Assert.Equal(["integer", null], _gate.Seen.Select(r => r.Tool.JsonSchema.TryGetProperty("properties", out var p) ? p.GetProperty("sides").GetProperty("type").GetString() : null));
        Assert.All(_gate.Seen, r => Assert.Equal((ScriptedMcp.Tool, ScriptedMcp.Arguments), (r.Name, r.CanonicalArguments)));
    }

    [Fact]
    public async Task RunStreaming_Refused_AnswersNoWithTheReason()
    {
        using var client = new ScriptedChatClient().Then(ChatFinishReason.Stop, ScriptedMcp.Request()).ThenText("I see.");

        var updates = await RunAsync(client, new ToolVerdict.Refuse("Not on Sundays."));

        Assert.Equal([(false, "Not on Sundays.")], Answers(client.Requests[1]).Select(a => (a.Approved, a.Reason)));
        Assert.Equal(ToolOutcome.Refused, updates.OfType<AgentUpdate.ToolCallFinished>().Single().Outcome);
        Assert.Empty(_gate.Ends);
    }

    [Theory]
    [InlineData("""{"sides":6,"sides":100}""", "dice", "each name stands once")]
    [InlineData("six", "dice", "one JSON object")]
    [InlineData("""{"sides":6}""", "other", "may not be used")]
    public async Task RunStreaming_AmbiguousOrForeignCall_IsRefusedBeforeTheGate(string arguments, string server, string told)
    {
        using var client = new ScriptedChatClient().Then(ChatFinishReason.Stop, ScriptedMcp.Request("mcpr_1", arguments, server)).ThenText("I see.");

        await RunAsync(client, new ToolVerdict.Run("k"));

        Assert.Contains(told, Answers(client.Requests[1]).Single().Reason, StringComparison.Ordinal);
        Assert.Empty(_gate.Seen);
    }

    [Fact]
    public async Task RunStreaming_StreamBreaksAfterTheYes_EndIsUnknown()
    {
        using var client = new ScriptedChatClient().Then(ChatFinishReason.Stop, ScriptedMcp.Request()).ThenFault(new AgentException(AgentErrorKind.Unavailable, "Gone."));
        var updates = new List<AgentUpdate>();

        await Assert.ThrowsAsync<AgentException>(async () => await RunAsync(client, new ToolVerdict.Run("k"), updates));

        Assert.Equal(ToolOutcome.Unknown, updates.OfType<AgentUpdate.ToolCallFinished>().Single().Outcome);
        Assert.Equal([("mcpr_1", ToolOutcome.Unknown)], _gate.Ends);
    }

    [Fact]
    public async Task RunStreaming_ProviderFails_EndIsFailed()
    {
        using var client = new ScriptedChatClient().Then(ChatFinishReason.Stop, ScriptedMcp.Request())
            .Then(ChatFinishReason.Stop, [.. ScriptedMcp.Made(error: "No dice left."), new TextContent("Sorry.")]);

        var updates = await RunAsync(client, new ToolVerdict.Run("k"));

        Assert.Equal(("Error: No dice left.", ToolOutcome.Failed), updates.OfType<AgentUpdate.ToolCallFinished>().Select(u => (u.Result, u.Outcome)).Single());
    }

    [Fact]
    public async Task RunStreaming_OneOfTwoWaits_TheOtherIsHeldBackAndAnsweredWithIt()
    {
        using var client = new ScriptedChatClient().Then(ChatFinishReason.Stop, ScriptedMcp.Request("a"), ScriptedMcp.Request("b", """{"sides":20}"""))
            .Then(ChatFinishReason.Stop, [.. ScriptedMcp.Made("b"), new TextContent("Done.")]);
        var agent = client.CreateAgent(tools: [ScriptedMcp.Server()]);
        var thread = new AgentThread();
        var options = new AgentRunOptions { Gate = _gate };
        _gate.Then(new ToolVerdict.Run("k"), new ToolVerdict.Wait("row"));

        var asked = await agent.RunStreamingAsync("Roll", thread, options).ToListAsync();
        _gate.Then(new ToolVerdict.Run("k2"));
        var yes = new ToolDecision("row", IsApproved: true).ToHostedContent("b", "roll_dice", "dice", """{"sides":20}""");
        await agent.RunStreamingAsync([new ChatMessage(ChatRole.User, [yes])], thread, options).ToListAsync();

        Assert.Equal("b", asked.OfType<AgentUpdate.ApprovalRequested>().Single().CallId);
        Assert.Equal([("a", ToolOutcome.Cancelled), ("b", ToolOutcome.Succeeded)], _gate.Ends);
        Assert.Equal([("a", false), ("b", true)], Answers(client.Requests[1]).Select(a => (a.RequestId, a.Approved)));
    }

    [Fact]
    public async Task RunStreaming_LimitAfterTheRequest_AnswersNoAndNeverYes()
    {
        using var client = new ScriptedChatClient().Then(ChatFinishReason.Stop, ScriptedMcp.Request()).ThenText("Hello.");
        var agent = client.CreateAgent(tools: [ScriptedMcp.Server()]);
        var thread = new AgentThread();

        await agent.RunStreamingAsync("Roll", thread, new AgentRunOptions { Gate = _gate, Limits = new ToolLoopOptions { MaxIterations = 1 } }).ToListAsync();
        await agent.RunAsync("Hello", thread);

        Assert.DoesNotContain(Answers(client.Requests[1]), a => a.Approved);
        Assert.Empty(_gate.Ends);
    }

    [Fact]
    public async Task Run_StepAfterTheCall_SendsTheYesOnlyBesideItsCall()
    {
        using var client = new ScriptedChatClient().Then(ChatFinishReason.Stop, ScriptedMcp.Request())
            .Then(ChatFinishReason.ToolCalls, [.. ScriptedMcp.Made(), ScriptedChatClient.Call("1", "nothing")])
            .Then(ChatFinishReason.ToolCalls, ScriptedMcp.Request("mcpr_2"))
            .Then(ChatFinishReason.ToolCalls, ScriptedChatClient.Call("2", "nothing")) // the second call was never made
            .ThenText("Done.");

        await RunAsync(client, new ToolVerdict.Run("k"));

        Assert.Equal(["mcpr_1"], Answers(client.Requests[2]).Select(a => a.RequestId));
        Assert.Equal(["mcpr_1", "mcpr_2"], Answers(client.Requests[3]).Select(a => a.RequestId));
        Assert.Equal(["mcpr_1"], Answers(client.Requests[4]).Select(a => a.RequestId));
    }

    [Fact]
    public async Task Run_RequestNeverDecided_IsNotInTheNextRequest()
    {
        using var client = new ScriptedChatClient().Then(ChatFinishReason.Stop, new TextContent("May I?"), ScriptedMcp.Request()).ThenText("Hello.");
        var agent = client.CreateAgent(tools: [ScriptedMcp.Server()]);
        var thread = new AgentThread();

        await agent.RunAsync("Roll", thread);
        await agent.RunAsync("Hello", thread);

        Assert.DoesNotContain(client.Requests[1].Messages.SelectMany(m => m.Contents), c => c is ToolApprovalRequestContent);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_ProvidersThread_KeepsTheRequestAcrossARestart(bool isDecided)
    {
        using var client = new ScriptedChatClient().Then((_, ct) => InThread(ct, ScriptedMcp.Request())).Then((_, ct) => InThread(ct, [.. ScriptedMcp.Made(), new TextContent("Ok.")]));
        var agent = client.CreateAgent(tools: [ScriptedMcp.Server()]);
        var thread = AgentThread.OnService();

        var asked = await agent.RunAsync("Roll", thread);
        var restored = AgentThread.Restore(thread.Serialize());
        var request = asked.Messages.SelectMany(m => m.Contents).OfType<ToolApprovalRequestContent>().Single();
        await agent.RunAsync([new ChatMessage(ChatRole.User, [isDecided ? request.CreateResponse(true) : new TextContent("Hello")])], restored);

        Assert.Equal([("mcpr_1", isDecided)], Answers(client.Requests[1]).Select(a => (a.RequestId, a.Approved)));
        Assert.Equal(isDecided ? 1 : 2, client.Requests[1].Messages.Count);
        Assert.DoesNotContain("mcpr_1", restored.Serialize(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_DecisionAboutNoRequest_IsRefused()
    {
        using var client = new ScriptedChatClient();
        var agent = client.CreateAgent(tools: [ScriptedMcp.Server()]);

        await Assert.ThrowsAsync<ArgumentException>(() => agent.RunAsync([new ChatMessage(ChatRole.User, [ScriptedMcp.Request().CreateResponse(true)])], new AgentThread()));

        Assert.Empty(client.Requests);
    }

    [Theory]
    [InlineData(AgentErrorKind.Unavailable, true, 1)] // the call may have been made
    [InlineData(AgentErrorKind.RateLimited, true, 2)] // it was turned away
    [InlineData(AgentErrorKind.Unavailable, false, 2)]
    public async Task Retry_RequestWithAYes_IsSentAgainOnlyWhenItWasTurnedAway(AgentErrorKind fault, bool isApproved, int requests)
    {
        using var client = new ScriptedChatClient().ThenFault(new AgentException(fault, "Not now.")).ThenText("Ok.");
        using var retry = new RetryChatClient(client, new RetryOptions { BaseDelay = TimeSpan.Zero }, TimeProvider.System, NullLogger.Instance);
        var request = ScriptedMcp.Request();

        await Record.ExceptionAsync(() => retry.GetResponseAsync(
            [new ChatMessage(ChatRole.User, "Roll"), new ChatMessage(ChatRole.Assistant, [request]), new ChatMessage(ChatRole.User, [request.CreateResponse(isApproved)])]));

        Assert.Equal(requests, client.Requests.Count);
    }

    private static ScriptedChatClient Rolling() => new ScriptedChatClient().Then(ChatFinishReason.Stop, ScriptedMcp.Request())
        .Then(ChatFinishReason.Stop, [.. ScriptedMcp.Made(), new TextContent("A four.")]);

    private static async IAsyncEnumerable<ChatResponseUpdate> InThread([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken, params AIContent[] contents)
    {
        await foreach (var update in ScriptedChatClient.Stream(ChatFinishReason.Stop, contents, cancellationToken))
        {
            update.ConversationId = "conv_1";
            yield return update;
        }
    }

    private static List<ToolApprovalResponseContent> Answers(ScriptedRequest request) =>
        [.. request.Messages.SelectMany(m => m.Contents).OfType<ToolApprovalResponseContent>()];

    private async Task<List<AgentUpdate>> RunAsync(ScriptedChatClient client, ToolVerdict verdict, List<AgentUpdate>? updates = null)
    {
        var agent = client.CreateAgent(tools: [ScriptedMcp.Server(), AIFunctionFactory.Create(() => "nothing", "nothing")]);
        var all = updates ?? [];
        _gate.Otherwise = verdict;
        await foreach (var update in agent.RunStreamingAsync("Roll", new AgentThread(), new AgentRunOptions { Gate = _gate }))
        {
            all.Add(update);
        }

        return all;
    }

    private sealed class ListGate : IToolGate
    {
        private readonly Queue<ToolVerdict> _verdicts = [];

        public ToolVerdict Otherwise { get; set; } = new ToolVerdict.Run("k");

        public List<ToolRequest> Seen { get; } = [];

        public List<(string CallId, ToolOutcome Outcome)> Ends { get; } = [];

        public void Then(params ToolVerdict[] verdicts) => verdicts.ToList().ForEach(_verdicts.Enqueue);

        public Task<IReadOnlyList<ToolVerdict>> ReviewAsync(IReadOnlyList<ToolRequest> requests, CancellationToken cancellationToken)
        {
            Seen.AddRange(requests);
            return Task.FromResult<IReadOnlyList<ToolVerdict>>([.. requests.Select(_ => _verdicts.TryDequeue(out var next) ? next : Otherwise)]);
        }

        public Task EndAsync(ToolRequest request, ToolOutcome outcome, TimeSpan duration, CancellationToken cancellationToken)
        {
            Ends.Add((request.CallId, outcome));
            return Task.CompletedTask;
        }
    }
}
