namespace BlazorAgents.OpenAI.Probe;

/// <summary>What the test of one capability showed.</summary>
/// <param name="Capability">What was tested.</param>
/// <param name="Support">Whether it works.</param>
/// <param name="Detail">What was seen, as a sentence without the key ("The server answers 404 (not found).").</param>
/// <param name="CheckedAt">When, UTC.</param>
public sealed record CapabilityResult(Capability Capability, CapabilitySupport Support, string Detail, DateTimeOffset CheckedAt);
