using System.Text.Json;
using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs;

/// <summary>Tries a change of the rules on the calls in the journal. Nothing is stored.</summary>
/// <remarks>
/// The calls are judged as if they came now: with today's roles and modes, and with rules that have not ended today. A rule's number of
/// uses is not counted down. Secrets in the examples are masked. Administrators try it on all calls, everyone else on those of their own conversations.
/// </remarks>
public sealed class RuleDryRun(Database database, AgentCatalog agents, TimeProvider time)
{
    /// <summary>Most calls that are looked at, the newest.</summary>
    public const int MaxCalls = 100_000;

    private const int ReportEvery = 2_000;

    private static readonly JsonElement s_noArguments = JsonSerializer.SerializeToElement(new { });

    /// <summary>Replays the calls of the last <paramref name="days"/> days, 1 to 3,650.</summary>
    /// <param name="actor">Who tries it.</param>
    /// <param name="draft">The change.</param>
    /// <param name="days">How far back.</param>
    /// <param name="progress">Told from a thread of the pool, every few thousand calls.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RunRequestException">The draft is not acceptable, or a rule in it does not exist for the actor.</exception>
    public Task<RuleDryRunReport> RunAsync(
        Actor actor, RuleDraft draft, int days, IProgress<RuleDryRunProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        if (days is < 1 or > 3_650)
        {
            throw new RunRequestException(RunRequestError.Invalid, "The number of days must be from 1 to 3,650.");
        }

        // SQLite reads on the calling thread, which may be a page's.
        return Task.Run(
            () => database.ReadAsync(context => ReplayAsync(context, actor, draft, now, now.AddDays(-days), progress, cancellationToken), cancellationToken),
            cancellationToken);
    }

    private async Task<RuleDryRunReport> ReplayAsync(
        AppDbContext context,
        Actor signedIn,
        RuleDraft draft,
        DateTimeOffset now,
        DateTimeOffset since,
        IProgress<RuleDryRunProgress>? progress,
        CancellationToken cancellationToken)
    {
        var actor = await context.FindCurrentAsync(signedIn, cancellationToken) ?? throw new RunRequestException(RunRequestError.NotFound, ApprovalAccess.NoAccount);
        if (draft.Changed is not null && RuleValidation.Check(actor, draft.Changed, now) is [var problem, ..])
        {
            throw new RunRequestException(RunRequestError.Invalid, $"{problem.Field}: {problem.Message}");
        }

        var rows = await context.ApprovalRules.ToListAsync(cancellationToken);
        var (current, changed) = (new RuleSet(rows), new RuleSet(Apply(rows, actor, draft, now)));
        var roles = await RolesAsync(context, cancellationToken);
        var modes = await context.ToolSettings.ToDictionaryAsync(s => (s.AgentId, s.ToolName), s => s.Mode, cancellationToken);
        var readsArguments = new Dictionary<string, bool>();
        var calls = context.ToolExecutions.Where(e => e.StartedAt >= since);
        if (!actor.Is(Roles.Admin))
        {
            calls = calls.Where(e => e.UserId == actor.Id);
        }

        var tally = new RuleDryRunTally();
        var total = progress is null ? 0 : await calls.Take(MaxCalls).CountAsync(cancellationToken);
        // Ids grow with time, and their index spares the sorting.
        var recorded = calls.OrderByDescending(e => e.Id).Take(MaxCalls + 1).Select(e => new Recorded(
            e.Id, e.ConversationId, e.AgentId, e.UserId, e.ToolName, e.Risk, e.Arguments, e.HasUntrustedContent, e.StartedAt));
        await foreach (var row in recorded.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (tally.Total == MaxCalls)
            {
                return tally.ToReport(isLimited: true);
            }

            if (tally.Total % ReportEvery == 0)
            {
                progress?.Report(new RuleDryRunProgress(tally.Total, total));
            }

            if (!readsArguments.TryGetValue(row.ToolName, out var reads))
            {
                readsArguments[row.ToolName] = reads = current.ReadsArguments(row.ToolName) || changed.ReadsArguments(row.ToolName);
            }

            using var document = reads ? JsonDocument.Parse(row.Arguments) : null;
            var call = new RuleCall(
                row.ToolName,
                row.AgentId,
                row.UserId,
                roles.GetValueOrDefault(row.UserId, Roles.User),
                row.ConversationId,
                row.HasUntrustedContent,
                document?.RootElement ?? s_noArguments,
                Enum.TryParse<ToolRisk>(row.Risk, out var risk) ? risk : ToolRisk.Irreversible,
                ModeOf(modes, row));
            tally.Add(current.Evaluate(call, now), changed.Evaluate(call, now), (before, after) => row.ToCall(Masked(row), before, after));
        }

        return tally.ToReport(isLimited: false);
    }

