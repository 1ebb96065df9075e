namespace BlazorAgents.Agents.HostedTools;

/// <summary>How far a hosted tool's call is.</summary>
public enum HostedToolStatus
{
    /// <summary>The provider works on it.</summary>
    Running,

    /// <summary>It ended well.</summary>
    Completed,

    /// <summary>It ended with an error.</summary>
    Failed,
}
