namespace BlazorAgents.Runs;

/// <summary>What a person decides about a request; a closed union.</summary>
public abstract record ApprovalDecision
{
    private ApprovalDecision()
    {
    }

    /// <summary>The call may run as the model wrote it.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Seen">The tool's sentence that the person read; when it reads differently by now, they are asked to look again. Null: whatever it says.</param>
    public sealed record Approve(string? Reason = null, string? Seen = null) : ApprovalDecision;

    /// <summary>The call may run with these arguments instead.</summary>
    /// <param name="ArgumentsJson">A JSON object that fits the tool's schema.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Seen">As for <see cref="Approve"/>, about the changed arguments.</param>
    public sealed record ApproveEdited(string ArgumentsJson, string? Reason = null, string? Seen = null) : ApprovalDecision;

    /// <summary>The call must not run; the model is told the reason.</summary>
    public sealed record Reject(string Reason) : ApprovalDecision;

    /// <summary>The call must not run, and the answer ends here.</summary>
    public sealed record RejectAndStop(string Reason) : ApprovalDecision;

    /// <summary>The call does not run; the model gets the text in place of its result.</summary>
    public sealed record AnswerInstead(string Text) : ApprovalDecision;
}
