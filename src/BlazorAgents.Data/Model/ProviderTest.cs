namespace BlazorAgents.Data;

/// <summary>What the last test of a provider showed; also of the configured one, which has no row of its own.</summary>
public sealed class ProviderTest
{
    /// <summary>The provider's id, or "configured".</summary>
    public required string ProviderId { get; init; }

    /// <summary>What was tested: a result whose mark is not the provider's present one is out of date.</summary>
    public required string SettingsMark { get; set; }

    /// <summary>The capability matrix as JSON.</summary>
    public required string Results { get; set; }

    /// <summary>When the test ended, UTC.</summary>
    public DateTimeOffset TestedAt { get; set; }
}
