namespace BlazorAgents.E2E.Fixtures;

/// <summary>Tests of one collection run one after the other and share one application; two collections run at a time.</summary>
[CollectionDefinition(Name)]
public sealed class OfflineTests : ICollectionFixture<OfflineApp>
{
    /// <summary>Tests with the offline demo.</summary>
    public const string Name = "offline";
}
