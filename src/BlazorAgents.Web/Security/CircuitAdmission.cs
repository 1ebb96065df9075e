namespace BlazorAgents.Web.Security;

/// <summary>Scoped: whether this scope's circuit was let in. Set once, before its first component renders.</summary>
public sealed class CircuitAdmission
{
    /// <summary>How this scope stands to circuits.</summary>
    public CircuitState State { get; internal set; }
}
