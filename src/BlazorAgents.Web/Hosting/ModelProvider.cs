using BlazorAgents.OpenAI.Providers;
using BlazorAgents.Runs;
using BlazorAgents.Web.Features.Assistant;
using BlazorAgents.Web.Features.Providers;
using BlazorAgents.Web.Layout;

namespace BlazorAgents.Web.Hosting;

/// <summary>Connects the engine to the configured provider, or to the emulator when there is none.</summary>
internal static class ModelProvider
{
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
