namespace BlazorAgents.Web.Features.Approvals.Console;

/// <summary>The form of an approval.</summary>
public sealed class ApproveInput
{
    /// <summary>The mark of the sentence that the page showed.</summary>
    public string? Seen { get; set; }
}
