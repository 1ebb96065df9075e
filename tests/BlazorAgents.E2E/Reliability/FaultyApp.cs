using BlazorAgents.E2E.Fixtures;

namespace BlazorAgents.E2E.Reliability;

/// <summary>The application before a provider that fails as told: attempts follow quickly, no failure pauses later tests, the weather service is away.</summary>
public class FaultyApp : AppFixture
{
    // Nothing listens on port 1: connections are refused.
    private const string AwayUrl = "http://127.0.0.1:1/search";

    /// <summary>The model server.</summary>
    public ProviderFixture Server { get; private set; } = null!;

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (Server is not null)
        {
            await Server.DisposeAsync();
        }
    }

    protected override async Task<IReadOnlyDictionary<string, string?>> SettingsAsync()
    {
        Server = await ProviderFixture.StartAsync();
        var settings = Server.Settings();
        settings["Weather__GeocodingUrl"] = AwayUrl;
        settings["Provider__Resilience__Retry__BaseDelay"] = "00:00:00.05";
        settings["Provider__Resilience__Circuit__Failures"] = "1000";
        foreach (var (name, value) in MoreSettings)
        {
            settings[name] = value;
        }

        return settings;
    }

    /// <summary>Settings of a special application.</summary>
    protected virtual IReadOnlyDictionary<string, string?> MoreSettings { get; } = new Dictionary<string, string?>();
}
