namespace BlazorAgents.Web.Security;

/// <summary>How a service scope stands to circuits.</summary>
public enum CircuitState
{
    /// <summary>The scope is not that of a circuit.</summary>
    None,

    /// <summary>The circuit counts among the person's open ones.</summary>
    Admitted,

    /// <summary>The person has too many circuits open; this one shows a notice only.</summary>
    Refused,
}
