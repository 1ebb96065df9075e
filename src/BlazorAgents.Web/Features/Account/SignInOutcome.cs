namespace BlazorAgents.Web.Features.Account;

/// <summary>How an attempt to sign in ended.</summary>
public enum SignInOutcome
{
    /// <summary>The cookie is set.</summary>
    SignedIn,

    /// <summary>Unknown address, wrong password or locked account: one outcome, so that nobody learns which addresses have accounts.</summary>
    Refused,

    /// <summary>The password is right, but the account is disabled.</summary>
    Disabled,
}
