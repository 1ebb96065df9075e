using System.Globalization;

namespace BlazorAgents.Runs;

/// <summary>Requests as CSV (RFC 4180) that a spreadsheet does not take for formulas.</summary>
internal static class ApprovalCsv
{
    public const string Header =
        "Id,State,Tool,Risk,Sentence,Agent,Requester,Requested at,Expires at,Assigned to,Decided by,Decided at,Arguments changed,Reason,Cause,Conversation";

    public static string Line(ApprovalSummary row) => string.Join(',', ((IEnumerable<string?>)
    [
        row.Id.ToString(), row.State.ToString(), row.ToolName, row.Risk, row.Sentence, row.AgentName, row.RequesterName, Time(row.CreatedAt),
        Time(row.ExpiresAt), row.AssigneeName, row.DecidedByName, Time(row.DecidedAt), row.IsEdited ? "yes" : "no", row.DecisionReason, row.Cause,
        row.ConversationId.ToString(),
    ]).Select(Cell));

    private static string? Time(DateTimeOffset? at) => at?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    // A cell that begins like a formula would be carried out by whoever opens the file.
    private static string Cell(string? text)
    {
        var safe = text is [ '=' or '+' or '-' or '@' or '\t' or '\r', ..] ? $"'{text}" : text ?? "";
        return safe.AsSpan().ContainsAny("\",\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
