using System.Reflection;
using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;
using BlazorAgents.Runs.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Runs.Tests.Approvals;

/// <summary>Every public method of the services about approvals, tried by each kind of person with what is somebody else's.</summary>
[Trait("Id", "SEC-13")]
public sealed class ServiceAccessTests
{
    /// <summary>The services of the table.</summary>
    internal static readonly Type[] Services = [typeof(ApprovalService), typeof(RuleService), typeof(RuleDryRun), typeof(AuditLog), typeof(ToolGrants), typeof(ToolService)];

    /// <summary>How each method treats ids of others. A method that is not here fails the test: say how it decides who may.</summary>
    private static readonly Dictionary<string, Access> s_table = new(StringComparer.Ordinal)
    {
        ["ApprovalService.DecideAsync"] = Access.Approvers((h, actor, id) => h.Get<ApprovalService>().DecideAsync(actor, id, new ApprovalDecision.Approve()).AsAnswer()),
        ["ApprovalService.DecideManyAsync"] = Access.Approvers(
            (h, actor, id) => h.Get<ApprovalService>().DecideManyAsync(actor, [id], new ApprovalDecision.Reject("No.")).AsAnswer()),
        ["ApprovalService.AssignAsync"] = Access.Approvers((h, actor, id) => h.Get<ApprovalService>().AssignAsync(actor, id).AsAnswer()),
        ["ApprovalService.UnassignAsync"] = Access.Approvers((h, actor, id) => h.Get<ApprovalService>().UnassignAsync(actor, id).AsAnswer()),
        ["ApprovalService.WithdrawAsync"] = Access.Nobody("the requester's own only: Withdraw_OwnAndForeign_TakesBackTheOwnOnly"),
        ["ApprovalService.GetAsync"] = Access.Approvers((h, actor, id) => h.Get<ApprovalService>().GetAsync(actor, id).AsAnswer()),
        ["ApprovalService.ForRunAsync"] = Access.Approvers(async (h, actor, id) =>
        {
            var run = await h.Database.ReadAsync(c => c.Approvals.Where(a => a.Id == id).Select(a => (Guid?)a.RunId).SingleOrDefaultAsync());
            return (await h.Get<ApprovalService>().ForRunAsync(actor, run ?? id)).Count;
        }),
        ["ApprovalService.ListAsync"] = Access.Approvers(async (h, actor, id) =>
            (await h.Get<ApprovalService>().ListAsync(actor, new ApprovalFilter(), null, 10)).Rows.Count(r => r.Id == id)),
        ["ApprovalService.CountAsync"] = Access.Approvers(async (h, actor, id) => id == s_unknown ? 0 : await h.Get<ApprovalService>().CountAsync(actor, new ApprovalFilter())),
        ["ApprovalService.FacetsAsync"] = Access.Approvers(async (h, actor, id) =>
            id == s_unknown ? 0 : (await h.Get<ApprovalService>().FacetsAsync(actor, isHistory: false)).Requesters.Count),
        ["ApprovalService.CountDecidableAsync"] = Access.Approvers(async (h, actor, id) => id == s_unknown ? 0 : await h.Get<ApprovalService>().CountDecidableAsync(actor)),
        ["ApprovalService.ExportCsvAsync"] = Access.Approvers(async (h, actor, id) =>
        {
            using var text = new StringWriter();
            await h.Get<ApprovalService>().ExportCsvAsync(actor, new ApprovalFilter(), text);
            return text.ToString().Contains($"{id}", StringComparison.Ordinal);
        }),
        ["ApprovalService.Subscribe, no actor"] = Access.Nobody("tells ids and states only; what they are is asked for with an actor"),
        ["RuleService.GetAsync"] = Access.Admins((h, actor, id) => h.Get<RuleService>().GetAsync(actor, id).AsAnswer(), isRule: true),
        ["RuleService.FindAsync"] = Access.Admins(async (h, actor, id) => (await h.Get<RuleService>().FindAsync(actor, id))?.Id, isRule: true),
        ["RuleService.ViewAsync"] = Access.Admins(async (h, actor, id) => (await h.Get<RuleService>().ViewAsync(actor)).Rules.Count(r => r.Rule.Id == id), isRule: true),
        ["RuleService.OpenAsync"] = Access.Admins(async (h, actor, id) => (await h.Get<RuleService>().OpenAsync(actor, id)).Rule?.Rule.Name, isRule: true),
        ["RuleService.ListAsync"] = Access.Admins(async (h, actor, id) => (await h.Get<RuleService>().ListAsync(actor)).Count(r => r.Id == id), isRule: true),
        ["RuleService.SaveAsync"] = Access.Admins(
            (h, actor, id) => h.Get<RuleService>().SaveAsync(actor, new RuleInput { Id = id, Name = "Mine", Effect = RuleEffect.Allow, ToolPattern = "*" }).AsAnswer(), isRule: true),
        ["RuleService.DeleteAsync"] = Access.Admins((h, actor, id) => h.Get<RuleService>().DeleteAsync(actor, id).AsAnswer(), isRule: true),
        ["RuleService.SetEnabledAsync"] = Access.Admins((h, actor, id) => h.Get<RuleService>().SetEnabledAsync(actor, id, isEnabled: false).AsAnswer(), isRule: true),
        ["RuleService.MoveAsync"] = Access.Admins((h, actor, id) => h.Get<RuleService>().MoveAsync(actor, id, up: true).AsAnswer(), isRule: true),
        ["RuleService.GetSetAsync, no actor"] = Access.Nobody("the gate's: no page calls it"),
        ["RuleService.ReadSetAsync, no actor"] = Access.Nobody("the gate's: no page calls it"),
        ["RuleService.ConsumeUseAsync, no actor"] = Access.Nobody("the gate's, in its own transaction"),
        ["RuleDryRun.RunAsync"] = Access.Admins(
            (h, actor, id) => h.Get<RuleDryRun>().RunAsync(actor, new RuleDraft(null, id), days: 1).AsAnswer(), isRule: true),
        ["AuditLog.ListAsync"] = Access.Admins(async (h, actor, id) => await Events(h, actor, id).AsAnswer(), isRule: false),
        ["AuditLog.ExportAsync"] = Access.Admins(async (h, actor, id) => await Export(h, actor, id).AsAnswer(), isRule: false),
        ["AuditLog.NewestIdAsync"] = Access.Admins(
            async (h, actor, id) => id == s_unknown ? ServiceAnswers.NotAllowed : await h.Get<AuditLog>().NewestIdAsync(actor).AsAnswer(), isRule: false),
        ["AuditLog.VerifyAsync"] = Access.Admins(
            async (h, actor, id) => id == s_unknown ? ServiceAnswers.NotAllowed : await h.Get<AuditLog>().VerifyAsync(actor).AsAnswer(), isRule: false),
        ["AuditLog.AppendAsync, no actor"] = Access.Nobody("writes what happened; whoever calls it has checked"),
        ["AuditLog.VerifyAsync, no actor"] = Access.Nobody("the application's own check: says whether the chain is whole, and no more"),
        ["ToolGrants.ListAsync"] = Access.Nobody("tells the actor's own tools, by the role in the database: List_RoleAndSettings_DecideWhatIsOffered"),
        ["ToolGrants.GrantAsync, no actor"] = Access.Nobody("the engine's, with the caller's role read from the database"),
        ["ToolService.ListAsync"] = Access.Approvers(
            (h, actor, id) => id == s_unknown ? Task.FromResult(ServiceAnswers.NotAllowed) : h.Get<ToolService>().ListAsync(actor, TimeSpan.FromDays(1)).AsAnswer()),
        ["ToolService.GetAsync"] = Access.Approvers(
            (h, actor, id) => id == s_unknown ? Task.FromResult(ServiceAnswers.NotAllowed) : h.Get<ToolService>().GetAsync(actor, "no_such_tool", TimeSpan.FromDays(1)).AsAnswer()),
        ["ToolService.SetModeAsync"] = Access.Admins(
            (h, actor, id) => id == s_unknown
                ? Task.FromResult(ServiceAnswers.NotAllowed)
                : h.Get<ToolService>().SetModeAsync(actor, RunsHost.Agent, "no_such_tool", ToolApprovalMode.NeverRequire).AsAnswer(),
            isRule: false),
        ["ToolService.SetEnabledAsync"] = Access.Admins(
            (h, actor, id) => id == s_unknown
                ? Task.FromResult(ServiceAnswers.NotAllowed)
                : h.Get<ToolService>().SetEnabledAsync(actor, RunsHost.Agent, "no_such_tool", isEnabled: false).AsAnswer(),
            isRule: false),
    };

