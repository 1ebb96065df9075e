namespace BlazorAgents.Web.Features.Chat;

/// <summary>What the chat page shows.</summary>
public enum ChatPlace
{
    /// <summary>A conversation that has no message yet.</summary>
    New,

    /// <summary>A stored conversation is being read.</summary>
    Loading,

    /// <summary>A conversation with its thread.</summary>
    Ready,

    /// <summary>There is no such conversation, or it is somebody else's.</summary>
    Missing,

    /// <summary>Reading failed; the notice says why.</summary>
    Failed,
}
