namespace BlazorAgents.Data;

/// <summary>Who may decide a request; administrators may wherever approvers may.</summary>
public enum ApprovalDecider
{
    /// <summary>The requester, or an approver.</summary>
    RequesterOrApprover,

    /// <summary>An approver, also the requester if they are one.</summary>
    Approver,

    /// <summary>Four eyes: an approver who is not the requester.</summary>
    OtherApprover,
}
