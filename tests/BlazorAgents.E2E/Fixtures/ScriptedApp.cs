using BlazorAgents.Emulator.Scripted;

namespace BlazorAgents.E2E.Fixtures;

/// <summary>The application with a provider on loopback that answers what the test wrote down.</summary>
public sealed class ScriptedApp : AppFixture
{
    /// <summary>The model server.</summary>
    public ProviderFixture Server { get; private set; } = null!;

    /// <summary>The model server's script.</summary>
    public ScriptedProvider Provider => Server.Script;

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
        return Server.Settings();
    }
}
