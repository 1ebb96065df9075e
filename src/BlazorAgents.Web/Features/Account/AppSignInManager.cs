using BlazorAgents.Data;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace BlazorAgents.Web.Features.Account;

/// <summary>Signs people in, keeps disabled accounts out, and tells the audit of both.</summary>
public sealed class AppSignInManager(
    UserManager<AppUser> userManager,
    IHttpContextAccessor contextAccessor,
    IUserClaimsPrincipalFactory<AppUser> claimsFactory,
    IOptions<IdentityOptions> optionsAccessor,
    ILogger<SignInManager<AppUser>> logger,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<AppUser> confirmation,
    SignInAudit audit)
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
            await audit.FailedAsync(user, "the account is disabled", Context);
            return SignInOutcome.Disabled;
        }

        await audit.SucceededAsync(user, Context); // first: nobody gets in unseen
        await SignInAsync(user, staySignedIn);
        return SignInOutcome.SignedIn;
    }

    /// <summary>Checks a password at any of the doors, counts a wrong one and tells the audit of it.</summary>
    public override async Task<SignInResult> CheckPasswordSignInAsync(AppUser user, string password, bool lockoutOnFailure)
    {
        var wasLocked = await UserManager.IsLockedOutAsync(user);
        var result = await base.CheckPasswordSignInAsync(user, password, lockoutOnFailure);
        if (!result.Succeeded && !wasLocked)
        {
            await (result.IsLockedOut
                ? audit.LockedAsync(user, Context)
                : audit.FailedAsync(user, "wrong password", Context));
        }

        return result;
    }

    /// <inheritdoc/>
    public override async Task<bool> ValidateSecurityStampAsync(AppUser? user, string? securityStamp) =>
        user is { DisabledAt: null } && await base.ValidateSecurityStampAsync(user, securityStamp);
}
