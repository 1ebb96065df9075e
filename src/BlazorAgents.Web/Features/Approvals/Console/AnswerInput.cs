namespace BlazorAgents.Web.Features.Approvals.Console;

/// <summary>The form of an answer in the call's place.</summary>
public sealed class AnswerInput
{
    /// <summary>What the agent gets as the call's result.</summary>
    public string? Text { get; set; }
}
