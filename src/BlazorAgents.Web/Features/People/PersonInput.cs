using BlazorAgents.Data;

namespace BlazorAgents.Web.Features.People;

/// <summary>The fields of the form that adds a person.</summary>
public sealed class PersonInput
{
    /// <summary>The address the person signs in with.</summary>
    public string? Email { get; set; }

    /// <summary>The name shown to people.</summary>
    public string? DisplayName { get; set; }

    /// <summary>One of <see cref="Roles"/>.</summary>
    public string? Role { get; set; } = Roles.User;

    /// <summary>The first password.</summary>
    public string? Password { get; set; }
}
