using BlazorAgents.Data;
using BlazorAgents.Web.Features.Setup;
using Microsoft.Extensions.Options;

namespace BlazorAgents.Web.Hosting;

/// <summary>Tells a fault that an administrator can mend from a bug.</summary>
internal static class StartupFault
{
    /// <summary>What to tell the administrator, or null for a bug, which should crash with all its details.</summary>
    public static string? Explain(Exception exception) => exception switch
    {
        DatabaseUnavailableException database => "BlazorAgents cannot start. " + database.Message,
        OptionsValidationException options => "BlazorAgents cannot start. A setting is not valid: " + string.Join(" ", options.Failures),
        SetupConfigurationException setup => "BlazorAgents cannot start. " + setup.Message,
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } address =>
            $"BlazorAgents cannot start. {address.Message} Stop the other program, or choose another address with ASPNETCORE_URLS.",
        AggregateException { InnerExceptions: [var inner] } => Explain(inner),
        _ => null,
    };
}