    private static readonly Guid s_unknown = new("0198f000-0000-7000-8000-00000000dead");

    public static TheoryData<string> Methods => [.. Services.SelectMany(PublicMethods).Distinct()];

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Sec13_PublicMethod_TreatsForeignIdsLikeUnknownOnes(string method)
    {
        Assert.True(s_table.TryGetValue(method, out var access), $"{method} is new: add it to the table with who may what.");
        if (access.Call is null)
        {
            Assert.NotEmpty(access.Because);
            return;
        }

        foreach (var actor in new[] { ApprovalHost.Stranger, ApprovalHost.Approver, ApprovalHost.Admin, new Actor("nobody", "Nobody", Roles.Admin), ApprovalHost.Stranger with { Role = Roles.Admin } })
        {
            await using var host = await ApprovalHost.StartAsync();
            var foreign = access.IsRule ? await AddRuleAsync(host) : (await host.PendingAsync()).Id;
            var unknown = await access.Call(host.Host, actor, s_unknown);
            var seen = await access.Call(host.Host, actor, foreign);
            var role = actor == ApprovalHost.Admin ? Roles.Admin : actor == ApprovalHost.Approver ? Roles.Approver : Roles.User; // as the database has it
            if (role == Roles.User || (access.IsAdminOnly && role != Roles.Admin))
            {
                Assert.Equal($"{unknown}".Replace($"{s_unknown}", "", StringComparison.Ordinal), $"{seen}".Replace($"{foreign}", "", StringComparison.Ordinal));
            }
            else
            {
                Assert.NotEqual($"{unknown}", $"{seen}");
            }

            await AssertUntouchedAsync(host, access, role, foreign);
        }
    }

