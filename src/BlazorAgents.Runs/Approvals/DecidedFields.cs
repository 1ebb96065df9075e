using System.Text;
using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>What a checked decision writes into a request's row.</summary>
internal sealed record DecidedFields(ApprovalState State, string? Reason = null, string? Edited = null, string? Answer = null, bool StopsRun = false)
{
    /// <summary>What was approved, in the tool's words; null where it has none.</summary>
    public string? Sentence { get; init; }

    private const int MaxReason = 2_000;
    private const int MaxAnswer = 20_000;

    /// <summary>Checks a decision about a request.</summary>
    public static (DecidedFields? Fields, ApprovalRefusal? Refusal) Check(Approval row, ApprovalDecision decision)
    {
        switch (decision)
        {
            case ApprovalDecision.Approve approve:
                return CheckText(nameof(approve.Reason), approve.Reason, MaxReason, isRequired: false) is { } tooLong
                    ? (null, tooLong)
                    : (new DecidedFields(ApprovalState.Approved, Clean(approve.Reason)), null);
            case ApprovalDecision.ApproveEdited edited:
                var (canonical, wrong) = EditedArguments.Check(row, edited.ArgumentsJson);
                return (wrong ?? CheckText(nameof(edited.Reason), edited.Reason, MaxReason, isRequired: false)) is { } refusal
                    ? (null, refusal)
                    : (new DecidedFields(ApprovalState.Approved, Clean(edited.Reason), canonical == row.Arguments ? null : canonical), null);
            case ApprovalDecision.Reject reject:
                return CheckText(nameof(reject.Reason), reject.Reason, MaxReason, isRequired: true) is { } noReason
                    ? (null, noReason)
                    : (new DecidedFields(ApprovalState.Rejected, Clean(reject.Reason)), null);
            case ApprovalDecision.RejectAndStop stop:
                return CheckText(nameof(stop.Reason), stop.Reason, MaxReason, isRequired: true) is { } noStopReason
                    ? (null, noStopReason)
                    : (new DecidedFields(ApprovalState.Rejected, Clean(stop.Reason), StopsRun: true), null);
            case ApprovalDecision.AnswerInstead when row.Kind is ApprovalKind.HostedMcp:
                return (null, ApprovalRefusal.Invalid(
                    nameof(ApprovalDecision.AnswerInstead.Text), "The provider makes this call itself: nobody can answer in its place. Approve or reject it."));
            case ApprovalDecision.AnswerInstead answer:
                return CheckText(nameof(answer.Text), answer.Text, MaxAnswer, isRequired: true) is { } noAnswer
                    ? (null, noAnswer)
                    : (new DecidedFields(ApprovalState.Rejected, Answer: Clean(answer.Text)), null);
            default:
                throw new ArgumentOutOfRangeException(nameof(decision), decision, "This kind of decision is not known.");
        }
    }

    private static ApprovalRefusal? CheckText(string field, string? text, int max, bool isRequired) =>
        isRequired && string.IsNullOrWhiteSpace(text) ? ApprovalRefusal.Invalid(field, $"{field} must not be empty: the model is told.")
        : text?.Length > max ? ApprovalRefusal.Invalid(field, $"{field} must be at most {max:N0} characters.")
        : text?.EnumerateRunes().Any(IsUnwanted) == true ? ApprovalRefusal.Invalid(field, $"{field} has a control character or a broken one. Remove it.")
        : null;

    // A half of a surrogate pair comes out as the replacement character.
    private static bool IsUnwanted(Rune rune) => rune == Rune.ReplacementChar || (Rune.IsControl(rune) && rune.Value is not ('\r' or '\n' or '\t'));

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
