using BlazorAgents.Runs;
using BlazorAgents.Web.Features.Assistant;
using BlazorAgents.Web.Features.Bookstore;
using BlazorAgents.Web.Features.Extraction;
using BlazorAgents.Web.Features.Shop;

namespace BlazorAgents.Web.Features;

/// <summary>Registers the agents that come with the application, the first is the default, and the tools that people may add to them.</summary>
internal static class BuiltInAgents
{
    public static IServiceCollection AddBuiltInAgents(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<WeatherOptions>().Bind(configuration.GetSection("Weather")).ValidateDataAnnotations().ValidateOnStart();
        services.AddHttpClient<WeatherTool>(client => client.Timeout = TimeSpan.FromSeconds(15));
        services.AddSingleton<TimeTool>();
        services.AddSingleton<ShopService>();
        services.AddSingleton<ShopSeeder>();
        services.AddSingleton<ShopTools>();
        services.AddSingleton<ShopPreviews>();
        services.AddSingleton(provider => AssistantAgent.Create(provider.GetRequiredService<WeatherTool>(), provider.GetRequiredService<TimeTool>()));
        services.AddSingleton(provider => ShopAgent.Create(provider.GetRequiredService<ShopTools>(), provider.GetRequiredService<ShopPreviews>()));
        services.AddSingleton(provider => new RunLevelTool(AssistantAgent.Time(provider.GetRequiredService<TimeTool>())));
        services.AddSingleton(provider => new RunLevelTool(AssistantAgent.Weather(provider.GetRequiredService<WeatherTool>())));
        services.AddSingleton(_ => BookstoreAgent.Create());
        services.AddSingleton(_ => ExtractionAgents.CreateContact());
        return services.AddSingleton(_ => ExtractionAgents.CreateMeeting());
    }
}
