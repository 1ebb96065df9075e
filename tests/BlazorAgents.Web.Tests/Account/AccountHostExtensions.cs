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

    /// <summary>Where a redirect leads, without the server's address.</summary>
    public static string LocalPath(this HttpResponseMessage response) => new Uri(response.RequestMessage!.RequestUri!, response.Headers.Location!).PathAndQuery;
}
