namespace BlazorAgents.Data;

/// <summary>Whether calls of a tool wait for a person, before any rule.</summary>
public enum ToolApprovalMode
{
    /// <summary>By the tool's risk: everything but reading waits.</summary>
    ByRisk,

    /// <summary>Each call waits.</summary>
    AlwaysRequire,

    /// <summary>No call waits.</summary>
    NeverRequire,
}