    [Fact]
    public void Sec13_Table_HasNoMethodThatIsGone() =>
        Assert.Empty(s_table.Keys.Except(Services.SelectMany(PublicMethods)));

    private static IEnumerable<string> PublicMethods(Type service) =>
        service
            .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly).Where(m => !m.IsSpecialName)
            .Select(m => $"{service.Name}.{m.Name}{(m.GetParameters()[0].ParameterType == typeof(Actor) ? "" : ", no actor")}");

    private static async Task<bool?> Events(RunsHost host, Actor actor, Guid id) =>
        (await host.Get<AuditLog>().ListAsync(actor, new AuditFilter(), null, 100)).Events.Any(e => e.SubjectId == $"{id}") ? true : null;

    private static async Task<bool?> Export(RunsHost host, Actor actor, Guid id)
    {
        using var text = new StringWriter();
        await host.Get<AuditLog>().ExportAsync(actor, new AuditFilter(), text);
        return text.ToString().Contains($"{id}", StringComparison.Ordinal) ? true : null;
    }

    /// <summary>A rule of an administrator about somebody's conversation, which is not even an approver's to see.</summary>
    private static async Task<Guid> AddRuleAsync(ApprovalHost host)
    {
        var (conversation, _) = await host.AddRunAsync();
        var saved = await host.Host.Get<RuleService>().SaveAsync(
            ApprovalHost.Admin, new RuleInput { Name = "Theirs", Effect = RuleEffect.Ask, ToolPattern = "*", ConversationId = conversation });
        await host.Host.Get<RuleService>().SaveAsync(ApprovalHost.Admin, new RuleInput { Name = "Before", Effect = RuleEffect.Ask, ToolPattern = "x" });
        return saved.Rule!.Id;
    }

    private static async Task AssertUntouchedAsync(ApprovalHost host, Access access, string role, Guid foreign)
    {
        if (role == Roles.Admin || (!access.IsAdminOnly && role == Roles.Approver))
        {
            return;
        }

        var isWhole = access.IsRule
            ? await host.Host.Database.ReadAsync(c => c.ApprovalRules.AnyAsync(r => r.Id == foreign && r.Name == "Theirs" && r.IsEnabled && r.Effect == RuleEffect.Ask))
            : await host.Host.Database.ReadAsync(c => c.Approvals.AnyAsync(a => a.Id == foreign && a.State == ApprovalState.Pending && a.AssigneeId == null && a.DecidedById == null));
        Assert.True(isWhole);
    }

    private sealed record Access(Func<RunsHost, Actor, Guid, Task<object?>>? Call, bool IsAdminOnly, bool IsRule, string Because)
    {
        public static Access Approvers<T>(Func<RunsHost, Actor, Guid, Task<T>> call) =>
            new(async (host, actor, id) => await call(host, actor, id), IsAdminOnly: false, IsRule: false, "");

        public static Access Admins<T>(Func<RunsHost, Actor, Guid, Task<T>> call, bool isRule) =>
            new(async (host, actor, id) => await call(host, actor, id), IsAdminOnly: true, isRule, "");

        public static Access Nobody(string because) => new(null, IsAdminOnly: false, IsRule: false, because);
    }
}
