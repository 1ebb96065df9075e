namespace BlazorAgents.Web.Features.Approvals.Parts;

/// <summary>How far an allowance reaches.</summary>
public enum AllowScope
{
    /// <summary>The same conversation.</summary>
    Conversation,

    /// <summary>The same agent, for everyone.</summary>
    Agent,

    /// <summary>All agents, for everyone.</summary>
    Everyone,
}
