using BlazorAgents.Agents;
using BlazorAgents.Data;
using BlazorAgents.Runs;

namespace BlazorAgents.Web.Features.Chat;

/// <summary>What is said under an answer that did not simply end, and what can be done about it.</summary>
/// <param name="Text">One line in plain words.</param>
/// <param name="IsError">Something failed, as opposed to being ended by somebody or something on purpose.</param>
/// <param name="CanContinue">The answer can go on where it was cut off.</param>
/// <param name="Again">The words for writing another answer, or null when that is no remedy.</param>
/// <param name="IsRetired">The provider no longer has the interface that was used; another client type takes its place.</param>
public sealed record RunOutcome(string Text, bool IsError = false, bool CanContinue = false, string? Again = null, bool IsRetired = false)
{
    private const string Regenerate = "Regenerate";

    /// <summary>The outcome of a run, or null while it works and when it simply completed.</summary>
    public static RunOutcome? For(RunState state) => state.Status switch
    {
        RunStatus.AwaitingApproval => new("Waiting for a decision by an approver."),
        RunStatus.Stopped => new("Stopped.", CanContinue: true),
        RunStatus.Interrupted => new(
            state.ErrorMessage ?? "The connection was lost in the middle of the answer.", IsError: true, CanContinue: true, Again: Regenerate),
        RunStatus.Failed => new(
            state.ErrorMessage ?? "No answer could be written.", IsError: true, Again: "Retry", IsRetired: state.ErrorKind is nameof(AgentErrorKind.InterfaceRetired)),
        RunStatus.Completed => ForReason(state),
        _ => null,
    };

    private static RunOutcome? ForReason(RunState state) => state.FinishReason switch
    {
        nameof(AgentFinishReason.Length) => new("The answer reached its length limit.", CanContinue: state.CanContinue),
        nameof(AgentFinishReason.ContentFilter) => new("The provider's content filter withheld the answer or part of it. Put the question differently.", Again: Regenerate),
        nameof(AgentFinishReason.Empty) => new("The model ended without an answer.", Again: "Retry"),
        nameof(AgentFinishReason.ToolLimit) => new("Ended by a limit on the use of tools.", Again: Regenerate),
        _ => null,
    };
}
