using System.Globalization;

namespace BlazorAgents.Runs;

/// <summary>Requests as lines of CSV.</summary>
internal static class ApprovalCsv
{
    public const string Header =
        "Id,State,Tool,Risk,Sentence,Agent,Requester,Requested at,Expires at,Assigned to,Decided by,Decided at,Arguments changed,Answered instead,Reason,Cause,Conversation";

    public static string Line(ApprovalSummary row) => CsvText.Line(
    [
        row.Id.ToString(), row.State.ToString(), row.ToolName, row.Risk, row.Sentence, row.AgentName, row.RequesterName, Time(row.CreatedAt),
        Time(row.ExpiresAt), row.AssigneeName, row.DecidedByName, Time(row.DecidedAt), row.IsEdited ? "yes" : "no", row.IsAnswered ? "yes" : "no",
        row.DecisionReason, row.Cause, row.ConversationId.ToString(),
    ]);

    private static string? Time(DateTimeOffset? at) => at?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
