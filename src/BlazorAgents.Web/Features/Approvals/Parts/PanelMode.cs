namespace BlazorAgents.Web.Features.Approvals.Parts;

/// <summary>What a person is about to do with a request.</summary>
internal enum PanelMode
{
    /// <summary>Reading.</summary>
    None,

    /// <summary>Changing the arguments.</summary>
    Edit,

    /// <summary>Saying why not.</summary>
    Reject,

    /// <summary>Writing what the model gets in place of the call's result.</summary>
    Answer,

    /// <summary>Making a rule of it.</summary>
    Allow,
}
