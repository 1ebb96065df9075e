using BlazorAgents.Data;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace BlazorAgents.Web.Features.Account;

/// <summary>Signs people in, and keeps disabled accounts out.</summary>
public sealed class AppSignInManager(
    UserManager<AppUser> userManager,
    IHttpContextAccessor contextAccessor,
    IUserClaimsPrincipalFactory<AppUser> claimsFactory,
    IOptions<IdentityOptions> optionsAccessor,
    ILogger<SignInManager<AppUser>> logger,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<AppUser> confirmation)
    : SignInManager<AppUser>(userManager, contextAccessor, claimsFactory, optionsAccessor, logger, schemes, confirmation)
{
    private static readonly AppUser s_nobody = new();
    private static readonly string s_nobodysHash = new PasswordHasher<AppUser>().HashPassword(s_nobody, "nobody's password");

    /// <summary>Checks the password, counts a wrong one, and sets the cookie if all is well.</summary>
    public async Task<SignInOutcome> SignInByPasswordAsync(string email, string password, bool staySignedIn)
    {
        var user = await UserManager.FindByEmailAsync(email);
        if (user is null)
        {
            // As long as for an account that exists: the time must not tell them apart.
            UserManager.PasswordHasher.VerifyHashedPassword(s_nobody, s_nobodysHash, password);
            return SignInOutcome.Refused;
        }

        if (!(await CheckPasswordSignInAsync(user, password, lockoutOnFailure: true)).Succeeded)
        {
            return SignInOutcome.Refused;
        }

        if (user.DisabledAt is not null)
        {
            return SignInOutcome.Disabled;
        }

        await SignInAsync(user, staySignedIn);
        return SignInOutcome.SignedIn;
    }

    /// <inheritdoc/>
    public override async Task<bool> ValidateSecurityStampAsync(AppUser? user, string? securityStamp) =>
        user is { DisabledAt: null } && await base.ValidateSecurityStampAsync(user, securityStamp);
}
