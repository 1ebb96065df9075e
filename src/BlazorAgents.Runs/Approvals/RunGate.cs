using BlazorAgents.Agents;
using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Runs;

/// <summary>
/// The gate of one run: rules and people decide which calls run, and the journal has each call before it begins. One transaction reviews
/// a step: an approval is used up in the same one that journals its call.
/// </summary>
internal sealed class RunGate(
    RunClaim claim,
    AgentDefinition agent,
    ToolCaller caller,
    Func<string> agentWords,
    GateServices services,
    IServiceProvider scope) : IToolGate
{
    private const int MaxWords = 2_000;

    private readonly string _version = AgentVersion.Of(agent);
    private readonly Dictionary<string, ToolExecution> _running = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    public async Task<IReadOnlyList<ToolVerdict>> ReviewAsync(IReadOnlyList<ToolRequest> requests, CancellationToken cancellationToken)
    {
        var plans = await PlanAsync(requests, cancellationToken);
        var changes = new ApprovalChanges();
        var verdicts = await services.Database.WriteAsync(
            async context =>
            {
                var all = new List<ToolVerdict>(plans.Count);
                foreach (var plan in plans)
                {
                    all.Add(await ReviewAsync(context, plan, changes, cancellationToken));
                }

                return all;
            },
            cancellationToken);
        services.Approvals.Publish(changes);
        return verdicts;
    }

    public async Task EndAsync(ToolRequest request, ToolOutcome outcome, TimeSpan duration, CancellationToken cancellationToken)
    {
        ToolExecution execution;
        lock (_gate)
        {
            execution = _running[request.CallId];
        }

        var changes = new ApprovalChanges();
        await services.Database.WriteAsync(
            async context =>
            {
                await ToolJournal.EndAsync(context, execution.Id, outcome, duration, services.Time.GetUtcNow(), cancellationToken);
                if (execution.ApprovalId is { } approval)
                {
                    await services.Approvals.CloseCallAsync(context, approval, EndOf(outcome), changes, cancellationToken);
                }
            },
            cancellationToken);
        services.Approvals.Publish(changes);
    }

    private static ApprovalState EndOf(ToolOutcome outcome) => outcome switch
    {
        ToolOutcome.Succeeded => ApprovalState.Executed,
        ToolOutcome.TimedOut or ToolOutcome.Cancelled => ApprovalState.Unknown, // it may have done its work
        _ => ApprovalState.Failed,
    };

    /// <summary>What does not need the write lock: rules, and the previews of what will be asked.</summary>
    private async Task<IReadOnlyList<GatePlan>> PlanAsync(IReadOnlyList<ToolRequest> requests, CancellationToken cancellationToken)
    {
        var rules = await services.Rules.GetSetAsync(cancellationToken);
        var (modes, isUntrusted) = await services.Database.ReadAsync(
            async context => (
                await context.ToolSettings.Where(s => s.AgentId == agent.Id).ToDictionaryAsync(s => s.ToolName, s => s.Mode, cancellationToken),
                await context.Items.AnyAsync(
                    i => i.ConversationId == claim.Run.ConversationId && (i.Kind == ItemKind.HostedTool || i.Kind == ItemKind.Source), cancellationToken)),
            cancellationToken);
        var plans = new List<GatePlan>(requests.Count);
        foreach (var request in requests)
        {
            var mode = modes.TryGetValue(request.Name, out var set) ? set : ToolFacts.ModeOf(request.Tool);
            var outcome = rules.Evaluate(
                new RuleCall(
                    request.Name, agent.Id, caller.UserId, caller.Role, claim.Run.ConversationId, isUntrusted, request.Arguments, ToolFacts.RiskOf(request.Tool), mode),
                services.Time.GetUtcNow());
            plans.Add(new GatePlan(request, outcome, isUntrusted, await PreviewAsync(request, outcome, cancellationToken)));
        }

        return plans;
    }

    private async Task<ToolPreview?> PreviewAsync(ToolRequest request, RuleOutcome outcome, CancellationToken cancellationToken) =>
        outcome.Effect is RuleEffect.Ask && request.Decision is not { IsApproved: false } && request.Tool.GetService<AgentTool>() is { } tool
            ? await tool.PreviewAsync(request.Arguments, scope, caller, cancellationToken)
            : null;

    private async Task<ToolVerdict> ReviewAsync(AppDbContext context, GatePlan plan, ApprovalChanges changes, CancellationToken cancellationToken)
    {
        var (request, outcome) = (plan.Request, plan.Outcome);
        if (request.Decision is { IsApproved: false } no)
        {
            return Refuse(context, request, ApprovalOf(no), no.ModelText ?? HistoryBuilder.Undecided);
        }

        if (outcome.Effect is RuleEffect.Deny)
        {
            return Refuse(context, request, approvalId: null, $"This call is not allowed and did not run: {outcome.Because}. Do not try it again.");
        }

        if (request.Decision is { } yes)
        {
            return await UseApprovalAsync(context, plan, ApprovalOf(yes), changes, cancellationToken);
        }

        var isAllowed = outcome.Effect is RuleEffect.Allow
            && (outcome.RuleId is not { } rule || await services.Rules.ConsumeUseAsync(context, rule, cancellationToken));
        return isAllowed ? Begin(context, request, approvalId: null) : await AskAsync(context, plan, changes, cancellationToken);
    }

    private async Task<ToolVerdict> UseApprovalAsync(
        AppDbContext context, GatePlan plan, Guid? approvalId, ApprovalChanges changes, CancellationToken cancellationToken)
    {
        if (approvalId is not { } id)
        {
            return await AskAsync(context, plan, changes, cancellationToken);
        }

        return await services.Approvals.ConsumeAsync(context, id, DigestOf(plan.Request), changes, cancellationToken) switch
        {
            ApprovalConsumption.Consumed => Begin(context, plan.Request, id),
            ApprovalConsumption.Void { State: ApprovalState.Superseded or null } => await AskAsync(context, plan, changes, cancellationToken),
            ApprovalConsumption.Void { State: ApprovalState.Consumed or ApprovalState.Executed } =>
                Refuse(context, plan.Request, id, "The same call was asked for twice; it was carried out once. See the other result."),
            ApprovalConsumption.Void end => Refuse(context, plan.Request, id, $"The call did not run: {end.Cause}"),
            var other => throw new InvalidOperationException($"{other} is no consumption."),
        };
    }

    private async Task<ToolVerdict> AskAsync(AppDbContext context, GatePlan plan, ApprovalChanges changes, CancellationToken cancellationToken)
    {
        var request = plan.Request;
        var words = agentWords();
        var rows = await services.Approvals.OpenAsync(
            context,
            [
                new ApprovalRequestDraft
                {
                    ConversationId = claim.Run.ConversationId,
                    RunId = claim.Run.Id,
                    CallId = request.CallId,
                    AgentId = agent.Id,
                    AgentName = agent.Name,
                    AgentVersion = _version,
                    ToolName = request.Name,
                    ToolSchema = ToolFacts.SchemaOf(request.Tool),
                    Risk = ToolFacts.RiskOf(request.Tool),
                    RequesterId = caller.UserId,
                    RequesterName = caller.Name,
                    Arguments = request.CanonicalArguments,
                    Sentence = plan.Preview?.Sentence ?? $"{request.Name} with {request.CanonicalArguments}",
                    Target = plan.Preview?.Target,
                    UserMessage = claim.Message,
                    AgentWords = words.Length <= MaxWords ? words : words[^MaxWords..],
                    RuleId = plan.Outcome.RuleId,
                    AskedBecause = plan.Outcome.Because,
                    Decider = plan.Outcome.Decider,
                    HasUntrustedContent = plan.IsUntrusted,
                },
            ],
            changes,
            cancellationToken);
        return new ToolVerdict.Wait($"{rows[0].Id}");
    }

    private ToolVerdict.Run Begin(AppDbContext context, ToolRequest request, Guid? approvalId)
    {
        var execution = ToolJournal.Begin(context, claim.Run, caller, request, approvalId, services.Time.GetUtcNow());
        lock (_gate)
        {
            _running[request.CallId] = execution;
        }

        return new ToolVerdict.Run(execution.IdempotencyKey);
    }

    private ToolVerdict.Refuse Refuse(AppDbContext context, ToolRequest request, Guid? approvalId, string text)
    {
        ToolJournal.Refuse(context, claim.Run, caller, request, approvalId, services.Time.GetUtcNow());
        return new ToolVerdict.Refuse(text);
    }

    private string DigestOf(ToolRequest request) =>
        ApprovalDigest.Of(_version, request.Name, ToolFacts.SchemaOf(request.Tool), caller.UserId, request.CanonicalArguments);

    private static Guid? ApprovalOf(ToolDecision decision) => Guid.TryParse(decision.RequestId, out var id) ? id : null;
}
