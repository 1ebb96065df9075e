namespace BlazorAgents.E2E.Reliability;

/// <summary>Tests of faults that leave the application as it was; they share one.</summary>
[CollectionDefinition(Name)]
public sealed class FaultTests : ICollectionFixture<FaultyApp>
{
    /// <summary>Tests with a provider that fails as told.</summary>
    public const string Name = "faults";
}
