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

            return new RuleDesk(IsAdmin: true, view, await PeopleAsync(context, view?.Rule.RequesterId, cancellationToken));
        },
        cancellationToken);

    /// <summary>Whoever has an account, and the one a rule is about already; those who share a name with their address.</summary>
    private static async Task<List<ApprovalFacet>> PeopleAsync(AppDbContext context, string? known, CancellationToken cancellationToken)
    {
        var people = await context.Users.Where(u => u.DisabledAt == null || u.Id == known)
            .Select(u => new { u.Id, u.DisplayName, u.UserName, u.Email }).ToListAsync(cancellationToken);
        var names = people.Select(u => new { u.Id, u.Email, Name = NameOf(u.DisplayName, u.UserName, u.Id) }).ToList();
        var shared = names.GroupBy(u => u.Name, StringComparer.CurrentCultureIgnoreCase).Where(g => g.Count() > 1).SelectMany(g => g).Select(u => u.Id).ToHashSet();
        return
        [
            .. names.Select(u => new ApprovalFacet(u.Id, shared.Contains(u.Id) ? $"{u.Name} ({u.Email ?? u.Id})" : u.Name))
                .OrderBy(p => p.Name, StringComparer.CurrentCultureIgnoreCase),
        ];
    }

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
