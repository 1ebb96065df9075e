using BlazorAgents.Web.Components;
using BlazorAgents.Web.Rendering;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BlazorAgents.Web.Layout;

/// <summary>Registers what the frame and the shared components need.</summary>
public static class ShellServiceCollectionExtensions
{
    /// <summary>Adds toasts, the user's clock and the state of the connection, one of each for a circuit. <see cref="AppInfo"/> is the host's to add.</summary>
    public static IServiceCollection AddShell(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddScoped<CircuitConnection>();
        services.AddScoped<ToastService>();
        services.AddScoped<UserClock>();
        return services;
    }
}
