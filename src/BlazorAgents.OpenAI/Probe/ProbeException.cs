namespace BlazorAgents.OpenAI.Probe;

/// <summary>A test ended early with this outcome.</summary>
internal sealed class ProbeException(ProbeOutcome outcome) : Exception(outcome.Detail)
{
    public ProbeOutcome Outcome { get; } = outcome;
}
