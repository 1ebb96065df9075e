using BlazorAgents.Data;
using BlazorAgents.Web.Security;
using Microsoft.AspNetCore.Identity;

namespace BlazorAgents.Web.Tests.Account;

internal static class AccountHostExtensions
{
    /// <summary>The first administrator as an acting user.</summary>
    public static Task<ActingUser> AdminAsync(this AccountHost host) =>
        host.UseAsync<UserManager<AppUser>, ActingUser>(async users =>
        {
            var admin = (await users.FindByEmailAsync(AccountHost.AdminEmail))!;
            return new ActingUser(admin.Id, admin.DisplayName, Roles.Admin);
        });

    /// <summary>The path of an address that may be relative.</summary>
    public static string AbsolutePathOrSelf(this Uri location) => location.IsAbsoluteUri ? location.AbsolutePath : location.OriginalString;
}
