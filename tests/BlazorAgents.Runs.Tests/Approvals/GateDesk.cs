using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;
using BlazorAgents.Runs.Tests.Hosting;
using BlazorAgents.Testing.Fakes;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs.Tests.Approvals;

/// <summary>An engine with tools of several risks, a requester and an approver; what ran is kept.</summary>
internal sealed class GateDesk : IAsyncDisposable
{
    public static readonly Actor Approver = new(RunsHost.Stranger, "Approver", Roles.Approver);
    private static readonly Actor s_admin = new("admin", "Ada", Roles.Admin);
    private readonly List<string> _ran = [];

    private GateDesk()
    {
    }

    public RunsHost Host { get; private set; } = null!;

    public ScriptedChatClient Model => Host.Model;

    /// <summary>What each order does besides.</summary>
    public Func<CancellationToken, Task<object>> OnOrder { get; set; } = _ => Task.FromResult<object>("done");

    /// <summary>What an order costs now, in dollars; null when nobody can tell.</summary>
    public int? Price { get; set; } = 10;

    public IReadOnlyList<string> Ran
    {
        get
        {
            lock (_ran)
            {
                return [.. _ran];
            }
        }
    }

    public static async Task<GateDesk> StartAsync(TempFolder? folder = null, TimeProvider? time = null, string mcpAddress = "https://dice.test/mcp", bool hasOutsideTool = true, AITool? furtherTool = null, bool startEngine = true)
    {
        var desk = new GateDesk();
        desk.Host = await RunsHost.StartAsync(new RunsHostSettings
        {
            Folder = folder,
            StartEngine = false,
            Time = time ?? TimeProvider.System,
            Configuration = new Dictionary<string, string?> { ["Mcp:Servers:0:Label"] = ScriptedMcp.Label, ["Mcp:Servers:0:Address"] = mcpAddress },
            Tools =
            [
                AgentTool.Create((string what) => desk.Note($"look {what}"), "look"),
                AgentTool.Create((string what) => desk.Note($"fetch {what}"), "fetch", new AgentToolOptions { Risk = hasOutsideTool ? ToolRisk.External : ToolRisk.Read }),
                AgentTool.Create((string what) => desk.Note($"write {what}"), "write", new AgentToolOptions { Risk = ToolRisk.Write }),
                AgentTool.Create((string what, string password) => desk.Note($"login {what}"), "login", new AgentToolOptions { Risk = ToolRisk.Write }),
                AgentTool.Create((string what) => desk.Note($"restock {what}"), "restock", new AgentToolOptions { MinimumRole = Roles.Approver }),
                AgentTool.Create(
                    async (string what, CancellationToken cancellationToken) =>
                    {
                        desk.Note(what);
                        return await desk.OnOrder(cancellationToken);
                    },
                    "order",
                    new AgentToolOptions { Risk = ToolRisk.Money, Preview = (string what) => new ToolPreview($"Order a {what} for {desk.Price ?? throw new InvalidOperationException("No price.")} $", [], what) }),
                .. furtherTool is null ? Array.Empty<AITool>() : [furtherTool],
            ],
        });
        await desk.Host.Database.WriteAsync(async context =>
        {
            if (await context.Roles.AnyAsync(r => r.Id == "approvers"))
            {
                return;
            }

            context.Roles.Add(new IdentityRole { Id = "approvers", Name = Roles.Approver, NormalizedName = "APPROVER" });
            context.Roles.Add(new IdentityRole { Id = "admins", Name = Roles.Admin, NormalizedName = "ADMIN" });
            context.Users.Add(new AppUser { Id = s_admin.Id, UserName = s_admin.Id });
            context.UserRoles.Add(new IdentityUserRole<string> { UserId = RunsHost.Stranger, RoleId = "approvers" });
            context.UserRoles.Add(new IdentityUserRole<string> { UserId = s_admin.Id, RoleId = "admins" });
        });
        if (startEngine)
        {
            await desk.Host.StartEngineAsync();
        }

        return desk;
    }

    public static FunctionCallContent Order(string what = "laptop", string id = "1") => ScriptedChatClient.Call(id, "order", $$"""{"what":"{{what}}"}""");

    public static FunctionCallContent Call(string tool, string id = "1") => ScriptedChatClient.Call(id, tool, """{"what":"x"}""");

    /// <summary>Sends a message whose answer comes to wait.</summary>
    public async Task<(RunView View, Approval Approval)> WaitAsync(Guid? conversationId = null)
    {
        var run = await Host.SendAsync("Order", conversationId);
        var view = await Host.ViewAsync(run);
        await view.UntilAsync(v => v.State.Status is RunStatus.AwaitingApproval || !v.State.IsActive);
        Assert.Equal(RunStatus.AwaitingApproval, view.State.Status);
        return (view, await PendingAsync(run.RunId));
    }

    public Task<Approval> PendingAsync(Guid runId) =>
        Host.Database.ReadAsync(c => c.Approvals.SingleAsync(a => a.RunId == runId && a.State == ApprovalState.Pending));

    public async Task ApproveAsync(Approval approval) =>
        Assert.IsType<DecisionResult.Decided>(await Host.Get<ApprovalService>().DecideAsync(Approver, approval.Id, new ApprovalDecision.Approve()));

    public Task<ToolExecution> JournalAsync(string tool) =>
        Host.Database.ReadAsync(c => c.ToolExecutions.Where(e => e.ToolName == tool).OrderByDescending(e => e.Id).FirstAsync());

    public async Task AddRuleAsync(RuleEffect effect, string pattern, bool? untrusted = null, int? uses = null, params IReadOnlyList<RuleCondition> conditions)
    {
        var input = new RuleInput { Name = "Rule", Effect = effect, ToolPattern = pattern, HasUntrustedContent = untrusted, UsesLeft = uses, Conditions = conditions };
        Assert.Empty((await Host.Get<RuleService>().SaveAsync(s_admin, input)).Problems);
    }

    public Task SetAsync(string tool, ToolApprovalMode mode = ToolApprovalMode.ByRisk, bool isEnabled = true) => Host.Database.WriteAsync(
        c => Task.FromResult(c.ToolSettings.Add(new ToolSetting { AgentId = RunsHost.Agent, ToolName = tool, Mode = mode, IsEnabled = isEnabled })));

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    private string Note(string what)
    {
        lock (_ran)
        {
            _ran.Add(what);
        }

        return $"done {what}";
    }
}
