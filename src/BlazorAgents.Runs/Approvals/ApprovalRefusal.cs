namespace BlazorAgents.Runs;

/// <summary>Why a request was left as it is.</summary>
/// <param name="Kind">The kind of refusal.</param>
/// <param name="Message">A sentence for the person.</param>
/// <param name="Field">The field that is wrong, for <see cref="ApprovalRefusalKind.Invalid"/>: a property of the decision, or a path in the edited arguments.</param>
public sealed record ApprovalRefusal(ApprovalRefusalKind Kind, string Message, string? Field = null)
{
    internal static ApprovalRefusal NotFound { get; } = new(ApprovalRefusalKind.NotFound, "This request does not exist, or it is not yours.");

    internal static ApprovalRefusal CannotBeTold { get; } =
        new(ApprovalRefusalKind.Superseded, "What the call would do cannot be told just now. Try again in a moment.");

    internal static ApprovalRefusal NotAllowed(string message) => new(ApprovalRefusalKind.NotAllowed, message);

    internal static ApprovalRefusal Invalid(string field, string message) => new(ApprovalRefusalKind.Invalid, message, field);
}
