namespace BlazorAgents.Agents.Tools;

/// <summary>What a tool can do to the world.</summary>
public enum ToolRisk
{
    /// <summary>Reads only.</summary>
    Read,

    /// <summary>Changes data in a way that can be changed back.</summary>
    Write,

    /// <summary>Spends or returns money.</summary>
    Money,

    /// <summary>Cannot be undone.</summary>
    Irreversible,

    /// <summary>Runs code.</summary>
    Code,

    /// <summary>Acts on a system outside the application.</summary>
    External,
}
