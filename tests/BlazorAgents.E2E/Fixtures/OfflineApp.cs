namespace BlazorAgents.E2E.Fixtures;

/// <summary>The application as it starts on a fresh machine: no key, the offline demo answers.</summary>
public sealed class OfflineApp : AppFixture
{
    protected override Task<IReadOnlyDictionary<string, string?>> SettingsAsync() =>
        Task.FromResult<IReadOnlyDictionary<string, string?>>(new Dictionary<string, string?>());
}