    // What nobody set is the tool's own to say, as at the gate; kept, for there are many calls.
    private ToolApprovalMode ModeOf(Dictionary<(string Agent, string Tool), ToolApprovalMode> modes, Recorded row)
    {
        if (!modes.TryGetValue((row.AgentId, row.ToolName), out var mode))
        {
            mode = agents.FindTool(row.AgentId, row.ToolName) is { } tool ? ToolFacts.ModeOf(tool) : ToolApprovalMode.ByRisk;
            modes[(row.AgentId, row.ToolName)] = mode;
        }

        return mode;
    }

    private string Masked(Recorded row)
    {
        var tool = agents.FindTool(row.AgentId, row.ToolName) as AIFunction;
        return SecretMask.Mask(row.Arguments, tool?.JsonSchema);
    }

    private static List<ApprovalRule> Apply(List<ApprovalRule> rows, Actor actor, RuleDraft draft, DateTimeOffset now)
    {
        var rules = rows.ToList();
        if (draft.RemovedId is { } removedId)
        {
            rules.Remove(Find(removedId));
        }

        if (draft.Changed is { } input)
        {
            var old = input.Id is { } id ? Find(id) : null;
            var position = old?.Effect == input.Effect ? old.Position : int.MaxValue;
            var row = input.ToRow(old?.Id ?? Guid.Empty, position, Maker(old), old?.CreatedAt ?? now);
            rules.RemoveAll(r => r.Id == row.Id);
            rules.Add(row);
        }

        return rules;

        // Whoever is not an administrator knows no rules but those they made.
        ApprovalRule Find(Guid id) => rules.Find(r => r.Id == id && (actor.Is(Roles.Admin) || r.CreatedById == actor.Id))
            ?? throw new RunRequestException(RunRequestError.NotFound, "This rule does not exist or is not yours. Choose another one from the list.");

        Actor Maker(ApprovalRule? old) => old is null ? actor : actor with { Id = old.CreatedById, Name = old.CreatedByName };
    }

    private static async Task<Dictionary<string, string>> RolesAsync(AppDbContext context, CancellationToken cancellationToken)
    {
        var all = await context.UserRoles.Join(context.Roles, u => u.RoleId, r => r.Id, (u, r) => new { u.UserId, r.Name }).ToListAsync(cancellationToken);
        var ranks = Roles.All.Select((name, rank) => (name, rank)).ToDictionary(r => r.name, r => r.rank);
        return all.Where(u => u.Name is not null && ranks.ContainsKey(u.Name)).GroupBy(u => u.UserId)
            .ToDictionary(g => g.Key, g => g.Select(u => u.Name!).MaxBy(name => ranks[name])!);
    }

    private sealed record Recorded(
        Guid Id,
        Guid ConversationId,
        string AgentId,
        string UserId,
        string ToolName,
        string Risk,
        string Arguments,
        bool HasUntrustedContent,
        DateTimeOffset StartedAt)
    {
        public RuleDryRunCall ToCall(string arguments, RuleOutcome current, RuleOutcome draft) =>
            new(Id, StartedAt, ToolName, AgentId, UserId, arguments, current, draft);
    }
}
