namespace BlazorAgents.Web.Features.Setup;

/// <summary>The section <c>Setup</c> of the configuration: the first administrator. Ignored once there are accounts.</summary>
public sealed class SetupOptions
{
    /// <summary>The administrator's address.</summary>
    public string? AdminEmail { get; set; }

    /// <summary>The administrator's first password.</summary>
    public string? AdminPassword { get; set; }
}
