using BlazorAgents.Emulator.Responses.Mcp;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.Runs;
using BlazorAgents.Web.Features.Assistant;
using BlazorAgents.Web.Features.Providers;
using BlazorAgents.Web.Layout;

namespace BlazorAgents.Web.Hosting;

/// <summary>Connects the engine to the configured provider, or to the emulator when there is none.</summary>
internal static class ModelProvider
{
    private const string DemoMcpLabel = "dice";

    public static void AddModelProvider(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOpenAIProvider(configuration);
        services.AddSingleton<OfflineProvider>();
        services.AddSingleton<IModelConnections, ModelConnections>();
        services.AddSingleton(provider =>
        {
            var info = provider.GetRequiredService<ProviderInfo>();
            return new AppInfo(info.Kind is ProviderKind.Offline, info.DisplayName, info.DefaultModelId);
        });

        // The demo model has an MCP server to try the approvals with; an administrator's server of that name takes its place.
        services.PostConfigure<McpOptions>(mcp =>
        {
            if (!mcp.Servers.Any(server => string.Equals(server.Label, DemoMcpLabel, StringComparison.OrdinalIgnoreCase)))
            {
                mcp.Servers.Add(new McpServerOptions { Label = DemoMcpLabel, Address = DemoMcpServer.Address.OriginalString, Description = "Demo: rolls dice. Each call waits for an approval." });
            }
        });

        // Without a provider there may be no network either: the demo's weather comes from the emulator, and says so.
        services.AddOptions<WeatherOptions>().Configure<OfflineEndpoint>((weather, offline) =>
        {
            if (offline.Address is { } address)
            {
                weather.GeocodingUrl = new Uri(address, "/demo/weather/search");
                weather.ForecastUrl = new Uri(address, "/demo/weather/forecast");
                weather.Source = "Offline demo data, not a forecast";
            }
        });
    }
}
