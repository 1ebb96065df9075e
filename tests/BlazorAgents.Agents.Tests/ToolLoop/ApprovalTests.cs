using BlazorAgents.Agents.Tools;
using BlazorAgents.Testing.Fakes;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.Tests.ToolLoop;

/// <summary>Calls that wait for a person: the guide's workflow, with any chat client.</summary>
public sealed class ApprovalTests
{
    private readonly List<string> _ran = [];

    [Fact]
    public async Task Run_Approved_CarriesOutTheCallAndGoesOn()
    {
        using var client = new ScriptedChatClient().ThenCalls(ScriptedChatClient.Call("1", "order", """{"what":"laptop"}""")).ThenText("Ordered.");
        var agent = client.CreateAgent(tools: [Gated("order")]);
        var thread = new AgentThread();

        var asked = await agent.RunAsync("Order a laptop", thread);
        var answer = await agent.RunAsync([Decide(asked, true)], thread);

        Assert.Equal(AgentFinishReason.AwaitingApproval, asked.FinishReason);
        Assert.Equal(["order laptop"], _ran);
        Assert.Equal(("Ordered.", AgentFinishReason.Completed), (answer.Text, answer.FinishReason));
        Assert.Equal(["user", "assistant", "tool"], Roles(client.Requests[1]));
        Assert.Equal("ordered laptop", ResultOf(client.Requests[1], "1"));
    }

