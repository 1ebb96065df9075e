namespace BlazorAgents.E2E.Fixtures;

/// <summary>Tests that share one application whose answers the tests write.</summary>
[CollectionDefinition(Name)]
public sealed class ScriptedTests : ICollectionFixture<ScriptedApp>
{
    /// <summary>Tests with a scripted provider.</summary>
    public const string Name = "scripted";
}
