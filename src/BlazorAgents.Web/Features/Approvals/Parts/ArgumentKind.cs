namespace BlazorAgents.Web.Features.Approvals.Parts;

/// <summary>How an argument is edited.</summary>
public enum ArgumentKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Yes or no.</summary>
    Flag,

    /// <summary>One of a few values.</summary>
    Choice,

    /// <summary>Everything else, as JSON.</summary>
    Json,
}
