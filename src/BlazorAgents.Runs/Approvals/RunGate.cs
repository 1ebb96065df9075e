using System.Collections.Concurrent;
using BlazorAgents.Agents;
using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;

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
    Action<string> began,
    GateServices services,
    IServiceProvider scope) : IToolGate
{
    private const int MaxWords = 2_000;
    private const string HeldBack = "Another call of the same step had to be asked about again; this one was not made.";
    private const string Together = "another call of the same step waits for a person, and the provider makes them together";

    private readonly string _version = AgentVersion.Of(agent);
    private readonly Dictionary<string, ToolExecution> _running = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, string> _hostedWords = new(StringComparer.Ordinal);
    private bool? _isUntrusted = agent.Tools.OfType<HostedMcpServerTool>().Any() ? true : null; // those of the conversation's are stored with its runs

    public async Task<IReadOnlyList<ToolVerdict>> ReviewAsync(IReadOnlyList<ToolRequest> requests, CancellationToken cancellationToken)
    {
        var previews = await PreviewAsync(requests, cancellationToken);
        foreach (var request in requests.Where(r => r.Tool is HostedMcpFunction))
        {
            _hostedWords[request.CallId] = Default(request); // a server's schema may take its time to read: before the write lock, not under it
        }

        var changes = new ApprovalChanges();
        try
        {
            var verdicts = await services.Database.WriteAsync(context => ReviewAsync(context, requests, previews, changes, cancellationToken), cancellationToken);
            services.Approvals.Publish(changes);
            return verdicts;
        }
        finally
        {
            if (changes.HasUsedRule)
            {
                services.Rules.Forget(); // also after a failure: a commit whose answer was lost has taken the use
            }
        }
    }

    public async Task EndAsync(ToolRequest request, ToolOutcome outcome, TimeSpan duration, CancellationToken cancellationToken)
    {
        var execution = FindRunning(request);
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
        ToolOutcome.TimedOut or ToolOutcome.Cancelled or ToolOutcome.Unknown => ApprovalState.Unknown, // it may have done its work
        _ => ApprovalState.Failed,
    };

    /// <summary>Previews of what will be asked, as far as it can be told yet: they must not be made under the write lock.</summary>
    private async Task<IReadOnlyDictionary<ToolRequest, ToolPreview>> PreviewAsync(IReadOnlyList<ToolRequest> requests, CancellationToken cancellationToken)
    {
        var previews = new Dictionary<ToolRequest, ToolPreview>(ReferenceEqualityComparer.Instance);
        var unsure = requests.Where(r => r.Decision is not { IsApproved: false } && ToolFacts.FindPreviewed(r.Tool) is not null).ToList();
        if (unsure.Count == 0)
        {
            return previews;
        }

        var rules = await services.Rules.GetSetAsync(cancellationToken);
        var facts = await services.Database.ReadAsync(context => CallFacts.ReadAsync(context, claim, caller, _isUntrusted, cancellationToken), cancellationToken);

        // Side by side, as the calls would run: one that takes its time does not add to the others'.
        var asked = unsure.Where(r => facts.WhyNot(r) is null && MayAsk(r, Judge(r, facts, rules))).ToList();
        var told = await Task.WhenAll(asked.Select(r => ToolFacts.FindPreviewed(r.Tool)!.PreviewAsync(r.Arguments, scope, caller, cancellationToken).AsTask()));
        foreach (var (request, preview) in asked.Zip(told))
        {
            if (preview is not null)
            {
                previews[request] = preview;
            }
        }

        return previews;
    }

    // A rule whose uses are counted may have none left when the call's turn comes.
    private static bool MayAsk(ToolRequest request, RuleOutcome outcome) =>
        outcome.Effect is RuleEffect.Ask || (outcome.IsCounted && request.Decision is null);

    private RuleOutcome Judge(ToolRequest request, CallFacts facts, RuleSet rules) => rules.Evaluate(
        new RuleCall(
            request.Name,
            agent.Id,
            caller.UserId,
            facts.Caller!.Role,
            claim.Run.ConversationId,
            facts.IsUntrusted,
            request.Arguments,
            ToolFacts.RiskOf(request.Tool),
            facts.ModeOf(request)),
        services.Time.GetUtcNow());

    private async Task<IReadOnlyList<ToolVerdict>> ReviewAsync(
        AppDbContext context,
        IReadOnlyList<ToolRequest> requests,
        IReadOnlyDictionary<ToolRequest, ToolPreview> previews,
        ApprovalChanges changes,
        CancellationToken cancellationToken)
    {
        // Read here and not before: from now on nothing changes until the calls are journalled.
        var facts = await CallFacts.ReadAsync(context, claim, caller, _isUntrusted, cancellationToken);
        _isUntrusted = facts.IsUntrusted;
        var rules = await services.Rules.GetSetAsync(cancellationToken);
        var all = new List<ToolVerdict>(requests.Count);
        var waits = requests.Any(r => r.Decision is null && facts.WhyNot(r) is null && Judge(r, facts, rules).Effect is RuleEffect.Ask);
        foreach (var request in requests)
        {
            all.Add(await ReviewAsync(context, request, facts, rules, previews.GetValueOrDefault(request), waits, changes, cancellationToken));
        }

        await HoldBackAsync(context, requests, all, facts, rules, changes, cancellationToken);
        foreach (var (request, _) in requests.Zip(all).Where(reviewed => reviewed.Second is ToolVerdict.Run))
        {
            began(request.CallId);
        }

        return all;
    }

    private async Task<ToolVerdict> ReviewAsync(
        AppDbContext context,
        ToolRequest request,
        CallFacts facts,
        RuleSet rules,
        ToolPreview? preview,
        bool othersWait,
        ApprovalChanges changes,
        CancellationToken cancellationToken)
    {
        if (request.Decision is { IsApproved: false } no)
        {
            return Refuse(context, request, facts, ApprovalOf(no), no.ModelText ?? HistoryBuilder.Undecided);
        }

        if (facts.WhyNot(request) is { } because)
        {
            return await VoidAsync(context, request, facts, because, changes, cancellationToken);
        }

        var plan = new GatePlan(request, Judge(request, facts, rules), facts, preview);
        if (plan.Outcome.Effect is RuleEffect.Deny)
        {
            return await VoidAsync(context, request, facts, plan.Outcome.Because, changes, cancellationToken);
        }

        if (request.Decision is { } yes)
        {
            return await UseApprovalAsync(context, plan, ApprovalOf(yes), changes, cancellationToken);
        }

        if (othersWait && plan.Outcome.Effect is RuleEffect.Allow && request.Tool is HostedMcpFunction)
        {
            plan = plan with { Outcome = AskTogether(plan.Outcome) };
        }

        plan = await TakeUseAsync(context, plan, changes, cancellationToken);
        return plan.Outcome.Effect switch
        {
            RuleEffect.Allow => Begin(context, request, facts, approvalId: null),
            RuleEffect.Deny => await VoidAsync(context, request, facts, plan.Outcome.Because, changes, cancellationToken),
            _ => await AskAsync(context, plan, changes, cancellationToken),
        };
    }

    /// <summary>Takes a use of the rule that allows the call. When it has none left, or is no longer what it was when it was read, the rules as they are now decide.</summary>
    private async Task<GatePlan> TakeUseAsync(AppDbContext context, GatePlan plan, ApprovalChanges changes, CancellationToken cancellationToken)
    {
        while (plan.Outcome is { Effect: RuleEffect.Allow, RuleId: { } rule })
        {
            changes.HasUsedRule |= plan.Outcome.IsCounted;
            if (await services.Rules.ConsumeUseAsync(context, rule, cancellationToken))
            {
                break;
            }

            plan = plan with { Outcome = Judge(plan.Request, plan.Facts, await RuleService.ReadSetAsync(context, cancellationToken)) };
        }

        return plan;
    }

    /// <summary>The provider gets the answers of a step together: once a call of it waits, those that it was about to make are taken back and wait as well.</summary>
    private async Task HoldBackAsync(
        AppDbContext context,
        IReadOnlyList<ToolRequest> requests,
        List<ToolVerdict> verdicts,
        CallFacts facts,
        RuleSet rules,
        ApprovalChanges changes,
        CancellationToken cancellationToken)
    {
        if (!verdicts.Any(verdict => verdict is ToolVerdict.Wait))
        {
            return;
        }

        for (var i = 0; i < requests.Count; i++)
        {
            if (verdicts[i] is ToolVerdict.Run && requests[i].Tool is HostedMcpFunction)
            {
                var execution = FindRunning(requests[i]);
                context.ToolExecutions.Remove(execution); // of this transaction: nobody has seen it
                if (execution.ApprovalId is { } approval)
                {
                    await services.Approvals.TakeBackAsync(context, approval, HeldBack, changes, cancellationToken);
                }

                var plan = new GatePlan(requests[i], AskTogether(Judge(requests[i], facts, rules)), facts, Preview: null);
                verdicts[i] = await AskAsync(context, plan, changes, cancellationToken);
            }
        }
    }

    private static RuleOutcome AskTogether(RuleOutcome outcome) =>
        outcome.Effect is RuleEffect.Allow ? outcome with { Effect = RuleEffect.Ask, RuleId = null, Because = Together } : outcome;

    /// <summary>Refuses a call, and takes back its approval if it has one.</summary>
    private async Task<ToolVerdict> VoidAsync(
        AppDbContext context, ToolRequest request, CallFacts facts, string because, ApprovalChanges changes, CancellationToken cancellationToken)
    {
        var approvalId = request.Decision is { } decision ? ApprovalOf(decision) : null;
        if (approvalId is { } id)
        {
            await services.Approvals.VoidAsync(context, id, $"{because}.", changes, cancellationToken);
        }

        return Refuse(context, request, facts, approvalId, $"This call is not allowed and did not run: {because}. Do not try it again.");
    }

    private async Task<ToolVerdict> UseApprovalAsync(
        AppDbContext context, GatePlan plan, Guid? approvalId, ApprovalChanges changes, CancellationToken cancellationToken)
    {
        if (approvalId is not { } id)
        {
            return await AskAsync(context, plan, changes, cancellationToken);
        }

        // What a server offers is not known before the provider asks it again: of its schema counts what the person saw.
        var schema = plan.Request.Tool is HostedMcpFunction
            ? await context.Approvals.Where(a => a.Id == id).Select(a => a.ToolSchema).SingleOrDefaultAsync(cancellationToken)
            : null;
        var digest = ApprovalDigest.Of(
            VersionOf(plan.Request), plan.Request.Name, schema ?? ToolFacts.SchemaOf(plan.Request.Tool), caller.UserId, plan.Request.CanonicalArguments);
        var mustTell = plan.Outcome.Effect is RuleEffect.Ask && ToolFacts.FindPreviewed(plan.Request.Tool) is not null; // others are not previewed
        return await services.Approvals.ConsumeAsync(context, id, digest, plan.Preview?.Sentence, mustTell, changes, cancellationToken) switch
        {
            ApprovalConsumption.Consumed => Begin(context, plan.Request, plan.Facts, id),
            ApprovalConsumption.Void { State: ApprovalState.Superseded or null } => await AskAsync(context, plan, changes, cancellationToken),
            ApprovalConsumption.Void { State: ApprovalState.Consumed or ApprovalState.Executed } =>
                Refuse(context, plan.Request, plan.Facts, id, "The same call was asked for twice; it was carried out once. See the other result."),
            ApprovalConsumption.Void end => Refuse(context, plan.Request, plan.Facts, id, $"The call did not run: {end.Cause}"),
            var other => throw new InvalidOperationException($"{other} is no consumption."),
        };
    }

    private async Task<ToolVerdict> AskAsync(AppDbContext context, GatePlan plan, ApprovalChanges changes, CancellationToken cancellationToken)
    {
        var request = plan.Request;
        var words = agentWords();
        var hosted = request.Tool as HostedMcpFunction;
        var rows = await services.Approvals.OpenAsync(
            context,
            [
                new ApprovalRequestDraft
                {
                    Kind = hosted is null ? ApprovalKind.Tool : ApprovalKind.HostedMcp,
                    ServerLabel = hosted?.Server.ServerName,
                    ConversationId = claim.Run.ConversationId,
                    RunId = claim.Run.Id,
                    CallId = request.CallId,
                    AgentId = agent.Id,
                    AgentName = agent.Name,
                    AgentVersion = VersionOf(request),
                    ToolName = request.Name,
                    ToolSchema = ToolFacts.SchemaOf(request.Tool),
                    Risk = ToolFacts.RiskOf(request.Tool),
                    RequesterId = caller.UserId,
                    RequesterName = caller.Name,
                    Arguments = request.CanonicalArguments,
                    Sentence = plan.Preview?.Sentence ?? _hostedWords.GetValueOrDefault(request.CallId) ?? Default(request),
                    Target = plan.Preview?.Target,
                    UserMessage = claim.Message,
                    AgentWords = words.Length <= MaxWords ? words : words[^MaxWords..],
                    RuleId = plan.Outcome.RuleId,
                    AskedBecause = plan.Outcome.Because,
                    Decider = plan.Outcome.Decider,
                    HasUntrustedContent = plan.Facts.IsUntrusted,
                },
            ],
            changes,
            cancellationToken);
        return new ToolVerdict.Wait($"{rows[0].Id}");
    }

    /// <summary>What is asked for where the tool has no words of its own: read in lists, so without secrets and bounded.</summary>
    private static string Default(ToolRequest request)
    {
        var call = request.Tool is HostedMcpFunction hosted
            ? $"Call {HostedMcpFunction.ToolNameOf(hosted.Server.ServerName, hosted.Name)} at the MCP server {hosted.Server.ServerName}"
            : request.Name;
        var text = $"{call} with {SecretMask.Mask(request.CanonicalArguments, request.Tool.JsonSchema)}";
        return text.Length <= ToolPreview.MaxSentence ? text : $"{text[..(ToolPreview.MaxSentence - 1)]}…";
    }

    private ToolVerdict.Run Begin(AppDbContext context, ToolRequest request, CallFacts facts, Guid? approvalId)
    {
        var execution = ToolJournal.Begin(context, claim.Run, caller, request, approvalId, facts.IsUntrusted, services.Time.GetUtcNow());
        _isUntrusted = facts.IsUntrusted || _isUntrusted == true || CallFacts.BringsOutsideContent(ToolFacts.RiskOf(request.Tool)); // for the next step
        lock (_gate)
        {
            _running[request.CallId] = execution;
        }

        return new ToolVerdict.Run(execution.IdempotencyKey);
    }

    private ToolExecution FindRunning(ToolRequest request)
    {
        lock (_gate)
        {
            return _running[request.CallId];
        }
    }

    private ToolVerdict.Refuse Refuse(AppDbContext context, ToolRequest request, CallFacts facts, Guid? approvalId, string text)
    {
        ToolJournal.Refuse(context, claim.Run, caller, request, approvalId, facts.IsUntrusted, services.Time.GetUtcNow());
        return new ToolVerdict.Refuse(text);
    }

    private string VersionOf(ToolRequest request) => request.Tool is HostedMcpFunction hosted ? AgentVersion.Of(agent, hosted.Server) : _version;

    private static Guid? ApprovalOf(ToolDecision decision) => Guid.TryParse(decision.RequestId, out var id) ? id : null;
}
