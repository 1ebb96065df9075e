namespace BlazorAgents.Runs;

/// <summary>Kinds of refusal.</summary>
public enum ApprovalRefusalKind
{
    /// <summary>Unknown, or not this person's to see.</summary>
    NotFound,

    /// <summary>This person may not decide it.</summary>
    NotAllowed,

    /// <summary>It was not decided in time.</summary>
    Expired,

    /// <summary>It was withdrawn.</summary>
    Cancelled,

    /// <summary>What was asked for has changed.</summary>
    Superseded,

    /// <summary>The decision itself makes no sense.</summary>
    Invalid,
}
