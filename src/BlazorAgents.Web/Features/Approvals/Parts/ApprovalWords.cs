using System.Globalization;
using BlazorAgents.Data;
using BlazorAgents.Runs;

namespace BlazorAgents.Web.Features.Approvals.Parts;

/// <summary>Requests in words.</summary>
public static class ApprovalWords
{
    /// <summary>The risk of a tool: what a badge says, and its class.</summary>
    public static (string Words, string Class) Risk(string risk) => risk switch
    {
        "Read" => ("Reads", "risk-low"),
        "Write" => ("Writes", "risk-middle"),
        "Money" => ("Money", "risk-high"),
        "Irreversible" => ("Irreversible", "risk-high"),
        "External" => ("Goes outside", "risk-middle"),
        "Code" => ("Runs code", "risk-middle"),
        _ => ("Unknown risk", "risk-high"),
    };

    /// <summary>Where a request stands.</summary>
    public static string State(Approval row) => State(row.State, row.Answer is not null);

    /// <summary>A sentence about the end or the decision; null while it waits.</summary>
    public static string? Outcome(Approval row) => Outcome(row.State, row.DecidedByName, row.Cause, row.Answer is not null);

    /// <inheritdoc cref="Outcome(Approval)"/>
    public static string? Outcome(ApprovalSummary row) => Outcome(row.State, row.DecidedByName, row.Cause, row.IsAnswered);

    /// <inheritdoc cref="State(Approval)"/>
    public static string State(ApprovalState state, bool isAnswered = false) => state switch
    {
        ApprovalState.Rejected when isAnswered => "Answered in its place",
        ApprovalState.Pending => "Waiting",
        ApprovalState.Approved => "Approved",
        ApprovalState.Consumed => "Approved, running",
        ApprovalState.Executed => "Approved and done",
        ApprovalState.Failed => "Approved, but it failed",
        ApprovalState.Unknown => "Approved, outcome unknown",
        ApprovalState.Rejected => "Rejected",
        ApprovalState.Expired => "Expired",
        ApprovalState.Cancelled => "Withdrawn",
        _ => "Replaced",
    };

    /// <inheritdoc cref="Outcome(Approval)"/>
    public static string? Outcome(ApprovalState state, string? by, string? cause, bool isAnswered = false) => state switch
    {
        ApprovalState.Pending => null,
        ApprovalState.Expired or ApprovalState.Cancelled or ApprovalState.Superseded => $"{State(state)}. {cause}".TrimEnd(),
        ApprovalState.Unknown => $"{State(state)}: it may have run to its end or not. Look at what it did before you ask for it again.",
        _ => by is null ? $"{State(state, isAnswered)}." : $"{State(state, isAnswered)}, by {by}.",
    };

    /// <summary>A stretch of time: <c>3 min</c>, <c>2 h 5 min</c>, <c>4 days</c>.</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalMinutes: < 1 } => "less than a minute",
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalMinutes} min"),
        { TotalDays: < 2, Minutes: 0 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours} h"),
        { TotalDays: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours} h {span.Minutes} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalDays} days"),
    };

    /// <summary>Who may decide.</summary>
    public static string Decider(ApprovalDecider decider) => decider switch
    {
        ApprovalDecider.RequesterOrApprover => "the requester or an approver",
        ApprovalDecider.Approver => "an approver",
        _ => "an approver other than the requester",
    };

    /// <summary>Text of a model or a tool, short enough for a heading.</summary>
    public static string Cut(string text, int length = 400)
    {
        if (text.Length <= length)
        {
            return text;
        }

        return text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)] + "…";
    }
}
