using BlazorAgents.Data;
using Microsoft.EntityFrameworkCore;

namespace BlazorAgents.Web.Features.Shop;

/// <summary>Fills a new shop. What is there is never touched.</summary>
public sealed class ShopSeeder(Database database)
{
    /// <summary>Adds products when there are none, and customers when there are none.</summary>
    public Task SeedAsync(CancellationToken cancellationToken = default) => database.WriteAsync(
        async context =>
        {
            if (!await context.Products.AnyAsync(cancellationToken))
            {
                context.Products.AddRange(ShopCatalogue.Products());
            }

            if (!await context.Customers.AnyAsync(cancellationToken))
            {
                context.Customers.AddRange(ShopCatalogue.Customers());
            }
        },
        cancellationToken);
}
