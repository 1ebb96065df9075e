using BlazorAgents.Agents;
using BlazorAgents.Agents.Tools;
using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Runs;

/// <summary>The journal of tool calls: a call is in it before it begins, so that a crash in the middle shows.</summary>
internal static class ToolJournal
{
    /// <summary>Writes that a call begins, in the caller's transaction; the result's key is what the tool is given.</summary>
    public static ToolExecution Begin(AppDbContext context, Run run, ToolCaller caller, ToolRequest request, Guid? approvalId, bool isUntrusted, DateTimeOffset now) =>
        Add(context, run, caller, request, approvalId, isUntrusted, now, ToolExecutionState.Started);

    /// <summary>Writes that a call was refused, in the caller's transaction.</summary>
    public static void Refuse(AppDbContext context, Run run, ToolCaller caller, ToolRequest request, Guid? approvalId, bool isUntrusted, DateTimeOffset now) =>
        Add(context, run, caller, request, approvalId, isUntrusted, now, ToolExecutionState.Refused);

    /// <summary>Writes how a call ended.</summary>
    public static Task<int> EndAsync(
        AppDbContext context, Guid executionId, ToolOutcome outcome, TimeSpan duration, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (state, microseconds) = (StateOf(outcome), (long)duration.TotalMicroseconds);
        return context.Database.ExecuteSqlAsync(
            $"""
            UPDATE "ToolExecutions" SET "State" = {state.ToString()}, "EndedAt" = {now.UtcTicks}, "DurationUs" = {microseconds}
            WHERE "Id" = {executionId} AND "State" = 'Started'
            """,
            cancellationToken);
    }

    /// <summary>Calls of runs that were lost in the middle: nobody knows how they ended, and nothing runs them again by itself.</summary>
    public static async Task MarkUnknownAsync(AppDbContext context, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await context.SaveChangesAsync(cancellationToken);
        await context.ToolExecutions
            .Where(e => e.State == ToolExecutionState.Started && !context.Runs.Any(r => r.Id == e.RunId && r.Status == RunStatus.Running))
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.State, ToolExecutionState.Unknown).SetProperty(e => e.EndedAt, now), cancellationToken);
    }

    private static ToolExecution Add(
        AppDbContext context, Run run, ToolCaller caller, ToolRequest request, Guid? approvalId, bool isUntrusted, DateTimeOffset now, ToolExecutionState state)
    {
        var id = Guid.CreateVersion7(now);
        var execution = new ToolExecution
        {
            Id = id,
            RunId = run.Id,
            ConversationId = run.ConversationId,
            CallId = request.CallId,
            AgentId = run.AgentId,
            UserId = caller.UserId,
            ToolName = request.Name,
            Risk = ToolFacts.RiskOf(request.Tool).ToString(),
            Arguments = request.CanonicalArguments,
            IdempotencyKey = $"{id:N}",
            ApprovalId = approvalId,
            HasUntrustedContent = isUntrusted,
            Owner = run.Owner,
            State = state,
            StartedAt = now,
            EndedAt = state is ToolExecutionState.Started ? null : now,
        };
        context.ToolExecutions.Add(execution);
        return execution;
    }

    private static ToolExecutionState StateOf(ToolOutcome outcome) => outcome switch
    {
        ToolOutcome.Succeeded => ToolExecutionState.Succeeded,
        ToolOutcome.TimedOut => ToolExecutionState.TimedOut,
        ToolOutcome.Cancelled => ToolExecutionState.Cancelled,
        ToolOutcome.Refused => ToolExecutionState.Refused,
        ToolOutcome.Unknown => ToolExecutionState.Unknown,
        _ => ToolExecutionState.Failed,
    };
}
