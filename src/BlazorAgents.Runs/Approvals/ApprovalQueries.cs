using System.Linq.Expressions;
using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Runs;

/// <summary>The list of requests, in the database.</summary>
internal static class ApprovalQueries
{
    // Longer words find nothing that shorter ones do not, and SQLite refuses patterns beyond 50,000 bytes.
    private const int MaxSearch = 1_000;
    private static readonly TimeSpan s_soon = TimeSpan.FromHours(1);

    public static Expression<Func<Approval, ApprovalSummary>> ToSummary { get; } = a => new ApprovalSummary
    {
        Id = a.Id,
        Kind = a.Kind,
        ConversationId = a.ConversationId,
        RunId = a.RunId,
        ToolName = a.ToolName,
        Risk = a.Risk,
        Sentence = a.Sentence,
        AgentId = a.AgentId,
        AgentName = a.AgentName,
        RequesterId = a.RequesterId,
        RequesterName = a.RequesterName,
        Decider = a.Decider,
        HasUntrustedContent = a.HasUntrustedContent,
        State = a.State,
        Cause = a.Cause,
        CreatedAt = a.CreatedAt,
        ExpiresAt = a.ExpiresAt,
        AssigneeId = a.AssigneeId,
        AssigneeName = a.AssigneeName,
        DecidedByName = a.DecidedByName,
        DecidedAt = a.DecidedAt,
        DecisionReason = a.DecisionReason,
        IsEdited = a.EditedArguments != null,
        IsAnswered = a.Answer != null,
    };

    public static IQueryable<Approval> Matching(this IQueryable<Approval> rows, ApprovalFilter filter, Actor current, DateTimeOffset now)
    {
        rows = filter.IsHistory ? rows.Where(a => a.State != ApprovalState.Pending) : rows.Where(a => a.State == ApprovalState.Pending);
        rows = filter.IsMine ? rows.Where(a => a.AssigneeId == current.Id) : rows;
        rows = filter.IsUnassigned ? rows.Where(a => a.AssigneeId == null) : rows;
        if (filter.IsExpiring)
        {
            var soon = now + s_soon;
            rows = rows.Where(a => a.ExpiresAt <= soon);
        }

        rows = filter.ToolName is { } tool ? rows.Where(a => a.ToolName == tool) : rows;
        rows = filter.AgentId is { } agent ? rows.Where(a => a.AgentId == agent) : rows;
        rows = filter.RequesterId is { } requester ? rows.Where(a => a.RequesterId == requester) : rows;
        rows = filter.Risk?.ToString() is { } risk ? rows.Where(a => a.Risk == risk) : rows;
        return filter.Search?.Trim() is { Length: > 0 } words ? rows.Containing(words) : rows;
    }

    public static IQueryable<Approval> After(this IQueryable<Approval> rows, ApprovalFilter filter, ApprovalCursor? cursor)
    {
        if (filter.IsHistory)
        {
            rows = cursor is null ? rows
                : rows.Where(a => a.CreatedAt < cursor.CreatedAt || (a.CreatedAt == cursor.CreatedAt && a.Id.CompareTo(cursor.Id) < 0));
            return rows.OrderByDescending(a => a.CreatedAt).ThenByDescending(a => a.Id);
        }

        rows = cursor is null ? rows
            : rows.Where(a => a.CreatedAt > cursor.CreatedAt || (a.CreatedAt == cursor.CreatedAt && a.Id.CompareTo(cursor.Id) > 0));
        return rows.OrderBy(a => a.CreatedAt).ThenBy(a => a.Id);
    }

    private static IQueryable<Approval> Containing(this IQueryable<Approval> rows, string words)
    {
        if (words.Length > MaxSearch)
        {
            return rows.Where(a => false);
        }

        var pattern = "%" + words.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal) + "%";
        return rows.Where(a => EF.Functions.Like(a.Sentence, pattern, @"\") || EF.Functions.Like(a.UserMessage, pattern, @"\")
            || EF.Functions.Like(a.ToolName, pattern, @"\") || EF.Functions.Like(a.AgentName, pattern, @"\")
            || EF.Functions.Like(a.RequesterName, pattern, @"\"));
    }
}
