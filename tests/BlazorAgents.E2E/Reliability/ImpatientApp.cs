namespace BlazorAgents.E2E.Reliability;

/// <summary>The application when it bears silence for seconds only: more of them than a busy machine keeps a live stream silent.</summary>
public sealed class ImpatientApp : FaultyApp
{
    protected override IReadOnlyDictionary<string, string?> MoreSettings { get; } = new Dictionary<string, string?>
    {
        ["Provider__Resilience__Stall__BeforeFirstUpdate"] = "00:00:10",
        ["Provider__Resilience__Stall__BetweenUpdates"] = "00:00:08",
    };
}
