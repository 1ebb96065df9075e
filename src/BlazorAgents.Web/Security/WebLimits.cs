using System.ComponentModel.DataAnnotations;

namespace BlazorAgents.Web.Security;

/// <summary>The section <c>Limits</c> of the configuration: what one person or one address may take.</summary>
public sealed class WebLimits
{
    /// <summary>Open circuits (tabs) of one person.</summary>
    [Range(1, 1000, ErrorMessage = "Limits:CircuitsPerUser must be between 1 and 1000.")]
    public int CircuitsPerUser { get; set; } = 10;

    /// <summary>Attempts a minute from one address to sign in, set up or change a password.</summary>
    [Range(1, 10_000, ErrorMessage = "Limits:SignInsPerMinute must be between 1 and 10000.")]
    public int SignInsPerMinute { get; set; } = 20;

    /// <summary>The largest request body in bytes; an endpoint for uploads sets its own.</summary>
    [Range(65_536, 1_073_741_824, ErrorMessage = "Limits:RequestBodyBytes must be between 65536 and 1073741824.")]
    public long RequestBodyBytes { get; set; } = 4 * 1024 * 1024;
}
