using BlazorAgents.Web.Rendering;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.SignalR;

namespace BlazorAgents.Web.Hosting;

/// <summary>Razor components over circuits, with limits that fit a chat.</summary>
internal static class CircuitServices
{
    // The longest message in UTF-8, JSON-escaped at worst, with room for the rest of the event.
    private const long MaximumMessageBytes = 1_500_000;

    public static void AddCircuits(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(hub => hub.MaximumReceiveMessageSize = MaximumMessageBytes);
        services.AddScoped<CircuitHandler>(provider => provider.GetRequiredService<CircuitConnection>());
        services.Configure<CircuitOptions>(circuits =>
        {
            circuits.DetailedErrors = false;
            circuits.DisconnectedCircuitMaxRetained = 200;
            circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(3);
        });
        services.Configure<HubOptions>(hub => hub.EnableDetailedErrors = false);
    }
}
