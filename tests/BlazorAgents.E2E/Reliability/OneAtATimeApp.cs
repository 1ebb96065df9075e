namespace BlazorAgents.E2E.Reliability;

/// <summary>The application when it writes one answer at a time, so that a second one waits in the queue.</summary>
public sealed class OneAtATimeApp : FaultyApp
{
    protected override IReadOnlyDictionary<string, string?> MoreSettings { get; } = new Dictionary<string, string?> { ["Runs__MaxConcurrent"] = "1" };
}
