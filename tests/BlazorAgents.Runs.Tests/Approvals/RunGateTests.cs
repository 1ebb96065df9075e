using BlazorAgents.Agents;
using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;
using BlazorAgents.Runs.Tests.Hosting;
using BlazorAgents.Testing.Fakes;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs.Tests.Approvals;

/// <summary>Rules, requests, journal and engine together: what an agent may do, from the call to its end.</summary>
public sealed class RunGateTests
{
    private static readonly Actor s_approver = new(RunsHost.Stranger, "Approver", Roles.Approver);
    private readonly List<string> _ran = [];

    [Fact]
    public async Task Run_ReadTool_RunsAtOnceAndIsJournalled()
    {
        await using var host = await StartAsync();
        host.Model.ThenCalls(ScriptedChatClient.Call("1", "look", """{ "what" : "mouse" }""")).ThenText("There.");

        var (run, view) = await host.AskAsync();

        Assert.Equal(RunStatus.Completed, view.State.Status);
        var row = await host.Database.ReadAsync(c => c.ToolExecutions.SingleAsync());
        Assert.Equal((run.RunId, "look", "Read", """{"what":"mouse"}""", ToolExecutionState.Succeeded), (row.RunId, row.ToolName, row.Risk, row.Arguments, row.State));
        Assert.NotNull(row.EndedAt);
    }

    [Fact]
    public async Task Run_MoneyTool_AsksWithAllThatAPersonNeeds()
    {
        await using var host = await StartAsync();
        host.Model.Then(ChatFinishReason.ToolCalls, new TextContent("I order it now."), Order());

        var (run, view, approval) = await WaitAsync(host);

        Assert.Empty(_ran);
        Assert.Equal((ApprovalState.Pending, "Order a laptop", "laptop", "Money"), (approval.State, approval.Sentence, approval.Target, approval.Risk));
        Assert.Equal(("Order a laptop please", "I order it now.", ApprovalDecider.Approver), (approval.UserMessage, approval.AgentWords, approval.Decider));
        Assert.Equal($"{approval.Id}", view.Items.Single(item => item.Kind is RunItemKind.ToolCall).Tool!.RequestId);
        Assert.Equal(run.RunId, approval.RunId);
    }

    [Fact]
    public async Task Run_Approved_IsConsumedJournalledAndExecutedOnce()
    {
        await using var host = await StartAsync();
        host.Model.ThenCalls(Order()).ThenText("Ordered.");
        var (_, view, approval) = await WaitAsync(host);

        Assert.IsType<DecisionResult.Decided>(await host.Get<ApprovalService>().DecideAsync(s_approver, approval.Id, new ApprovalDecision.Approve()));
        await view.UntilEndedAsync();

        Assert.Equal((RunStatus.Completed, "Ordered."), (view.State.Status, view.Text()));
        Assert.Equal(["laptop"], _ran);
        var (stored, call) = await host.Database.ReadAsync(async c => (await c.Approvals.SingleAsync(), await c.ToolExecutions.SingleAsync()));
        Assert.Equal((ApprovalState.Executed, ToolExecutionState.Succeeded, (Guid?)approval.Id), (stored.State, call.State, call.ApprovalId));
        Assert.Equal(
            ["approval.requested", "approval.approved", "approval.consumed", "approval.executed"],
            await host.Database.ReadAsync(c => c.AuditEvents.OrderBy(e => e.Id).Select(e => e.Action).ToListAsync()));
        Assert.Null((await host.Get<AuditLog>().VerifyAsync()).BrokenId);
    }

    [Fact]
    public async Task Run_Rejected_IsJournalledAsRefusedAndTheModelHearsTheReason()
    {
        await using var host = await StartAsync();
        host.Model.ThenCalls(Order()).ThenText("I see.");
        var (_, view, approval) = await WaitAsync(host);

        await host.Get<ApprovalService>().DecideAsync(s_approver, approval.Id, new ApprovalDecision.Reject("Too dear."));
        await view.UntilEndedAsync();

        Assert.Empty(_ran);
        Assert.Contains("Too dear.", view.Items.Single(item => item.Kind is RunItemKind.ToolCall).Tool!.Result, StringComparison.Ordinal);
        Assert.Equal(ToolExecutionState.Refused, (await host.Database.ReadAsync(c => c.ToolExecutions.SingleAsync())).State);
    }

