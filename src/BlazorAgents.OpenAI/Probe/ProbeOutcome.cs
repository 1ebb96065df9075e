namespace BlazorAgents.OpenAI.Probe;

/// <summary>What one test showed. <paramref name="IsFinal"/>: every other test would fail in the same way.</summary>
internal sealed record ProbeOutcome(CapabilitySupport Support, string Detail, bool IsFinal = false)
{
    public static ProbeOutcome Yes(string detail) => new(CapabilitySupport.Yes, detail);

    public static ProbeOutcome No(string detail) => new(CapabilitySupport.No, detail);

    public static ProbeOutcome Unknown(string detail) => new(CapabilitySupport.Unknown, detail);
}
