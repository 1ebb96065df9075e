using BlazorAgents.Agents;
using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs;

/// <summary>The calls of a run that waited for people, with what they decided.</summary>
internal sealed record DecidedCalls(IReadOnlyList<DecidedCall> Calls)
{
    /// <summary>A person rejected a call and stopped the run with it.</summary>
    public bool StopsRun => Calls.Any(call => call.StopsRun);

    /// <summary>The decisions as the message that an agent is given.</summary>
    public ChatMessage ToMessage() =>
        new(ChatRole.User, [.. Calls.Select(call => call.ToContent())]);

    /// <summary>Reads them; null when the run has no call that waited.</summary>
    public static Task<DecidedCalls?> ReadAsync(Database database, RunClaim claim, CancellationToken cancellationToken)
    {
        var open = FindOpen(claim.Items).Where(call => call.RequestId is not null).ToList();
        return open.Count == 0 ? Task.FromResult<DecidedCalls?>(null) : database.ReadAsync<DecidedCalls?>(
            async context =>
            {
                var rows = (await context.Approvals.Where(a => a.RunId == claim.Run.Id).ToListAsync(cancellationToken)).ToDictionary(a => a.Id);
                return new DecidedCalls([.. open.Select(call => Decide(call, Guid.TryParse(call.RequestId, out var id) ? rows.GetValueOrDefault(id) : null))]);
            },
            cancellationToken);
    }

    /// <summary>The calls without a result.</summary>
    public static IReadOnlyList<ItemPayload.FunctionCall> FindOpen(IEnumerable<ConversationItem> items)
    {
        // Some servers number their calls anew in each answer: a result belongs to the last call of its id.
        var open = new OrderedDictionary<string, ItemPayload.FunctionCall>(StringComparer.Ordinal);
        foreach (var payload in items.Select(ItemProjection.ReadPayload))
        {
            switch (payload)
            {
                case ItemPayload.FunctionCall call:
                    open.Remove(call.CallId);
                    open.Add(call.CallId, call);
                    break;
                case ItemPayload.FunctionResult result:
                    open.Remove(result.CallId);
                    break;
            }
        }

        return [.. open.Values];
    }

    private static DecidedCall Decide(ItemPayload.FunctionCall call, Approval? row)
    {
        var isApproved = row?.State is ApprovalState.Approved;
        return new DecidedCall(
            call.CallId,
            call.Name,
            row?.EditedArguments is { } edited && isApproved ? edited : call.Arguments,
            new ToolDecision(
                call.RequestId!,
                isApproved,
                row is null ? HistoryBuilder.Undecided : ToolDecisionText.Of(row),
                IsAnswer: row is { State: ApprovalState.Rejected, Answer: not null }),
            row is { State: ApprovalState.Rejected, StopsRun: true },
            call.Server);
    }
}
