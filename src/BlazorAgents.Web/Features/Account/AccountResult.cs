using BlazorAgents.Data;

namespace BlazorAgents.Web.Features.Account;

/// <summary>A new account, or what was wrong; never both.</summary>
public sealed record AccountResult(AppUser? User, IReadOnlyList<FieldError> Errors)
{
    /// <summary>Whether the account was made.</summary>
    public bool Succeeded => User is not null;
}
