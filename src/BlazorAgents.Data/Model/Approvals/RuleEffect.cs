namespace BlazorAgents.Data;

/// <summary>What a rule does with a call; deny beats ask beats allow.</summary>
public enum RuleEffect
{
    /// <summary>The call is refused.</summary>
    Deny,

    /// <summary>A person decides.</summary>
    Ask,

    /// <summary>The call runs.</summary>
    Allow,
}
