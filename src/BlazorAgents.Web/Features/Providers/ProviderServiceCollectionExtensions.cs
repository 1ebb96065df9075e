using BlazorAgents.Runs;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BlazorAgents.Web.Features.Providers;

/// <summary>Registers the keeping of providers.</summary>
public static class ProviderServiceCollectionExtensions
{
    /// <summary>Adds <see cref="ProviderRegistry"/>, <see cref="ProviderService"/> and <see cref="ProviderTester"/>. Also needed: data, accounts and the configured provider.</summary>
    public static IServiceCollection AddProviders(this IServiceCollection services)
    {
        services.TryAddSingleton<AuditLog>();
        services.AddSingleton<ProviderKeys>();
        services.AddSingleton<ProviderRegistry>();
        services.AddSingleton<ProviderService>();
        services.AddSingleton<ProviderTester>();
        services.AddHostedService<LeakedAssistants>();
        return services;
    }
}
