namespace BlazorAgents.OpenAI.Probe;

/// <summary>What a test showed; stored by name.</summary>
public enum CapabilitySupport
{
    /// <summary>Not tested, or the test could not tell.</summary>
    Unknown,

    /// <summary>It worked.</summary>
    Yes,

    /// <summary>The provider cannot, or not with this model.</summary>
    No,
}
