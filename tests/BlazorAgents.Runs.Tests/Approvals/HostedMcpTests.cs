using BlazorAgents.Agents;
using BlazorAgents.Data;
using BlazorAgents.Runs.Tests.Hosting;
using BlazorAgents.Testing.Fakes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs.Tests.Approvals;

/// <summary>Calls that the provider makes at an MCP server: the same gate, the same requests, the same journal.</summary>
public sealed class HostedMcpTests
{
    [Theory]
    [InlineData(ConversationMemory.None)]
    [InlineData(ConversationMemory.Process)]
    [InlineData(ConversationMemory.Database)]
    public async Task Call_NoRule_WaitsAndIsMadeOnceApproved(ConversationMemory memory)
    {
        await using var desk = await GateDesk.StartAsync();
        desk.Model.Then(ChatFinishReason.Stop, new TextContent("I roll."), ScriptedMcp.List(), ScriptedMcp.Request()).Then(ChatFinishReason.Stop, Rolled());

        var (view, request) = await WaitAsync(desk, memory: memory);
        await desk.ApproveAsync(request);
        await view.UntilEndedAsync();

        Assert.Equal((ApprovalKind.HostedMcp, "dice", ScriptedMcp.Tool, "External"), (request.Kind, request.ServerLabel, request.ToolName, request.Risk));
        Assert.Equal((ScriptedMcp.Schema, ScriptedMcp.Arguments, "I roll."), (request.ToolSchema, request.Arguments, request.AgentWords));
        Assert.Equal("Call roll_dice at the MCP server dice with {\"sides\":6}", request.Sentence);
        Assert.Equal((RunStatus.Completed, "I roll.A four."), (view.State.Status, view.Text()));
        var call = view.Items.Single(item => item.Kind is RunItemKind.ToolCall).Tool!;
        Assert.Equal((ToolOutcome.Succeeded, "You rolled 4.", "dice"), (call.Outcome, call.Result, call.Server));
        Assert.Equal(ToolExecutionState.Succeeded, (await desk.JournalAsync(ScriptedMcp.Tool)).State);
        Assert.Equal(ApprovalState.Executed, (await StoredAsync(desk, request)).State);
        var resumed = desk.Model.Requests[1].Messages;
        Assert.Equal([ChatRole.User, ChatRole.Assistant, ChatRole.User], resumed.Select(m => m.Role));
        Assert.Equal("mcpr_1", resumed[1].Contents.OfType<ToolApprovalRequestContent>().Single().RequestId);
        Assert.Equal([("mcpr_1", true)], Answers(desk.Model.Requests[1]).Select(a => (a.RequestId, a.Approved)));
    }

    [Fact]
    public async Task Call_Rejected_ProviderAndModelAreToldWhy()
    {
        await using var desk = await GateDesk.StartAsync();
        desk.Model.Then(ChatFinishReason.Stop, ScriptedMcp.Request()).ThenText("I see.");
        var (view, request) = await WaitAsync(desk);

        await DecideAsync(desk, request, new ApprovalDecision.Reject("No gambling."));
        await view.UntilEndedAsync();

        var answer = Assert.Single(Answers(desk.Model.Requests[1]));
        Assert.False(answer.Approved);
        Assert.Contains("No gambling.", answer.Reason, StringComparison.Ordinal);
        Assert.Equal(ToolExecutionState.Refused, (await desk.JournalAsync(ScriptedMcp.Tool)).State);
        Assert.Equal(ToolOutcome.Refused, view.Items.Single(item => item.Kind is RunItemKind.ToolCall).Tool!.Outcome);
    }

    [Fact]
    public async Task Call_RejectedAndStopped_EndsTheRunAndTheNextMessageHasNoRequest()
    {
        await using var desk = await GateDesk.StartAsync();
        desk.Model.Then(ChatFinishReason.Stop, ScriptedMcp.Request()).ThenText("Hello.");
        var (view, request) = await WaitAsync(desk);

        await DecideAsync(desk, request, new ApprovalDecision.RejectAndStop("No gambling."));
        await view.UntilEndedAsync();
        var (_, next) = await desk.Host.AskAsync("Hello", view.ConversationId);

        Assert.Equal((RunStatus.Stopped, "Hello."), (view.State.Status, next.Text()));
        AssertToldAsOver(desk.Model.Requests[1], "No gambling.");
    }

