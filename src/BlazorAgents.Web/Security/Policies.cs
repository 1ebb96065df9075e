using BlazorAgents.Data;
using Microsoft.AspNetCore.Authorization;

namespace BlazorAgents.Web.Security;

/// <summary>The names of the authorization policies. Admin includes Approver, Approver includes User.</summary>
public static class Policies
{
    /// <summary>Signed in with any role; also what every endpoint asks for that says nothing else.</summary>
    public const string User = "User";

    /// <summary>May decide what agents do.</summary>
    public const string Approver = "Approver";

    /// <summary>May keep people, agents, knowledge and settings.</summary>
    public const string Admin = "Admin";

    internal static void Configure(AuthorizationOptions options)
    {
        var user = Require(Roles.User, Roles.Approver, Roles.Admin);
        options.DefaultPolicy = user;
        options.FallbackPolicy = user;
        options.AddPolicy(User, user);
        options.AddPolicy(Approver, Require(Roles.Approver, Roles.Admin));
        options.AddPolicy(Admin, Require(Roles.Admin));
    }

    private static AuthorizationPolicy Require(params string[] roles) =>
        new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireRole(roles).Build();
}
