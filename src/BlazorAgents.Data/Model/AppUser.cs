using Microsoft.AspNetCore.Identity;

namespace BlazorAgents.Data;

/// <summary>A person with an account.</summary>
public sealed class AppUser : IdentityUser
{
    /// <summary>The name shown to people.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>When the account was made, UTC.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Set while the account may not sign in.</summary>
    public DateTimeOffset? DisabledAt { get; set; }
}
