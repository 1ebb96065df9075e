using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Runs;

/// <summary>The rules about tool calls: who sees, makes and changes them, and the set that the gate asks.</summary>
/// <remarks>
/// Administrators keep all rules. Everyone may allow tools in a conversation of their own, and change or delete such rules that they
/// made. Approvers also see the rules that are not for one conversation. All else does not exist for whoever asks.
/// </remarks>
public sealed partial class RuleService(Database database, AuditLog audit, TimeProvider time)
{
    // All rules are looked through for each call.
    private const int MaxOwn = 100;
    private static readonly TimeSpan s_maxAge = TimeSpan.FromSeconds(5);
    private long _version;
    private Cached? _cached;

    /// <summary>The rules now; at most five seconds late with what other processes changed, never with what this one did.</summary>
    /// <remarks>Throws when the rules cannot be read: then no call may run.</remarks>
    public async Task<RuleSet> GetSetAsync(CancellationToken cancellationToken = default)
    {
        var version = Interlocked.Read(ref _version);
        if (_cached is { } cached && cached.Version == version && time.GetElapsedTime(cached.ReadAt) < s_maxAge)
        {
            return cached.Set;
        }

        var readAt = time.GetTimestamp();
        var set = await database.ReadAsync(context => ReadSetAsync(context, cancellationToken), cancellationToken);
        var fresh = new Cached(set, version, readAt);
        _cached = fresh;
        return fresh.Set;
    }

    /// <summary>The rules as the caller's transaction sees them, for when <see cref="ConsumeUseAsync"/> said no.</summary>
    public static async Task<RuleSet> ReadSetAsync(AppDbContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new RuleSet(await context.ApprovalRules.AsNoTracking().ToListAsync(cancellationToken));
    }

