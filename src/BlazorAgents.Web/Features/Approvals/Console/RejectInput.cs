namespace BlazorAgents.Web.Features.Approvals.Console;

/// <summary>The form of a rejection.</summary>
public sealed class RejectInput
{
    /// <summary>Why; the agent is told.</summary>
    public string? Reason { get; set; }

    /// <summary>The answer ends here.</summary>
    public bool Stops { get; set; }
}
