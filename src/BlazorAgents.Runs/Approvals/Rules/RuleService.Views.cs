using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Runs;

/// <content>What people see of rules.</content>
public sealed partial class RuleService
{
    /// <summary>The rules that the actor may see, in the order in which they count, with what the actor may do.</summary>
    public Task<RuleList> ViewAsync(Actor actor, CancellationToken cancellationToken = default) => database.ReadAsync(
        async context =>
        {
            if (await context.FindCurrentAsync(actor, cancellationToken) is not { } current)
            {
                return new RuleList(IsAdmin: false, []);
            }

            var rows = await Visible(context, current).ToListAsync(cancellationToken);
            return new RuleList(current.Is(Roles.Admin), await WithNamesAsync(context, current, InOrder(rows), cancellationToken));
        },
        cancellationToken);

    /// <summary>One rule, or a new one, with all that a form for it needs. No rule: it does not exist, or not for the actor.</summary>
    public Task<RuleDesk> OpenAsync(Actor actor, Guid? id, CancellationToken cancellationToken = default) => database.ReadAsync(
        async context =>
        {
            if (await context.FindCurrentAsync(actor, cancellationToken) is not { } current)
            {
                return new RuleDesk(IsAdmin: false, null, []);
            }

            var rows = await Visible(context, current).Where(r => r.Id == id).ToListAsync(cancellationToken);
            var view = (await WithNamesAsync(context, current, rows, cancellationToken)).SingleOrDefault();
            if (!current.Is(Roles.Admin))
            {
                return new RuleDesk(IsAdmin: false, view, []);
            }

            var people = await context.Users.Where(u => u.DisabledAt == null || (view != null && u.Id == view.Rule.RequesterId))
                .Select(u => new { u.Id, u.DisplayName, u.UserName }).ToListAsync(cancellationToken);
            return new RuleDesk(
                IsAdmin: true, view, [.. people.Select(u => new ApprovalFacet(u.Id, NameOf(u.DisplayName, u.UserName, u.Id))).OrderBy(p => p.Name, StringComparer.CurrentCultureIgnoreCase)]);
        },
        cancellationToken);

    private static async Task<List<RuleView>> WithNamesAsync(
        AppDbContext context, Actor current, IEnumerable<ApprovalRule> rules, CancellationToken cancellationToken)
    {
        var rows = rules.ToList();
        var ids = rows.Select(r => r.RequesterId).OfType<string>().Distinct().ToList();
        var names = await context.Users.Where(u => ids.Contains(u.Id))
            .ToDictionaryAsync(u => u.Id, u => NameOf(u.DisplayName, u.UserName, u.Id), cancellationToken);
        var own = await Own(context, current).Select(r => r.Id).ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(r => new RuleView(
                r, r.RequesterId is { } requester ? names.GetValueOrDefault(requester) : null, current.Is(Roles.Admin) || own.Contains(r.Id), RuleSet.Check(r))),
        ];
    }

    private static string NameOf(string? displayName, string? userName, string id) =>
        !string.IsNullOrEmpty(displayName) ? displayName : userName ?? id;
}
