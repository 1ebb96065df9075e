namespace BlazorAgents.Web.Features.Providers;

/// <summary>What is known of a provider's key without showing it.</summary>
public enum KeyState
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>There is one.</summary>
    Set,

    /// <summary>There is one, but the server's own keys that encrypted it are gone.</summary>
    Unreadable,
}
