using BlazorAgents.Data;
using BlazorAgents.Runs;
using BlazorAgents.Web.Features.Shop;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Web.Tests.Shop;

/// <summary>The guide's dynamic selection: customers, staff and administrators have other tools of the same agent.</summary>
public sealed class ShopRolesTests
{
    private static readonly string[] s_everyones = ["search_products", "check_stock", "validate_customer", "calculate_shipping", "create_order", "get_order_status"];

    [Theory]
    [InlineData(Roles.User, new string[0])]
    [InlineData(Roles.Approver, new[] { "cancel_order" })]
    [InlineData(Roles.Admin, new[] { "cancel_order", "update_inventory" })]
    public async Task Shop_RoleInTheDatabase_DecidesWhichToolsAPersonHas(string role, string[] more)
    {
        await using var host = await ShopHost.StartAsync();
        await host.Database.WriteAsync(async context =>
        {
            var row = await context.Roles.SingleOrDefaultAsync(r => r.Name == role) ?? context.Roles.Add(new IdentityRole(role) { NormalizedName = role.ToUpperInvariant() }).Entity;
            context.Users.Add(new AppUser { Id = "ann", UserName = "ann" });
            context.UserRoles.Add(new IdentityUserRole<string> { UserId = "ann", RoleId = row.Id });
        });
        var grants = new ToolGrants(host.Database, new AgentCatalog([ShopAgent.Create(new ShopTools(host.Shop), new ShopPreviews(host.Shop))], []));

        var offers = await grants.ListAsync(new Actor("ann", "Ann", Roles.Admin), "shop"); // as an old sign-in says

        Assert.Equal([.. s_everyones, .. more], offers.Select(offer => offer.Name));
        Assert.All(offers, offer => Assert.True(offer.IsOwn));
    }
}
