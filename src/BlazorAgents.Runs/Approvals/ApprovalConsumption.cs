using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>Whether an approval covered the call that is about to begin; a closed union.</summary>
internal abstract record ApprovalConsumption
{
    private ApprovalConsumption()
    {
    }

    /// <summary>It did, and is used up: nothing else runs under it.</summary>
    public sealed record Consumed(Approval Approval) : ApprovalConsumption;

    /// <summary>It did not; the call must not run.</summary>
    /// <param name="State">Where the request stands now; null when there is none.</param>
    /// <param name="Cause">Why, in a sentence.</param>
    public sealed record Void(ApprovalState? State, string Cause) : ApprovalConsumption;
}
