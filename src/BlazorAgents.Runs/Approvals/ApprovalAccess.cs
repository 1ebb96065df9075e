using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Runs;

/// <summary>The one place that says who sees and who decides a request.</summary>
internal static class ApprovalAccess
{
    /// <summary>The sentence for people whose account is gone or disabled.</summary>
    public const string NoAccount = "Your account is disabled. Ask an administrator to enable it.";

    /// <summary>The person as the database knows them now: a sign-in may be older than a lowered role. Null: gone or disabled.</summary>
    public static async Task<Actor?> FindCurrentAsync(this AppDbContext context, Actor actor, CancellationToken cancellationToken)
    {
        if (!await context.Users.AnyAsync(u => u.Id == actor.Id && u.DisabledAt == null, cancellationToken))
        {
            return null;
        }

        var roles = await context.UserRoles.Where(r => r.UserId == actor.Id)
            .Join(context.Roles, mine => mine.RoleId, role => role.Id, (_, role) => role.Name!).ToListAsync(cancellationToken);
        return actor with { Role = Roles.All.LastOrDefault(roles.Contains) ?? Roles.User };
    }

    public static bool IsApprover(this Actor current) => current.Is(Roles.Approver) || current.Is(Roles.Admin);

    /// <summary>Approvers see all, others their own.</summary>
    public static IQueryable<Approval> SeenBy(this IQueryable<Approval> approvals, Actor current) =>
        current.IsApprover() ? approvals : approvals.Where(a => a.RequesterId == current.Id);

    /// <summary>Those that the person may decide: the same as <see cref="WhyNot"/>, in the database.</summary>
    public static IQueryable<Approval> DecidableBy(this IQueryable<Approval> approvals, Actor current) => current.IsApprover()
        ? approvals.Where(a => a.Decider != ApprovalDecider.OtherApprover || a.RequesterId != current.Id)
        : approvals.Where(a => a.Decider == ApprovalDecider.RequesterOrApprover && a.RequesterId == current.Id);

    /// <summary>Why the person may not decide; null when they may.</summary>
    public static string? WhyNot(Actor current, ApprovalDecider decider, string requesterId)
    {
        var isRequester = current.Id == requesterId;
        return decider switch
        {
            ApprovalDecider.RequesterOrApprover when isRequester || current.IsApprover() => null,
            ApprovalDecider.Approver when current.IsApprover() => null,
            ApprovalDecider.OtherApprover when isRequester => "Someone else must decide this: you asked for it yourself.",
            ApprovalDecider.OtherApprover when current.IsApprover() => null,
            _ => "Only an approver may decide this.",
        };
    }
}