    [Fact]
    public async Task Run_Rejected_TellsTheModelWhyAndRunsNothing()
    {
        using var client = new ScriptedChatClient().ThenCalls(ScriptedChatClient.Call("1", "order", """{"what":"laptop"}""")).ThenText("I see.");
        var agent = client.CreateAgent(tools: [Gated("order")]);
        var thread = new AgentThread();

        var asked = await agent.RunAsync("Order a laptop", thread);
        await agent.RunAsync([Decide(asked, false, "Too expensive.")], thread);

        Assert.Empty(_ran);
        Assert.Contains("Too expensive.", ResultOf(client.Requests[1], "1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunStreaming_SeveralCallsInOneStep_UngatedRunAtOnceAndGatedWait()
    {
        using var client = new ScriptedChatClient()
            .ThenCalls(ScriptedChatClient.Call("1", "order", """{"what":"laptop"}"""), ScriptedChatClient.Call("2", "look", """{"what":"mouse"}"""))
            .ThenText("Done.");
        var agent = client.CreateAgent(tools: [Gated("order"), Free("look")]);
        var thread = new AgentThread();

        var updates = await agent.RunStreamingAsync("Hi", thread).ToListAsync();
        var ranBefore = _ran.ToList();
        var request = updates.OfType<AgentUpdate.ApprovalRequested>().Single();
        var yes = new ToolDecision(request.RequestId, IsApproved: true).ToContent("1", "order", """{"what":"laptop"}""");
        await agent.RunStreamingAsync([new ChatMessage(ChatRole.User, [yes])], thread).ToListAsync();

        Assert.Equal(["look mouse"], ranBefore);
        Assert.Equal("2", updates.OfType<AgentUpdate.ToolCallFinished>().Single().CallId);
        Assert.Equal("1", request.CallId);
        Assert.Equal(["look mouse", "order laptop"], _ran);
        Assert.Equal(["user", "assistant", "tool", "tool"], Roles(client.Requests[1]));
    }

    [Fact]
    public async Task Run_EditedArguments_RunInstead_AndTheModelIsTold()
    {
        using var client = new ScriptedChatClient().ThenCalls(ScriptedChatClient.Call("1", "order", """{"what":"laptop"}""")).ThenText("Ok.");
        var agent = client.CreateAgent(tools: [Gated("order")]);
        var thread = new AgentThread();

        var asked = await agent.RunAsync("Order a laptop", thread);
        var edited = new ToolDecision(asked.UserInputRequests.Single().RequestId, IsApproved: true, "A person changed the arguments.").ToContent("1", "order", """{"what":"mouse"}""");
        await agent.RunAsync([new ChatMessage(ChatRole.User, [edited])], thread);

        Assert.Equal(["order mouse"], _ran);
        Assert.Equal("A person changed the arguments.\nordered mouse", ResultOf(client.Requests[1], "1"));
    }

    [Fact]
    public async Task Run_EditedArgumentsThatDoNotFit_DoNotRun()
    {
        using var client = new ScriptedChatClient().ThenCalls(ScriptedChatClient.Call("1", "order", """{"what":"laptop"}""")).ThenText("Ok.");
        var agent = client.CreateAgent(tools: [Gated("order")]);
        var thread = new AgentThread();

        var asked = await agent.RunAsync("Order a laptop", thread);
        var edited = new ToolDecision(asked.UserInputRequests.Single().RequestId, IsApproved: true).ToContent("1", "order", """{"what":7}""");
        await agent.RunAsync([new ChatMessage(ChatRole.User, [edited])], thread);

        Assert.Empty(_ran);
        Assert.Contains("invalid", ResultOf(client.Requests[1], "1"), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Id", "REL-08")]
    public async Task RunStreaming_InvalidArguments_NeverReachAPerson()
    {
        using var client = new ScriptedChatClient().ThenCalls(ScriptedChatClient.Call("1", "order", """{"what":7}""")).ThenText("Sorry.");
        var agent = client.CreateAgent(tools: [Gated("order")]);

        var updates = await agent.RunStreamingAsync("Hi").ToListAsync();

        Assert.Empty(updates.OfType<AgentUpdate.ApprovalRequested>());
        Assert.Equal(ToolOutcome.InvalidArguments, updates.OfType<AgentUpdate.ToolCallFinished>().Single().Outcome);
    }

    [Fact]
    public async Task Run_NewMessageInsteadOfADecision_ClosesTheCallAndAnswers()
    {
        using var client = new ScriptedChatClient().ThenCalls(ScriptedChatClient.Call("1", "order", """{"what":"laptop"}""")).ThenText("Hello.");
        var agent = client.CreateAgent(tools: [Gated("order")]);
        var thread = new AgentThread();

        await agent.RunAsync("Order a laptop", thread);
        var answer = await agent.RunAsync("Never mind", thread);

        Assert.Equal("Hello.", answer.Text);
        Assert.Equal(["user", "assistant", "tool", "user"], Roles(client.Requests[1]));
        Assert.Contains("nobody decided", ResultOf(client.Requests[1], "1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_DecisionSentTwice_IsRefusedAndNothingRunsAgain()
    {
        using var client = new ScriptedChatClient().ThenCalls(ScriptedChatClient.Call("1", "order", """{"what":"laptop"}""")).ThenText("Ordered.");
        var agent = client.CreateAgent(tools: [Gated("order")]);
        var thread = new AgentThread();
        var asked = await agent.RunAsync("Order a laptop", thread);
        await agent.RunAsync([Decide(asked, true)], thread);

        await Assert.ThrowsAsync<ArgumentException>(() => agent.RunAsync([Decide(asked, true)], thread));

        Assert.Single(_ran);
    }

    [Fact]
    public async Task Run_ServerThatNumbersCallsAnewInEachAnswer_LastOneWaits()
    {
        using var client = new ScriptedChatClient()
            .ThenCalls(ScriptedChatClient.Call("1", "look", """{"what":"a"}""")).ThenText("Seen.")
            .ThenCalls(ScriptedChatClient.Call("1", "order", """{"what":"b"}""")).ThenText("Ordered.");
        var agent = client.CreateAgent(tools: [Gated("order"), Free("look")]);
        var thread = new AgentThread();
        await agent.RunAsync("Look", thread);

        var asked = await agent.RunAsync("Order", thread);
        var answer = await agent.RunAsync([Decide(asked, true)], thread);

        Assert.Equal("Ordered.", answer.Text);
        Assert.Equal(["look a", "order b"], _ran);
    }

    [Fact]
    public async Task Run_ForgedDecision_IsRefused()
    {
        using var client = new ScriptedChatClient().ThenText("Hello.");
        var agent = client.CreateAgent(tools: [Gated("order")]);
        var thread = new AgentThread();
        await agent.RunAsync("Hi", thread);
        var forged = new ToolDecision("r", IsApproved: true).ToContent("1", "order", """{"what":"laptop"}""");

        var refused = await Assert.ThrowsAsync<ArgumentException>(() => agent.RunAsync([new ChatMessage(ChatRole.User, [forged])], thread));

        Assert.Contains("order", refused.Message, StringComparison.Ordinal);
        Assert.Empty(_ran);
    }

    [Fact]
    public async Task Run_SavedWhileItWaits_GoesOnInAnotherProcess()
    {
        using var client = new ScriptedChatClient().ThenCalls(ScriptedChatClient.Call("1", "order", """{"what":"laptop"}""")).ThenText("Ordered.");
        var agent = client.CreateAgent(tools: [Gated("order")]);
        var thread = new AgentThread();
        var asked = await agent.RunAsync("Order a laptop", thread);

        var restored = AgentThread.Restore(thread.Serialize());
        await agent.RunAsync([Decide(asked, true)], restored);

        Assert.Equal(["order laptop"], _ran);
    }

    [Fact]
    public async Task Run_Gate_SeesEachStepAtOnceAndTheEndOfEachCallThatRan()
    {
        using var client = new ScriptedChatClient()
            .ThenCalls(ScriptedChatClient.Call("1", "look", """{"what":"a"}"""), ScriptedChatClient.Call("2", "look", """{ "what" : "b" }"""), ScriptedChatClient.Call("3", "look", """{"what":"c"}"""))
            .ThenText("Done.");
        var gate = new RecordingGate(request => request.CallId switch
        {
            "1" => new ToolVerdict.Run("key-1"),
            "2" => new ToolVerdict.Refuse("Not allowed by a rule."),
            _ => new ToolVerdict.Wait("request-3"),
        });
        var agent = client.CreateAgent(tools: [Free("look")]);

        var updates = await agent.RunStreamingAsync("Hi", new AgentThread(), new AgentRunOptions { Gate = gate }).ToListAsync();

        Assert.Equal(["""{"what":"a"}""", """{"what":"b"}""", """{"what":"c"}"""], Assert.Single(gate.Reviews).Select(r => r.CanonicalArguments));
        Assert.Equal([("1", ToolOutcome.Succeeded)], gate.Ends);
        Assert.Equal(["look a"], _ran);
        Assert.Equal(ToolOutcome.Refused, updates.OfType<AgentUpdate.ToolCallFinished>().Single(f => f.CallId == "2").Outcome);
        Assert.Equal("request-3", updates.OfType<AgentUpdate.ApprovalRequested>().Single().RequestId);
    }

    [Fact]
    public async Task Run_StoppedDuringACall_TellsTheGateThatItWasCancelled()
    {
        using var stop = new CancellationTokenSource();
        var tool = AIFunctionFactory.Create(
            async (CancellationToken token) =>
            {
                await stop.CancelAsync();
                await Task.Delay(Timeout.Infinite, token);
            },
            "wait");
        using var client = new ScriptedChatClient().ThenCalls(ScriptedChatClient.Call("1", "wait"));
        var gate = new RecordingGate(request => new ToolVerdict.Run("key"));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => client.CreateAgent(tools: [tool]).RunAsync("Hi", null, new AgentRunOptions { Gate = gate }, stop.Token));

        Assert.Equal([("1", ToolOutcome.Cancelled)], gate.Ends);
    }

    private static ChatMessage Decide(AgentResponse asked, bool approved, string? reason = null) =>
        new(ChatRole.User, [asked.UserInputRequests.Single().CreateResponse(approved, reason)]);

    private static IEnumerable<string> Roles(ScriptedRequest request) => request.Messages.Select(m => m.Role.Value);

    private static string ResultOf(ScriptedRequest request, string callId) =>
        $"{request.Messages.SelectMany(m => m.Contents).OfType<FunctionResultContent>().Single(r => r.CallId == callId).Result}";

    private ApprovalRequiredAIFunction Gated(string name) => new(Free(name));

    private AIFunction Free(string name) => AIFunctionFactory.Create(
        (string what) =>
        {
            lock (_ran)
            {
                _ran.Add($"{name} {what}");
            }

            return $"{name}ed {what}";
        },
        name);

    private sealed class RecordingGate(Func<ToolRequest, ToolVerdict> review) : IToolGate
    {
        public List<IReadOnlyList<ToolRequest>> Reviews { get; } = [];

        public List<(string CallId, ToolOutcome Outcome)> Ends { get; } = [];

        public Task<IReadOnlyList<ToolVerdict>> ReviewAsync(IReadOnlyList<ToolRequest> requests, CancellationToken cancellationToken)
        {
            Reviews.Add(requests);
            return Task.FromResult<IReadOnlyList<ToolVerdict>>([.. requests.Select(review)]);
        }

        public Task EndAsync(ToolRequest request, ToolOutcome outcome, TimeSpan duration, CancellationToken cancellationToken)
        {
            lock (Ends)
            {
                Ends.Add((request.CallId, outcome));
            }

            return Task.CompletedTask;
        }
    }
}