    [Theory]
    [InlineData("dice.*", true)]
    [InlineData("dice.roll_dice", true)]
    [InlineData("roll_dice", false)] // a server chooses its tools' names: the name alone must not open the door
    public async Task Call_AllowRule_AnswersAtOnceOnlyWhenItNamesTheServer(string pattern, bool isAllowed)
    {
        await using var desk = await GateDesk.StartAsync();
        await desk.AddRuleAsync(RuleEffect.Allow, pattern, untrusted: true);
        desk.Model.Then(ChatFinishReason.Stop, ScriptedMcp.List(), ScriptedMcp.Request()).Then(ChatFinishReason.Stop, Rolled());

        var view = await desk.Host.ViewAsync(await SendAsync(desk));
        await view.UntilAsync(v => v.State.Status is RunStatus.AwaitingApproval || !v.State.IsActive);

        Assert.Equal(isAllowed ? RunStatus.Completed : RunStatus.AwaitingApproval, view.State.Status);
        Assert.Equal(isAllowed ? 2 : 1, desk.Model.Requests.Count);
    }

    [Theory]
    [InlineData("dice.*")]
    [InlineData("roll_dice")]
    public async Task Call_DenyRule_AnswersNoWithTheRule(string pattern)
    {
        await using var desk = await GateDesk.StartAsync();
        await desk.AddRuleAsync(RuleEffect.Deny, pattern);
        desk.Model.Then(ChatFinishReason.Stop, ScriptedMcp.Request()).ThenText("I see.");

        var view = await desk.Host.EndAsync(await SendAsync(desk));

        var answer = Assert.Single(Answers(desk.Model.Requests[1]));
        Assert.False(answer.Approved);
        Assert.Contains("Rule \"Rule\" denies", answer.Reason, StringComparison.Ordinal);
        Assert.Equal(RunStatus.Completed, view.State.Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_RestartBeforeOrAfterTheDecision_GoesOn(bool isDecidedBefore)
    {
        using var folder = new TempFolder();
        Guid runId;
        Approval request;
        await using (var before = await GateDesk.StartAsync(folder))
        {
            before.Model.Then(ChatFinishReason.Stop, ScriptedMcp.Request());
            (var waiting, request) = await WaitAsync(before);
            runId = waiting.Id;
            if (isDecidedBefore)
            {
                await before.Host.StopEngineAsync();
                await before.ApproveAsync(request);
            }
        }

        await using var after = await GateDesk.StartAsync(folder, startEngine: false);
        after.Model.Then(ChatFinishReason.Stop, Rolled());
        await after.Host.StartEngineAsync();
        if (!isDecidedBefore)
        {
            await after.ApproveAsync(request);
        }

        await after.Host.Committed.UntilAsync(async () => (await after.Host.StoredAsync(runId)).Status is RunStatus.Completed);

        Assert.Equal([("mcpr_1", true)], Answers(after.Model.Requests.Single()).Select(a => (a.RequestId, a.Approved)));
        Assert.Equal(ApprovalState.Executed, (await StoredAsync(after, request)).State);
    }

    [Fact]
    public async Task Call_ServerMovedAfterTheRequest_IsAskedAnew()
    {
        using var folder = new TempFolder();
        Guid runId;
        Approval request;
        await using (var before = await GateDesk.StartAsync(folder))
        {
            before.Model.Then(ChatFinishReason.Stop, ScriptedMcp.Request());
            (var waiting, request) = await WaitAsync(before);
            runId = waiting.Id;
        }

        await using var after = await GateDesk.StartAsync(folder, mcpAddress: "https://elsewhere.test/mcp");
        await after.ApproveAsync(request);
        await AskedAnewAsync(after, runId, request);

        Assert.Equal(ApprovalState.Superseded, (await StoredAsync(after, request)).State);
        Assert.Empty(after.Model.Requests);
    }

    [Fact]
    public async Task Call_ArgumentsChangedInTheDatabase_IsAskedAnew()
    {
        await using var desk = await GateDesk.StartAsync();
        desk.Model.Then(ChatFinishReason.Stop, ScriptedMcp.Request());
        var (view, request) = await WaitAsync(desk);
        await desk.Host.Database.WriteAsync(async c =>
        {
            var item = await c.Items.SingleAsync(i => i.RunId == view.Id && i.Kind == ItemKind.FunctionCall);
            item.Payload = ((ItemPayload.FunctionCall)ItemPayload.FromJson(item.Payload) with { Arguments = """{"sides":1000}""" }).ToJson();
        });

        await desk.ApproveAsync(request);
        await AskedAnewAsync(desk, view.Id, request);

        Assert.Equal(ApprovalState.Superseded, (await StoredAsync(desk, request)).State);
        Assert.Single(desk.Model.Requests);
    }

    [Fact]
    public async Task Stop_WhileItWaits_WithdrawsTheRequestAndTheConversationGoesOn()
    {
        await using var desk = await GateDesk.StartAsync();
        desk.Model.Then(ChatFinishReason.Stop, ScriptedMcp.Request()).ThenText("Hello.");
        var (view, request) = await WaitAsync(desk);

        await desk.Host.Runs.StopAsync(RunsHost.User, view.Id);
        await view.UntilEndedAsync();
        var (_, next) = await desk.Host.AskAsync("Hello", view.ConversationId);

        Assert.Equal("Hello.", next.Text());
        Assert.Equal(ApprovalState.Cancelled, (await StoredAsync(desk, request)).State);
        AssertToldAsOver(desk.Model.Requests[1], "Nobody decided");
    }

    [Fact]
    [Trait("Id", "REL-34")]
    public async Task Rel34_ProviderBreaksAfterTheYes_EndIsUnknownAndTheConversationGoesOn()
    {
        await using var desk = await GateDesk.StartAsync();
        desk.Model.Then(ChatFinishReason.Stop, ScriptedMcp.Request()).ThenFault(new AgentException(AgentErrorKind.Unavailable, "Gone.")).ThenText("Hello again.");
        var (view, request) = await WaitAsync(desk);

        await desk.ApproveAsync(request);
        await view.UntilEndedAsync();
        var (_, next) = await desk.Host.AskAsync("Hello?", view.ConversationId);

        Assert.Equal((RunStatus.Failed, "Hello again."), (view.State.Status, next.Text()));
        Assert.Equal(ToolExecutionState.Unknown, (await desk.JournalAsync(ScriptedMcp.Tool)).State);
        Assert.Equal(ApprovalState.Unknown, (await StoredAsync(desk, request)).State);
        AssertToldAsOver(desk.Model.Requests[^1], "not known");
    }

    [Fact]
    public async Task Call_ProvidersThread_AnswersInItAlsoAfterARestart()
    {
        using var folder = new TempFolder();
        Guid runId;
        Approval request;
        await using (var before = await GateDesk.StartAsync(folder))
        {
            before.Model.Then((_, ct) => InThread("resp_1", ct, ScriptedMcp.Request()));
            (var waiting, request) = await WaitAsync(before, ConversationMemory.Provider);
            runId = waiting.Id;
        }

        await using var after = await GateDesk.StartAsync(folder);
        after.Model.Then((_, ct) => InThread("resp_2", ct, Rolled()));
        await after.ApproveAsync(request);
        await after.Host.Committed.UntilAsync(async () => (await after.Host.StoredAsync(runId)).Status is RunStatus.Completed);

        var sent = after.Model.Requests.Single();
        Assert.Equal("resp_1", sent.Options!.ConversationId);
        Assert.IsType<ToolApprovalResponseContent>(Assert.Single(Assert.Single(sent.Messages).Contents));
    }

    [Fact]
    public async Task Call_ProvidersChainBreaksAfterTheYes_NextMessageStartsAnewWithWhatIsKnown()
    {
        await using var desk = await GateDesk.StartAsync();
        desk.Model.Then((_, ct) => InThread("resp_1", ct, ScriptedMcp.Request()))
            .ThenFault(new AgentException(AgentErrorKind.Unavailable, "Gone."))
            .Then((_, ct) => InThread("resp_2", ct, new TextContent("Hello.")));
        var (view, request) = await WaitAsync(desk, ConversationMemory.Provider);

        await desk.ApproveAsync(request);
        await view.UntilEndedAsync();
        await desk.Host.AskAsync("Hello?", view.ConversationId);

        Assert.Null(desk.Model.Requests[^1].Options!.ConversationId);
        AssertToldAsOver(desk.Model.Requests[^1], "not known");
    }

    [Fact]
    public async Task Step_OneCallAllowedAndOneAsked_BothWaitTogether()
    {
        await using var desk = await GateDesk.StartAsync();
        await desk.AddRuleAsync(RuleEffect.Allow, "dice.*", untrusted: true);
        desk.Model.Then(ChatFinishReason.ToolCalls, ScriptedMcp.Request(), GateDesk.Order()).Then(ChatFinishReason.Stop, Rolled());

        var run = await SendAsync(desk);
        var view = await desk.Host.ViewAsync(run);
        await view.UntilAsync(v => v.State.Status is RunStatus.AwaitingApproval || !v.State.IsActive);
        var requests = await desk.Host.Database.ReadAsync(c => c.Approvals.Where(a => a.RunId == run.RunId).ToListAsync());
        foreach (var request in requests)
        {
            await desk.ApproveAsync(request);
        }

        await view.UntilEndedAsync();

        Assert.Equal(["dice.roll_dice", "order"], requests.Select(r => r.ToolName).Order());
        Assert.Equal(["laptop"], desk.Ran);
        Assert.Equal([("mcpr_1", true)], Answers(desk.Model.Requests[1]).Select(a => (a.RequestId, a.Approved)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Step_BothApprovedButTheOtherOneHasChanged_ProvidersCallIsNotMadeAndAskedAgain(bool isFirst)
    {
        await using var desk = await GateDesk.StartAsync();
        AIContent[] calls = [ScriptedMcp.Request(), GateDesk.Order()];
        desk.Model.Then(ChatFinishReason.ToolCalls, isFirst ? calls : [.. calls.Reverse()]).Then(ChatFinishReason.Stop, Rolled());
        var run = await SendAsync(desk);
        var view = await desk.Host.ViewAsync(run);
        await view.UntilAsync(v => v.State.Status is RunStatus.AwaitingApproval || !v.State.IsActive);
        await desk.Host.StopEngineAsync();
        var first = await PendingAsync();
        foreach (var request in first)
        {
            await desk.ApproveAsync(request);
        }

        desk.Price = 999;
        await desk.Host.StartEngineAsync();
        await desk.Host.Committed.UntilAsync(async () => (await PendingAsync()).Count == 2 && (await desk.Host.StoredAsync(run.RunId)).Status is RunStatus.AwaitingApproval);

        var ended = await StoredAsync(desk, first.Single(r => r.Kind is ApprovalKind.HostedMcp));
        Assert.Equal((ApprovalState.Superseded, "Another call of the same step had to be asked about again; this one was not made."), (ended.State, ended.Cause));
        Assert.Empty(await desk.Host.Database.ReadAsync(c => c.ToolExecutions.ToListAsync()));
        Assert.Single(desk.Model.Requests);

        foreach (var request in await PendingAsync())
        {
            await desk.ApproveAsync(request);
        }

        await desk.Host.Committed.UntilAsync(async () => (await desk.Host.StoredAsync(run.RunId)).Status is RunStatus.Completed);
        Assert.Equal(["laptop"], desk.Ran);
        Assert.Equal([("mcpr_1", true)], Answers(desk.Model.Requests[1]).Select(a => (a.RequestId, a.Approved)));
        Assert.Equal(ToolExecutionState.Succeeded, (await desk.JournalAsync(ScriptedMcp.Tool)).State);

        Task<List<Approval>> PendingAsync() => desk.Host.Database.ReadAsync(c => c.Approvals.Where(a => a.RunId == run.RunId && a.State == ApprovalState.Pending).ToListAsync());
    }

    [Fact]
    public async Task Call_Made_MarksTheConversationAsHoldingOutsideContent()
    {
        await using var desk = await GateDesk.StartAsync();
        await desk.AddRuleAsync(RuleEffect.Allow, "dice.*", untrusted: true);
        await desk.AddRuleAsync(RuleEffect.Allow, "write");
        desk.Model.Then(ChatFinishReason.Stop, ScriptedMcp.Request())
            .Then(ChatFinishReason.ToolCalls, [.. ScriptedMcp.Made(), GateDesk.Call("write")]);

        var view = await desk.Host.ViewAsync(await SendAsync(desk));
        await view.UntilAsync(v => v.State.Status is RunStatus.AwaitingApproval || !v.State.IsActive);

        Assert.Equal(RunStatus.AwaitingApproval, view.State.Status);
        Assert.True((await desk.PendingAsync(view.Id)).HasUntrustedContent);
        Assert.Empty(desk.Ran);
    }

    private static AIContent[] Rolled() => [.. ScriptedMcp.Made(), new TextContent("A four.")];

    private static async IAsyncEnumerable<ChatResponseUpdate> InThread(string id, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken, params AIContent[] contents)
    {
        await foreach (var update in ScriptedChatClient.Stream(ChatFinishReason.Stop, contents, cancellationToken))
        {
            update.ConversationId = id;
            yield return update;
        }
    }

    /// <summary>No provider is asked to go on with it, and the model knows how it ended.</summary>
    private static void AssertToldAsOver(ScriptedRequest request, string told)
    {
        var contents = request.Messages.SelectMany(m => m.Contents).ToList();
        Assert.DoesNotContain(contents, c => c is ToolApprovalRequestContent or ToolApprovalResponseContent);
        Assert.Equal("roll_dice", contents.OfType<FunctionCallContent>().Single().Name);
        Assert.Contains(told, $"{contents.OfType<FunctionResultContent>().Single().Result}", StringComparison.Ordinal);
    }

    private static List<ToolApprovalResponseContent> Answers(ScriptedRequest request) =>
        [.. request.Messages.SelectMany(m => m.Contents).OfType<ToolApprovalResponseContent>()];

    private static StartRun Request(IReadOnlyList<string> tools, ConversationMemory memory = ConversationMemory.Database) =>
        RunsHost.Request("Roll") with { Connection = ConversationConnection.Default with { Memory = memory, HostedTools = tools } };

    private static Task<StartedRun> SendAsync(GateDesk desk, ConversationMemory memory = ConversationMemory.Database) => desk.Host.Runs.StartAsync(Request(["mcp:dice"], memory));

    private static async Task<(RunView View, Approval Request)> WaitAsync(GateDesk desk, ConversationMemory memory = ConversationMemory.Database)
    {
        var run = await SendAsync(desk, memory);
        var view = await desk.Host.ViewAsync(run);
        await view.UntilAsync(v => v.State.Status is RunStatus.AwaitingApproval || !v.State.IsActive);
        Assert.Equal(RunStatus.AwaitingApproval, view.State.Status);
        return (view, await desk.PendingAsync(run.RunId));
    }

    private static async Task DecideAsync(GateDesk desk, Approval request, ApprovalDecision decision) =>
        Assert.IsType<DecisionResult.Decided>(await desk.Host.Get<ApprovalService>().DecideAsync(GateDesk.Approver, request.Id, decision));

    private static Task AskedAnewAsync(GateDesk desk, Guid runId, Approval first) => desk.Host.Committed.UntilAsync(() =>
        desk.Host.Database.ReadAsync(c => c.Approvals.AnyAsync(a => a.RunId == runId && a.Id != first.Id && a.State == ApprovalState.Pending)));

    private static Task<Approval> StoredAsync(GateDesk desk, Approval request) => desk.Host.Database.ReadAsync(c => c.Approvals.SingleAsync(a => a.Id == request.Id));
}
