using BlazorAgents.Data;

namespace BlazorAgents.Runs;

/// <summary>What became of a decision; a closed union.</summary>
public abstract record DecisionResult
{
    private DecisionResult()
    {
    }

    /// <summary>It counts.</summary>
    public sealed record Decided(Approval Approval) : DecisionResult;

    /// <summary>Someone was first; the request shows who, when and what. Nothing changed.</summary>
    public sealed record AlreadyDecided(Approval Approval) : DecisionResult;

    /// <summary>It does not count.</summary>
    public sealed record Refused(ApprovalRefusal Refusal) : DecisionResult;
}