    [Fact]
    public async Task Run_Edited_RunsTheApproversArguments()
    {
        await using var host = await StartAsync();
        host.Model.ThenCalls(Order()).ThenText("Ok.");
        var (_, view, approval) = await WaitAsync(host);

        Assert.IsType<DecisionResult.Decided>(await host.Get<ApprovalService>().DecideAsync(s_approver, approval.Id, new ApprovalDecision.ApproveEdited("""{"what":"mouse"}""")));
        await view.UntilEndedAsync();

        Assert.Equal(["mouse"], _ran);
        Assert.Contains("changed the arguments", view.Items.Single(item => item.Kind is RunItemKind.ToolCall).Tool!.Result, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Id", "REL-22")]
    public async Task Rel22_ArgumentsChangedAfterTheApproval_ApprovalIsVoidAndAskedAgain()
    {
        await using var host = await StartAsync();
        host.Model.ThenCalls(Order()).ThenText("Ordered.");
        var (_, view, approval) = await WaitAsync(host);
        await host.StopEngineAsync();
        await host.Get<ApprovalService>().DecideAsync(s_approver, approval.Id, new ApprovalDecision.Approve());
        await host.Database.WriteAsync(c => c.Approvals.ExecuteUpdateAsync(set => set.SetProperty(a => a.Arguments, """{"what":"yacht"}""")));

        await using var after = await StartAsync(host.Folder);
        var next = await after.ViewAsync(new StartedRun(approval.ConversationId, view.TurnId, approval.RunId));
        await next.UntilAsync(v => v.State.Status is RunStatus.AwaitingApproval && v.Items.Any(i => i.Tool?.RequestId is { } id && id != $"{approval.Id}"));

        Assert.Empty(_ran);
        Assert.Equal(
            [ApprovalState.Superseded, ApprovalState.Pending],
            await after.Database.ReadAsync(c => c.Approvals.OrderBy(a => a.CreatedAt).Select(a => a.State).ToListAsync()));
    }

    [Fact]
    public async Task Run_DenyRule_BeatsEverythingAndTheModelIsTold()
    {
        await using var host = await StartAsync();
        await AddRuleAsync(host, RuleEffect.Deny, "look");
        host.Model.ThenCalls(ScriptedChatClient.Call("1", "look", """{"what":"mouse"}""")).ThenText("I may not.");

        var (_, view) = await host.AskAsync();

        Assert.Empty(_ran);
        Assert.Equal(ToolOutcome.Refused, view.Items[0].Tool!.Outcome);
        Assert.Contains("not allowed", view.Items[0].Tool!.Result, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_AllowRule_LetsAMoneyToolRun()
    {
        await using var host = await StartAsync();
        await AddRuleAsync(host, RuleEffect.Allow, "ord*");
        host.Model.ThenCalls(Order()).ThenText("Ordered.");

        var (_, view) = await host.AskAsync();

        Assert.Equal((RunStatus.Completed, 1), (view.State.Status, _ran.Count));
    }

    [Fact]
    [Trait("Id", "REL-15")]
    public async Task Rel15_CrashDuringASideEffect_JournalAndApprovalSayUnknownAndNothingRunsAgain()
    {
        // Its engine lives on: the next renewal of its lease would stop the tool in an orderly way.
        await using var host = await StartAsync(options: new RunsOptions { LeaseSeconds = 3600, MakeTitles = false, DrainSeconds = 0 });
        var started = new TaskCompletionSource();
        host.Model.ThenCalls(Order("hang")).ThenText("Never said.");
        _onRun = () =>
        {
            started.TrySetResult();
            return new TaskCompletionSource().Task;
        };
        var (run, _, approval) = await WaitAsync(host);
        await host.Get<ApprovalService>().DecideAsync(s_approver, approval.Id, new ApprovalDecision.Approve());
        await started.Task.WaitAsync(Waiting.Patience);
        await host.ChangeAsync(run.RunId, r => (r.Owner, r.LeaseUntil) = ($"{Environment.MachineName}/{int.MaxValue}/1", null)); // its process is gone

        await using var after = await StartAsync(host.Folder);

        Assert.Equal(RunStatus.Interrupted, (await after.StoredAsync(run.RunId)).Status);
        Assert.Equal(ToolExecutionState.Unknown, (await after.Database.ReadAsync(c => c.ToolExecutions.SingleAsync())).State);
        Assert.Equal(ApprovalState.Unknown, (await after.Database.ReadAsync(c => c.Approvals.SingleAsync())).State);
        Assert.Empty(after.Model.Requests);
    }

    [Fact]
    public async Task Stop_WhileItWaits_CancelsTheRequestWithTheCause()
    {
        await using var host = await StartAsync();
        host.Model.ThenCalls(Order());
        var (run, view, approval) = await WaitAsync(host);

        await host.Runs.StopAsync(RunsHost.User, run.RunId);
        await view.UntilEndedAsync();

        var stored = await host.Database.ReadAsync(c => c.Approvals.SingleAsync());
        Assert.Equal((approval.Id, ApprovalState.Cancelled), (stored.Id, stored.State));
        Assert.Contains("stopped", stored.Cause, StringComparison.Ordinal);
        Assert.IsNotType<DecisionResult.Decided>(await host.Get<ApprovalService>().DecideAsync(s_approver, approval.Id, new ApprovalDecision.Approve()));
    }

    private Func<Task> _onRun = () => Task.CompletedTask;

    private static FunctionCallContent Order(string what = "laptop") => ScriptedChatClient.Call("1", "order", $$"""{"what":"{{what}}"}""");

    private static async Task<(StartedRun Run, RunView View, Approval Approval)> WaitAsync(RunsHost host)
    {
        var run = await host.SendAsync("Order a laptop please");
        var view = await host.ViewAsync(run);
        await view.UntilAsync(v => v.State.Status is RunStatus.AwaitingApproval);
        return (run, view, await host.Database.ReadAsync(c => c.Approvals.SingleAsync(a => a.RunId == run.RunId)));
    }

    private static Task AddRuleAsync(RunsHost host, RuleEffect effect, string pattern) => host.Database.WriteAsync(context =>
    {
        context.ApprovalRules.Add(new ApprovalRule
        {
            Id = Guid.CreateVersion7(),
            Name = "Rule",
            Effect = effect,
            ToolPattern = pattern,
            CreatedById = "1",
            CreatedByName = "Ada",
        });
        return Task.CompletedTask;
    });

    private async Task<RunsHost> StartAsync(TempFolder? folder = null, RunsOptions? options = null)
    {
        var host = await RunsHost.StartAsync(new RunsHostSettings
        {
            Folder = folder,
            Options = options ?? new RunsHostSettings().Options,
            StartEngine = false,
            Tools =
            [
                AgentTool.Create((string what) => RunAsync(what), "look"),
                AgentTool.Create(
                    (string what) => RunAsync(what),
                    "order",
                    new AgentToolOptions { Risk = ToolRisk.Money, Preview = (string what) => new ToolPreview($"Order a {what}", [], what) }),
            ],
        });
        await host.Database.WriteAsync(async context =>
        {
            if (!await context.Roles.AnyAsync())
            {
                context.Roles.Add(new IdentityRole { Id = Roles.Approver, Name = Roles.Approver, NormalizedName = "APPROVER" });
                context.UserRoles.Add(new IdentityUserRole<string> { UserId = RunsHost.Stranger, RoleId = Roles.Approver });
            }
        });
        await host.StartEngineAsync();
        return host;
    }

    private async Task<string> RunAsync(string what)
    {
        lock (_ran)
        {
            _ran.Add(what);
        }

        await _onRun();
        return $"done {what}";
    }
}
