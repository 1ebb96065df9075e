using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>What a model is told about a decided request: before the result of a call that ran, in its place otherwise.</summary>
internal static class ToolDecisionText
{
    /// <summary>The text; null when there is nothing to say besides the result.</summary>
    public static string? Of(Approval approval) => approval.State switch
    {
        ApprovalState.Approved when approval.EditedArguments is { } edited => $"A person changed the arguments before they approved the call. It ran with: {edited}",
        ApprovalState.Approved => null,
        ApprovalState.Rejected when approval.Answer is { } answer => $"A person answered in the tool's place: {answer}",
        ApprovalState.Rejected => $"A person rejected this call. It did not run; do not try it again unless they ask for it.{Reason(approval.DecisionReason)}",
        ApprovalState.Expired => "This call was not approved in time. It did not run.",
        ApprovalState.Cancelled => $"The request for this call was withdrawn. It did not run.{Reason(approval.Cause)}",
        ApprovalState.Superseded => $"What was approved has changed, so the approval is void. The call did not run.{Reason(approval.Cause)}",
        ApprovalState.Pending => HistoryBuilder.Undecided,
        _ => HistoryBuilder.CutOff,
    };

    private static string Reason(string? reason) => string.IsNullOrWhiteSpace(reason) ? "" : $" Reason: {reason}";
}
