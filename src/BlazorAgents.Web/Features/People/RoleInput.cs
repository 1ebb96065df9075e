namespace BlazorAgents.Web.Features.People;

/// <summary>The field of the form that changes a role.</summary>
public sealed class RoleInput
{
    /// <summary>The new role.</summary>
    public string? Role { get; set; }
}
