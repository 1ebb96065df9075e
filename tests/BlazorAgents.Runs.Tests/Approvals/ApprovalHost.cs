using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;
using BlazorAgents.Runs.Tests.Hosting;
using BlazorAgents.Testing.Fakes;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs.Tests.Approvals;

/// <summary>The service on a real database with people of every role; the engine does not run, so that states stand still.</summary>
internal sealed class ApprovalHost : IAsyncDisposable
{
    public const string Schema = """{"type":"object","properties":{"quantity":{"type":"integer","minimum":1},"sku":{"type":"string"}},"required":["quantity"],"additionalProperties":false}""";

    private ApprovalHost(RunsHost host, ManualTimeProvider time) => (Host, Time) = (host, time);

    public static Actor Requester { get; } = new(RunsHost.User, "Rita", Roles.User);

    public static Actor Stranger { get; } = new(RunsHost.Stranger, "Sam", Roles.User);

    public static Actor Approver { get; } = new("approver", "Anna", Roles.Approver);

    public static Actor Second { get; } = new("second", "Ben", Roles.Approver);

    public static Actor Admin { get; } = new("admin", "Ada", Roles.Admin);

    public RunsHost Host { get; }

    public ManualTimeProvider Time { get; }

    public ApprovalService Service => Host.Get<ApprovalService>();

    public static async Task<ApprovalHost> StartAsync(TempFolder? folder = null, IReadOnlyList<AITool>? tools = null)
    {
        var time = new ManualTimeProvider();
        var host = await RunsHost.StartAsync(new RunsHostSettings { Time = time, StartEngine = false, Folder = folder, Tools = tools ?? [] });
        var approvals = new ApprovalHost(host, time);
        await host.Database.WriteAsync(AddPeopleAsync);
        return approvals;
    }

    public async Task<(Guid Conversation, Guid Run)> AddRunAsync(string requester = RunsHost.User, RunStatus status = RunStatus.AwaitingApproval)
    {
        var (conversation, turn, run) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await Host.Database.WriteAsync(context =>
        {
            context.Conversations.Add(new Conversation { Id = conversation, UserId = requester, Title = "Order", AgentId = RunsHost.Agent });
            context.Turns.Add(new Turn { Id = turn, ConversationId = conversation, Text = "Order a laptop" });
            context.Runs.Add(new Run { Id = run, ConversationId = conversation, TurnId = turn, ClientRequestId = Guid.NewGuid(), AgentId = RunsHost.Agent, Status = status });
            return Task.CompletedTask;
        });
        return (conversation, run);
    }

    public static ApprovalRequestDraft Draft((Guid Conversation, Guid Run) run, string call = "1", string arguments = """{"quantity":1}""") => new()
    {
        ConversationId = run.Conversation,
        RunId = run.Run,
        CallId = call,
        AgentId = RunsHost.Agent,
        AgentName = "Assistant",
        AgentVersion = "abc",
        ToolName = "create_order",
        ToolSchema = Schema,
        Risk = ToolRisk.Write,
        RequesterId = RunsHost.User,
        RequesterName = "Rita",
        Arguments = arguments,
        Sentence = "Order 1 x Laptop",
        Target = "CUST001",
        UserMessage = "Order a laptop",
        AskedBecause = "It writes.",
        Decider = ApprovalDecider.Approver,
    };

    public async Task<IReadOnlyList<Approval>> OpenAsync(params ApprovalRequestDraft[] drafts)
    {
        var changes = new ApprovalChanges();
        var rows = await Host.Database.WriteAsync(context => Service.OpenAsync(context, drafts, changes));
        Service.Publish(changes);
        return rows;
    }

    /// <summary>A new run with one pending request.</summary>
    public async Task<Approval> PendingAsync(Func<ApprovalRequestDraft, ApprovalRequestDraft>? change = null)
    {
        var draft = Draft(await AddRunAsync());
        return (await OpenAsync(change?.Invoke(draft) ?? draft))[0];
    }

    public async Task<Approval> ApprovedAsync()
    {
        var row = await PendingAsync();
        Assert.IsType<DecisionResult.Decided>(await Service.DecideAsync(Approver, row.Id, new ApprovalDecision.Approve()));
        return row;
    }

    public async Task<ApprovalConsumption> ConsumeAsync(Guid id, string digest)
    {
        var changes = new ApprovalChanges();
        var result = await Host.Database.WriteAsync(context => Service.ConsumeAsync(context, id, digest, sentenceNow: null, mustTell: false, changes));
        Service.Publish(changes);
        return result;
    }

    public Task<bool> CloseCallAsync(Guid id, ApprovalState end) =>
        Host.Database.WriteAsync(context => Service.CloseCallAsync(context, id, end, new ApprovalChanges()));

    public Task<Approval> StoredAsync(Guid id) => Host.Database.ReadAsync(context => context.Approvals.SingleAsync(a => a.Id == id));

    public async Task<RunStatus> RunStatusAsync(Guid runId) => (await Host.StoredAsync(runId)).Status;

    public Task<List<string>> AuditAsync(Guid id) => Host.Database.ReadAsync(context =>
        context.AuditEvents.Where(e => e.SubjectId == id.ToString()).OrderBy(e => e.Id).Select(e => e.Action).ToListAsync());

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    private static async Task AddPeopleAsync(AppDbContext context)
    {
        if (await context.Users.AnyAsync(u => u.Id == Admin.Id))
        {
            return;
        }

        foreach (var role in Roles.All)
        {
            if (!await context.Roles.AnyAsync(r => r.Name == role))
            {
                context.Roles.Add(new IdentityRole(role) { NormalizedName = role.ToUpperInvariant() });
            }
        }

        await context.SaveChangesAsync();
        foreach (var person in new[] { Approver, Second, Admin })
        {
            context.Users.Add(new AppUser { Id = person.Id, UserName = person.Id, DisplayName = person.Name });
            context.UserRoles.Add(new IdentityUserRole<string>
            {
                UserId = person.Id,
                RoleId = await context.Roles.Where(r => r.Name == person.Role).Select(r => r.Id).SingleAsync(),
            });
        }
    }
}
