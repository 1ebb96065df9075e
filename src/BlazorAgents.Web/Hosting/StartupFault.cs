using System.Text.RegularExpressions;
using BlazorAgents.Data;
using BlazorAgents.Web.Features.Setup;
using Microsoft.Extensions.Options;

namespace BlazorAgents.Web.Hosting;

/// <summary>Tells a fault that an administrator can mend from a bug.</summary>
internal static partial class StartupFault
{
    /// <summary>What to tell the administrator, or null for a bug, which should crash with all its details.</summary>
    public static string? Explain(Exception exception) => exception switch
    {
        DatabaseUnavailableException database => "BlazorAgents cannot start. " + database.Message,
        OptionsValidationException options => "BlazorAgents cannot start. A setting is not valid: " + string.Join(" ", options.Failures),
        SetupConfigurationException setup => "BlazorAgents cannot start. " + setup.Message,
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } address =>
            $"BlazorAgents cannot start. {address.Message} Stop the other program, or choose another address with ASPNETCORE_URLS.",
        InvalidOperationException binding when Unreadable().Match(binding.Message) is { Success: true } setting =>
            $"BlazorAgents cannot start. The setting {setting.Groups[1].Value} must be {Kind(setting.Groups[2].Value)}.",
        AggregateException { InnerExceptions: [var inner] } => Explain(inner),
        _ => null,
    };

    private static string Kind(string type) => type switch
    {
        "System.Int32" or "System.Int64" => "a whole number",
        "System.Double" => "a number",
        "System.Boolean" => "true or false",
        "System.TimeSpan" => "a time such as 00:00:30",
        _ => "a value of the type " + type,
    };

    // The configuration binder has no exception of its own; its message ends with the key. The value before it is not repeated.
    [GeneratedRegex(@"^Failed to convert configuration value.* at '([^']*)' to type '([^']*)'\.$", RegexOptions.Singleline)]
    private static partial Regex Unreadable();
}
