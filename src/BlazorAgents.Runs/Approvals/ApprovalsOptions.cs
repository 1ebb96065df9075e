using System.ComponentModel.DataAnnotations;

namespace BlazorAgents.Runs;

/// <summary>The section <c>Approvals</c> of the configuration.</summary>
public sealed class ApprovalsOptions
{
    /// <summary>How long a request may wait, and an approved call may wait to begin, in hours from the request.</summary>
    [Range(0.01, 720)]
    public double ExpiryHours { get; set; } = 24;
}
