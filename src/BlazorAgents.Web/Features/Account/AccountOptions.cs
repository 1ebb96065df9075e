namespace BlazorAgents.Web.Features.Account;

/// <summary>How long signing in lasts and how soon a change to an account reaches what is already open.</summary>
public sealed class AccountOptions
{
    /// <summary>The most time between two checks of a cookie or circuit against the account.</summary>
    public TimeSpan RevalidationInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a cookie lasts after its last use, where the person asked to stay signed in.</summary>
    public TimeSpan StaySignedIn { get; set; } = TimeSpan.FromDays(14);
}
