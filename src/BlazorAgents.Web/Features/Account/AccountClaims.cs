using System.Security.Claims;
using BlazorAgents.Data;
using BlazorAgents.Web.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace BlazorAgents.Web.Features.Account;

/// <summary>Adds the name shown to people to a signed-in principal.</summary>
internal sealed class AccountClaims(UserManager<AppUser> users, RoleManager<IdentityRole> roles, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<AppUser, IdentityRole>(users, roles, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(AppUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(ActingUser.DisplayNameClaim, user.DisplayName));
        return identity;
    }
}
