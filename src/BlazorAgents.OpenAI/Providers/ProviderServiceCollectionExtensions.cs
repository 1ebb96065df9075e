using BlazorAgents.OpenAI.Assistants;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace BlazorAgents.OpenAI.Providers;

/// <summary>Registers the client layer.</summary>
public static class ProviderServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="ProviderClients"/>, <see cref="ModelCatalog"/>, <see cref="OfflineEndpoint"/> and <see cref="ProviderInfo"/>.
    /// Settings that cannot work stop the start.
    /// </summary>
    public static IServiceCollection AddOpenAIProvider(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ProviderOptions>().ValidateOnStart();
        services.AddSingleton<IConfigureOptions<ProviderOptions>>(new ProviderOptionsSetup(configuration));
        services.AddSingleton<IValidateOptions<ProviderOptions>, ProviderOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<OfflineEndpoint>();
        services.AddSingleton<ProviderClients>();
        services.AddSingleton<ModelCatalog>();
        services.AddTransient(provider => provider.GetRequiredService<ProviderClients>().Info);
        if (configuration.GetValue<bool>($"{ProviderOptions.SectionName}:{nameof(ProviderOptions.UsesAssistantsApi)}"))
        {
            services.AddHostedService<AssistantJanitorService>();
        }

        return services;
    }
}