    /// <summary>The rules that the actor may see, in the order in which they count.</summary>
    public async Task<IReadOnlyList<ApprovalRule>> ListAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        var rows = await database.ReadAsync(
            async context => await context.FindCurrentAsync(actor, cancellationToken) is { } current ? await Visible(context, current).ToListAsync(cancellationToken) : [],
            cancellationToken);
        return [.. InOrder(rows)];
    }

    /// <summary>One rule.</summary>
    /// <exception cref="RunRequestException">It does not exist, or not for the actor.</exception>
    public async Task<ApprovalRule> GetAsync(Actor actor, Guid id, CancellationToken cancellationToken = default) =>
        await FindAsync(actor, id, cancellationToken) ?? throw NotFound();

    /// <summary>One rule; null when it does not exist, or not for the actor.</summary>
    public Task<ApprovalRule?> FindAsync(Actor actor, Guid id, CancellationToken cancellationToken = default) => database.ReadAsync(
        async context => await context.FindCurrentAsync(actor, cancellationToken) is { } current
            ? await Visible(context, current).SingleOrDefaultAsync(r => r.Id == id, cancellationToken)
            : null,
        cancellationToken);

    /// <summary>Makes or changes a rule; a new one comes last among those of its effect.</summary>
    /// <exception cref="RunRequestException">The rule or the conversation does not exist, or not for the actor.</exception>
    public async Task<RuleSaved> SaveAsync(Actor actor, RuleInput input, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return await ChangeAsync(
            async context =>
            {
                var current = await CurrentAsync(context, actor, cancellationToken);
                if (input.Id is { } known)
                {
                    // First, so that nobody learns from a message that somebody else's rule exists.
                    await ChangeableAsync(context, current, known, cancellationToken);
                }

                var problems = RuleValidation.Check(current, input, time.GetUtcNow());
                return problems.Count > 0 ? new RuleSaved(null, problems) : await SaveAsync(context, current, input, cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>Deletes a rule.</summary>
    /// <exception cref="RunRequestException">It does not exist, or the actor may not change it.</exception>
    public Task DeleteAsync(Actor actor, Guid id, CancellationToken cancellationToken = default) => ChangeAsync(
        async context =>
        {
            var current = await CurrentAsync(context, actor, cancellationToken);
            var rule = await ChangeableAsync(context, current, id, cancellationToken);
            context.Remove(rule);
            await LogAsync(context, current, "rule.deleted", rule, $"Deleted the rule \"{rule.Name}\"", Details(rule), cancellationToken);
            return true;
        },
        cancellationToken);

    /// <summary>Switches a rule on or off.</summary>
    /// <exception cref="RunRequestException">It does not exist, or the actor may not change it.</exception>
    public Task SetEnabledAsync(Actor actor, Guid id, bool isEnabled, CancellationToken cancellationToken = default) => ChangeAsync(
        async context =>
        {
            var current = await CurrentAsync(context, actor, cancellationToken);
            var rule = await ChangeableAsync(context, current, id, cancellationToken);
            if (rule.IsEnabled != isEnabled)
            {
                (rule.IsEnabled, rule.UpdatedAt) = (isEnabled, time.GetUtcNow());
                var (action, verb) = isEnabled ? ("rule.enabled", "on") : ("rule.disabled", "off");
                await LogAsync(context, current, action, rule, $"Switched the rule \"{rule.Name}\" {verb}", null, cancellationToken);
            }

            return true;
        },
        cancellationToken);

    /// <summary>Moves a rule one place up or down among those of its effect; at the end of the list nothing happens.</summary>
    /// <exception cref="RunRequestException">It does not exist, or the actor is not an administrator.</exception>
    public Task MoveAsync(Actor actor, Guid id, bool up, CancellationToken cancellationToken = default) => ChangeAsync(
        async context =>
        {
            var current = await CurrentAsync(context, actor, cancellationToken);
            var rule = await ChangeableAsync(context, current, id, cancellationToken);
            if (!current.Is(Roles.Admin))
            {
                throw new RunRequestException(RunRequestError.Invalid, "Only administrators change the order of rules.");
            }

            var rules = await context.ApprovalRules.Where(r => r.Effect == rule.Effect)
                .OrderBy(r => r.Position).ThenBy(r => r.CreatedAt).ThenBy(r => r.Id).ToListAsync(cancellationToken);
            var from = rules.IndexOf(rule);
            var to = up ? from - 1 : from + 1;
            if (to < 0 || to >= rules.Count)
            {
                return false;
            }

            (rules[from], rules[to]) = (rules[to], rules[from]);
            for (var i = 0; i < rules.Count; i++)
            {
                rules[i].Position = i + 1;
            }

            await LogAsync(
                context, current, "rule.moved", rule, $"Moved the rule \"{rule.Name}\" {(up ? "up" : "down")}", new { position = to + 1 }, cancellationToken);
            return true;
        },
        cancellationToken);

    /// <summary>
    /// Takes one use of a rule in the caller's write transaction. False when there was none left, or when the rule has been switched
    /// off, has ended or was deleted meanwhile: then it does not allow the call. <see cref="Forget"/> follows the transaction's end.
    /// </summary>
    public async Task<bool> ConsumeUseAsync(AppDbContext context, Guid ruleId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var now = time.GetUtcNow();
        var usable = context.ApprovalRules.Where(r => r.Id == ruleId && r.IsEnabled && (r.ValidUntil == null || r.ValidUntil > now));
        if (await usable.AnyAsync(r => r.UsesLeft == null, cancellationToken))
        {
            return true; // nothing to count: the rules stay as they were read
        }

        var changed = await usable.Where(r => r.UsesLeft > 0).ExecuteUpdateAsync(set => set.SetProperty(r => r.UsesLeft, r => r.UsesLeft - 1), cancellationToken);
        Forget();
        return changed == 1;
    }

    /// <summary>Whoever asks for the rules from now on gets them as they are now.</summary>
    internal void Forget() => Interlocked.Increment(ref _version);

    private static IOrderedEnumerable<ApprovalRule> InOrder(IEnumerable<ApprovalRule> rules) =>
        rules.OrderBy(r => r.Effect).ThenBy(r => r.Position).ThenBy(r => r.CreatedAt).ThenBy(r => r.Id);

    /// <summary>The person as they are now: a sign-in may be older than a lowered role.</summary>
    private static async Task<Actor> CurrentAsync(AppDbContext context, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return await context.FindCurrentAsync(actor, cancellationToken) ?? throw NotFound();
    }

    private static IQueryable<ApprovalRule> Own(AppDbContext context, Actor actor) => context.ApprovalRules.Where(r =>
        r.Effect == RuleEffect.Allow && r.CreatedById == actor.Id && r.RequesterId == actor.Id
        && context.Conversations.Any(c => c.Id == r.ConversationId && c.UserId == actor.Id && c.DeletedAt == null));

    private static IQueryable<ApprovalRule> Visible(AppDbContext context, Actor actor) =>
        actor.Is(Roles.Admin) ? context.ApprovalRules
        : actor.Is(Roles.Approver) ? context.ApprovalRules.Where(r => r.ConversationId == null).Union(Own(context, actor))
        : Own(context, actor);

    private static async Task<ApprovalRule> ChangeableAsync(AppDbContext context, Actor actor, Guid id, CancellationToken cancellationToken) =>
        await (actor.Is(Roles.Admin) ? context.ApprovalRules : Own(context, actor)).SingleOrDefaultAsync(r => r.Id == id, cancellationToken)
            ?? throw NotFound();

    private static RunRequestException NotFound() =>
        new(RunRequestError.NotFound, "This rule does not exist or is not yours. Choose another one from the list.");

    private static object Details(ApprovalRule rule) => new
    {
        name = rule.Name,
        effect = rule.Effect.ToString(),
        isEnabled = rule.IsEnabled,
        toolPattern = rule.ToolPattern,
        agentId = rule.AgentId,
        requesterId = rule.RequesterId,
        role = rule.Role,
        conversationId = rule.ConversationId,
        hasUntrustedContent = rule.HasUntrustedContent,
        conditions = rule.Conditions,
        decider = rule.Decider.ToString(),
        usesLeft = rule.UsesLeft,
        validUntil = rule.ValidUntil,
    };

    private async Task<RuleSaved> SaveAsync(AppDbContext context, Actor actor, RuleInput input, CancellationToken cancellationToken)
    {
        if (input.ConversationId is { } conversationId)
        {
            var exists = actor.Is(Roles.Admin)
                ? await context.Conversations.AnyAsync(c => c.Id == conversationId && c.DeletedAt == null, cancellationToken)
                : await context.Conversations.OwnedBy(actor.Id).AnyAsync(c => c.Id == conversationId, cancellationToken);
            if (!exists)
            {
                throw ConversationAccess.NotFound();
            }
        }

        if (input.RequesterId is not null && !await context.Users.AnyAsync(u => u.Id == input.RequesterId, cancellationToken))
        {
            return new RuleSaved(null, [new RuleProblem(nameof(input.RequesterId), "The person does not exist. Choose one from the list.")]);
        }

        var now = time.GetUtcNow();
        if (input.Id is not { } id)
        {
            if (!actor.Is(Roles.Admin) && await context.ApprovalRules.CountAsync(r => r.CreatedById == actor.Id, cancellationToken) >= MaxOwn)
            {
                return new RuleSaved(null, [new RuleProblem(nameof(input.Name), $"You have {MaxOwn} rules already. Delete one that you no longer need.")]);
            }

            var made = input.ToRow(Guid.CreateVersion7(now), await LastPositionAsync(context, input.Effect, cancellationToken) + 1, actor, now);
            context.Add(made);
            await LogAsync(context, actor, "rule.created", made, $"Made the rule \"{made.Name}\"", Details(made), cancellationToken);
            return new RuleSaved(made, []);
        }

        var rule = await ChangeableAsync(context, actor, id, cancellationToken);
        if (input.ReadAt is { } readAt && rule.UpdatedAt != readAt)
        {
            return new RuleSaved(null, [new RuleProblem("", "Somebody changed this rule meanwhile, and nothing was saved. Open it again to see the change.")]);
        }

        var before = Details(rule);
        if (rule.Effect != input.Effect)
        {
            rule.Position = await LastPositionAsync(context, input.Effect, cancellationToken) + 1;
        }

        input.CopyTo(rule, now);
        await LogAsync(
            context, actor, "rule.changed", rule, $"Changed the rule \"{rule.Name}\"", new { before, after = Details(rule) }, cancellationToken);
        return new RuleSaved(rule, []);
    }

    private static async Task<int> LastPositionAsync(AppDbContext context, RuleEffect effect, CancellationToken cancellationToken) =>
        await context.ApprovalRules.Where(r => r.Effect == effect).MaxAsync(r => (int?)r.Position, cancellationToken) ?? 0;

    private Task LogAsync(
        AppDbContext context, Actor actor, string action, ApprovalRule rule, string summary, object? details, CancellationToken cancellationToken) =>
        audit.AppendAsync(context, new AuditEntry(actor, action, "rule", rule.Id.ToString(), summary, details), cancellationToken);

    private async Task<T> ChangeAsync<T>(Func<AppDbContext, Task<T>> change, CancellationToken cancellationToken)
    {
        try
        {
            return await database.WriteAsync(change, cancellationToken);
        }
        finally
        {
            // Also after a failure: a commit whose answer was lost has changed the rules.
            Forget();
        }
    }

    private sealed record Cached(RuleSet Set, long Version, long ReadAt);
}
