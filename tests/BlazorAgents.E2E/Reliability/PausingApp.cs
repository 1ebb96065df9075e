namespace BlazorAgents.E2E.Reliability;

/// <summary>The application when four failures pause the calls for as long as a test lasts.</summary>
public sealed class PausingApp : FaultyApp
{
    protected override IReadOnlyDictionary<string, string?> MoreSettings { get; } = new Dictionary<string, string?>
    {
        ["Provider__Resilience__Circuit__Failures"] = "4",
        ["Provider__Resilience__Circuit__Pause"] = "00:05:00",
    };
}
