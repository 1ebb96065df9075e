using System.Text.Json;

namespace BlazorAgents.Web.Tests.Hosting;

public sealed class LaunchSettingsTests
{
    // What stands there beats the environment in `dotnet run`, and README says that the environment wins.
    [Fact]
    public async Task LaunchSettings_OfTheFirstCommand_LeaveTheAddressToTheEnvironment()
    {
        await using var file = File.OpenRead(Repository.PathOf("src/BlazorAgents.Web/Properties/launchSettings.json"));
        using var settings = await JsonDocument.ParseAsync(file);

        foreach (var profile in settings.RootElement.GetProperty("profiles").EnumerateObject())
        {
            Assert.False(profile.Value.TryGetProperty("applicationUrl", out _), profile.Name);
        }
    }
}
